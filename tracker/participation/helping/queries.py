"""Who helps whoever sits in a seat."""

from dataclasses import dataclass
from datetime import datetime

from tracker.participation.delegate_page.lifecycle import LinkKind
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.delegate_page.queries import link_of_seat


@dataclass(frozen=True, slots=True)
class Helper:
    """Who helps, since when, by which link, where its mail goes, and whether the office named them for the person."""

    link_id: int
    name: str
    email: str
    since: datetime
    by_office: bool = False


def helper_of(seat_id: int) -> Helper | None:
    """The helper of whoever sits in a seat now; None where nobody was named."""
    link = link_of_seat(seat_id, LinkKind.HELPER)
    return helper_by(link) if link else None


def helper_by(link: DelegateLink) -> Helper:
    """The helper whose link it is."""
    named = (link.helper_name or "", link.helper_email or "", link.made_at)
    return Helper(link.id, *named, by_office=link.made_by_id is not None)


def version_of(seat_id: int) -> int:
    """What a form carries of whom its page showed as helper: the link; 0 for nobody."""
    found = helper_of(seat_id)
    return found.link_id if found else 0
