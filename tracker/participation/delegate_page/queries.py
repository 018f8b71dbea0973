"""Reads behind a personal link: whoever has it reads one journey and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts import links
from tracker.accounts.models import Person
from tracker.accounts.queries import Recipient
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.delegate_page.lifecycle import CODE_TRIES, OPENING_HOLDS, LinkKind
from tracker.participation.delegate_page.models import DelegateCode, DelegateLink, DelegateOpening
from tracker.participation.models import Delegate
from tracker.participation.papers.lifecycle import ERASED_AFTER
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.support.models import SessionSupport
from tracker.participation.travel import queries as travel
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor

PATH = "/journey/"
"""Where personal links lead, below BASE_URL."""


def living() -> sa.ColumnElement[bool]:
    """The link was not ended, and its person sits in a seat on which somebody travels, or travelled. What was settled
    is read by its person as long as the papers are there (`travel.lifecycle.page_leads`); the help ends with it."""
    sits = Seat.id == DelegateLink.seat_id, Seat.delegate_id == DelegateLink.delegate_id
    settled = sa.and_(Seat.status == SeatStatus.SETTLED, Seat.cause.is_(None), Seat.ended_at > now() - ERASED_AFTER)
    own = DelegateLink.kind == LinkKind.OWN
    stands = sa.or_(Seat.status.in_(ON_THE_WAY), sa.and_(own, settled))
    return sa.and_(DelegateLink.ended_at.is_(None), sa.exists().where(*sits, stands))


def link_behind(token: str) -> DelegateLink:
    """The living link with this token. Raises NotFound for every other one alike: unknown, ended, of somebody who does
    not sit there any more, or made with a key that is gone."""
    found = db.session.scalars(
        sa.select(DelegateLink).where(DelegateLink.token_hash == links.hash_of(token), living())
    ).one_or_none()
    if found is None or not links.is_known(found.key_id):
        raise NotFound
    return found


def link_of_seat(seat_id: int, kind: LinkKind = LinkKind.OWN) -> DelegateLink | None:
    """The living link of whoever sits in a seat, or of their helper."""
    of_it = DelegateLink.seat_id == seat_id, DelegateLink.kind == kind
    return db.session.scalars(sa.select(DelegateLink).where(*of_it, living())).one_or_none()


def last_link_of_seat(seat_id: int, delegate_id: int) -> DelegateLink:
    """The last link of this person in this seat, also where it lives no more."""
    theirs = DelegateLink.seat_id == seat_id, DelegateLink.delegate_id == delegate_id
    newest = sa.select(DelegateLink).where(*theirs).order_by(DelegateLink.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def has_page(delegate_id: int) -> bool:
    """Whether a delegate has a living link of their own."""
    own = DelegateLink.delegate_id == delegate_id, DelegateLink.kind == LinkKind.OWN
    return bool(db.session.scalar(sa.select(sa.exists().where(*own, living()))))


def opening_of(link_id: int, token: str) -> DelegateOpening | None:
    """The opening with this token, of this link, while it lasts: two hours without a press."""
    return db.session.scalars(
        sa.select(DelegateOpening).where(
            DelegateOpening.token_hash == links.hash_of(token),
            DelegateOpening.link_id == link_id,
            DelegateOpening.closed_at.is_(None),
            DelegateOpening.pressed_at > now() - OPENING_HOLDS,
        )
    ).one_or_none()


def opened_at(link_id: int) -> datetime | None:
    """When the page of a link was opened last."""
    last = sa.select(sa.func.max(DelegateOpening.opened_at)).where(DelegateOpening.link_id == link_id)
    return db.session.scalar(last)


def usable(link_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The codes that open the page of a link: the last that was mailed and the last that was read out, until each is
    used, too old or tried too often."""
    newer = aliased(DelegateCode)
    same_kind = newer.read_by_id.is_(None) == DelegateCode.read_by_id.is_(None)
    superseded = sa.exists().where(newer.link_id == DelegateCode.link_id, newer.id > DelegateCode.id, same_kind)
    return (
        DelegateCode.link_id == link_id,
        DelegateCode.used_at.is_(None),
        DelegateCode.expires_at > now(),
        DelegateCode.tries < CODE_TRIES,
        ~superseded.correlate(DelegateCode),
    )


def code_is_under_way(link_id: int) -> bool:
    """Whether there is a code that can be typed."""
    return db.session.scalar(sa.select(sa.exists().where(*usable(link_id)))) or False


def codes_mailed(link_id: int, within: timedelta) -> int:
    """How many codes went out by mail within such a time."""
    sent = DelegateCode.link_id == link_id, DelegateCode.read_by_id.is_(None)
    asked = sa.select(sa.func.count()).select_from(DelegateCode)
    return db.session.scalar(asked.where(*sent, DelegateCode.asked_at > now() - within)) or 0


def phone_of(link: DelegateLink) -> str:
    """The telephone of the travel officer by day, as the office named it for the session; empty where it did not."""
    of_session = AssistanceRequest.session_id == SessionSupport.session_id
    of_seat = sa.and_(Seat.request_id == AssistanceRequest.id, Seat.id == link.seat_id)
    phone = sa.select(SessionSupport.phone_day).join(AssistanceRequest, of_session).join(Seat, of_seat)
    return db.session.scalar(phone) or ""


def journey_of(link: DelegateLink) -> tuple[Travelling, Session]:
    """The journey behind a link."""
    seat = db.session.get_one(Seat, link.seat_id)
    return travel.get(seat.public_id, Actor.system)


def language_of(link: DelegateLink) -> str:
    """The language of the nomination; of a helper the one with which they were named."""
    if link.helper_language:
        return link.helper_language
    return db.session.scalar(sa.select(Delegate.language).where(Delegate.id == link.delegate_id)) or "en"


@dataclass(frozen=True, slots=True)
class Standing:
    """A link as the travel desk reads it: when the page was opened last, and who read a code out by telephone, when,
    the latest first."""

    link: DelegateLink
    opened_at: datetime | None
    read_out: tuple[tuple[datetime, str], ...]

    @property
    def id(self) -> int:
        return self.link.id

    @property
    def made_at(self) -> datetime:
        """When it was made and sent."""
        return self.link.made_at

    @property
    def opens(self) -> bool:
        """Whether it leads to the page: its key may be gone."""
        return links.is_known(self.link.key_id)


def standings_of(seat_id: int) -> dict[str, Standing]:
    """How the living links of whoever sits in a seat and of their helper stand, by their kind; one statement."""
    last = sa.select(sa.func.max(DelegateOpening.opened_at)).where(DelegateOpening.link_id == DelegateLink.id)
    rows = db.session.execute(
        sa.select(DelegateLink, last.scalar_subquery(), DelegateCode.asked_at, Person.name)
        .outerjoin(DelegateCode, sa.and_(DelegateCode.link_id == DelegateLink.id, DelegateCode.read_by_id.is_not(None)))
        .outerjoin(Person, Person.id == DelegateCode.read_by_id)
        .where(DelegateLink.seat_id == seat_id, living())
        .order_by(DelegateCode.id.desc())
    ).all()
    found: dict[str, Standing] = {}
    for link, opened, at, who in rows:
        before = found[link.kind].read_out if link.kind in found else ()
        found[link.kind] = Standing(link, opened, (*before, (at, who)) if who else before)
    return found


def mailbox_of(link_id: int) -> Recipient | None:
    """Where the mail of a living link goes, in the language of its person; None when nobody is behind it."""
    row = db.session.execute(
        sa.select(Delegate, DelegateLink)
        .join(DelegateLink, DelegateLink.delegate_id == Delegate.id)
        .where(DelegateLink.id == link_id, living())
    ).one_or_none()
    if row is None:
        return None
    person, link = row
    known = (person.email, person.language, person.name)
    if link.kind == LinkKind.HELPER:
        known = (link.helper_email or "", link.helper_language or "en", link.helper_name or "")
    return Recipient(f"delegate:{link_id}", *known) if known[0] else None


def link_of_code(code_id: int) -> int | None:
    """The id of the link whose page a code opens."""
    return db.session.scalar(sa.select(DelegateCode.link_id).where(DelegateCode.id == code_id))


def address_of(link_id: int) -> str | None:
    """The absolute address of a personal link; None when it leads nowhere any more."""
    link = db.session.scalars(sa.select(DelegateLink).where(DelegateLink.id == link_id, living())).one_or_none()
    if link is None or not links.is_known(link.key_id):
        return None
    return links.absolute(PATH, link, language_of(link))


def address_for_code(code_id: int) -> str | None:
    """The address of the page that a code opens; None when the code can no longer be used."""
    link_id = link_of_code(code_id)
    return address_of(link_id) if link_id is not None and digits_of(code_id) else None


def digits_of(code_id: int) -> str | None:
    """The code as its letter says it; None when it was used or its time is over."""
    code = db.session.get(DelegateCode, code_id)
    if code is None or code.used_at or code.expires_at <= now():
        return None
    return links.digits(code)
