"""From events to their subjects: one for a mail, many at once for a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.events.models import Event
from tracker.languages.marking import lazy
from tracker.notifications.subjects import fetching
from tracker.notifications.subjects.facts import PledgeFacts, RequestFacts, Subject, View
from tracker.rights.actor import Actor

# Subjects whose page is the same for everybody who is told.
PAGES = {
    "account_request": View("", None, "accounts.account_requests"),
    "membership": View("", None, "accounts.profile"),
    "organisation": View("", None, "accounts.organisations"),
    "role_proposal": View("", None, "accounts.profile"),
    "person": View("", None, "accounts.profile"),
    "job": View("", None, "imports.source_files"),
    "password_reset": None,
    "sign_in_code": None,
    "invitation": None,
    "delegate_link": None,
    "delegate_code": None,
}
# What administrators and auditors are told of, and where they read who it was.
ROLES = View("", None, "accounts.roles")
OVERSEEN = {"membership", "person", "invitation", "role_proposal"}


@dataclass(frozen=True, slots=True)
class About:
    """What an event says of its subject; made from an event, or from an instance before the event is there."""

    type: str
    id: int
    organisation_id: int | None
    data: Mapping[str, Any]

    @classmethod
    def of(cls, event: Event) -> "About":
        """What a recorded event says."""
        return cls(event.subject_type, event.subject_id, event.organisation_id, event.data)

    @classmethod
    def instance(cls, subject: Any, data: Mapping[str, Any]) -> "About":
        """What an event about this row would say."""
        return cls(subject.__event_subject__, subject.id, getattr(subject, "organisation_id", None), data)

    @property
    def request_id(self) -> int | None:
        """The request that it is about or that its money is for."""
        return self.id if self.type == "request" else self.data.get("request_id")


def of_event(event: Event) -> Subject | None:
    """The subject of a recorded event, None when its row is gone or nobody is told of such subjects."""
    return load(About.of(event))


def load(about: About) -> Subject | None:
    """The subject of an event that says this, None when there is none."""
    request_ids = [about.request_id] if about.request_id is not None else []
    return _assemble(
        about,
        fetching.requests(request_ids),
        fetching.pledges([about.id] if about.type == "pledge" else []),
        fetching.session_codes([about.id] if about.type == "session" else []),
        fetching.rounds([about.id] if about.type == "round" else []),
    )


def for_donor(subject: Subject, organisation_id: int | None) -> Subject:
    """The subject as a donor knows it: by its own pledge among those that pay the request."""
    if subject.pledge is not None or subject.request is None:
        return subject
    return replace(subject, pledge=fetching.paid_by(organisation_id, [subject.request.id]).get(subject.request.id))


def of_events(events: Sequence[Event], actor: Actor) -> dict[int, Subject]:
    """The subjects of many events by event id, as the actor may know them; those that are not theirs are missing.

    At most three statements: a State's people read requests and sessions, staff requests, pledges and rounds, donors
    their pledges.
    """
    abouts = {event.id: About.of(event) for event in events}
    request_ids = {about.request_id for about in abouts.values() if about.request_id is not None}
    donor_only = actor.is_donor and not actor.is_state
    requests, unnamed = ({}, set()) if donor_only else fetching.requests_and_unnamed(request_ids, actor)
    pledges = fetching.pledges({about.id for about in abouts.values() if about.type == "pledge"})
    paid = fetching.paid_by(actor.organisation_id, request_ids) if actor.is_donor else {}
    codes = fetching.session_codes({about.id for about in abouts.values() if about.type == "session"})
    rounds = fetching.rounds({about.id for about in abouts.values() if about.type == "round"})
    found = {}
    for event_id, about in abouts.items():
        if actor.is_staff and about.request_id in unnamed:
            continue
        subject = _assemble(about, requests, pledges, codes, rounds)
        if about.type == "request" and about.id in paid:
            subject = replace(subject or Subject("request", about.id), pledge=paid[about.id])
        if subject is not None:
            found[event_id] = subject
    return found


def kept_from(actor: Actor, events: Sequence[Event]) -> set[int]:
    """The ids of those events that are about a request which is strictly confidential or with a conflict of interest of
    the actor's, and not the actor's to know."""
    about = {event.id: About.of(event).request_id for event in events}
    secret = fetching.kept_from(actor, {request_id for request_id in about.values() if request_id is not None})
    return {event_id for event_id, request_id in about.items() if request_id in secret}


def _assemble(
    about: About,
    requests: Mapping[int, RequestFacts],
    pledges: Mapping[int, PledgeFacts],
    codes: Mapping[int, str],
    rounds: Mapping[int, Any],
) -> Subject | None:
    """Put the fetched parts of one subject together; None when its own part is missing."""
    request = requests.get(about.request_id) if about.request_id is not None else None
    match about.type:
        case "request" if request is not None:
            return Subject("request", about.id, request=request)
        case "pledge" if (pledge := pledges.get(about.id)) is not None:
            return Subject("pledge", about.id, request=request, pledge=pledge)
        case "session" if (code := codes.get(about.id)) is not None:
            page = View(code, lazy("Nominations are open"), "sessions.show", {"code": code})
            return Subject("session", about.id, page=page)
        case "round" if (round_ := rounds.get(about.id)) is not None:
            page = View(round_.code, None, "rounds.show", {"public_id": round_.public_id})
            return Subject("round", about.id, page=page)
        case kind if kind in PAGES:
            overseen = ROLES if kind in OVERSEEN else None
            return Subject(kind, about.id, page=PAGES[kind], overseen=overseen)
    return None
