"""What events are about: for each kind of subject its reference, status and page as each side may know them."""

from tracker.notifications.subjects.facts import PledgeFacts, RequestFacts, Subject, View
from tracker.notifications.subjects.loading import About, for_donor, kept_from, load, of_event, of_events

__all__ = [
    "About",
    "PledgeFacts",
    "RequestFacts",
    "Subject",
    "View",
    "for_donor",
    "kept_from",
    "load",
    "of_event",
    "of_events",
]
