"""Who is told: named rules, each a condition on living memberships. The dispatcher and the preview use the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.accounts import queries as accounts
from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.extensions import db
from tracker.notifications.catalogue import Notice
from tracker.notifications.lifecycle import Side
from tracker.notifications.subjects import Subject
from tracker.pledges.models import Allocation, Pledge
from tracker.reference.lifecycle import REQUEST_CLOCKS
from tracker.rights.actor import PLEDGE_WRITERS, REQUEST_OFFICERS, REQUEST_WRITERS

Condition = sa.ColumnElement[bool]
Pairs = Sequence[tuple[Side, Condition | None]]
M = Membership


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told. `key` is never empty and decides that one person is told once."""

    key: str
    side: Side
    email: str
    language: str
    name: str = ""
    person_id: int | None = None
    membership_id: int | None = None
    organisation_id: int | None = None


def has_role(*roles: str) -> Condition:
    """The membership carries one of these roles."""
    return sa.exists().where(MembershipRole.membership_id == M.id, MembershipRole.role.in_(roles))


def _of_state(subject: Subject, *conditions: Condition) -> Condition | None:
    if subject.request is None:
        return None
    return sa.and_(M.organisation_id == subject.request.organisation_id, *conditions)


def drafters(subject: Subject) -> Condition | None:
    """Who drafted the request, and who was invited to help."""
    if subject.request is None:
        return None
    ids = [i for i in (subject.request.drafter_id, *subject.request.co_drafter_ids) if i is not None]
    return _of_state(subject, M.person_id.in_(ids), has_role(*REQUEST_WRITERS))


def invited_drafter(subject: Subject) -> Condition | None:
    """The person of the State who was just asked to help with the draft."""
    return _of_state(subject, M.person_id == subject.data.get("person_id"))


def authority(subject: Subject) -> Condition | None:
    """Who releases requests in the State's name."""
    return _of_state(subject, has_role("authorising_officer"))


def officer(subject: Subject) -> Condition | None:
    """The officer to whom the request is assigned, else every triage officer: managers where it is strictly
    confidential, for nobody else may open it. The event of an assignment names the new officer in `officer_id`."""
    assigned = subject.request.assigned_to_id if subject.request else None
    assigned = subject.data.get("officer_id", assigned)
    if assigned is None:
        return has_role("programme_manager" if subject.strict else "triage_officer")
    return sa.and_(M.person_id == assigned, has_role(*REQUEST_OFFICERS))


def managers(_subject: Subject) -> Condition:
    return has_role("programme_manager")


def finance(_subject: Subject) -> Condition:
    return has_role("finance_officer")


def administrators(_subject: Subject) -> Condition:
    return has_role("administrator")


def auditors(_subject: Subject) -> Condition:
    return has_role("auditor")


def donor(subject: Subject) -> Condition | None:
    """The people of the donor whose pledge it is."""
    if subject.pledge is None:
        return None
    ours = M.organisation_id == subject.pledge.organisation_id
    return sa.and_(ours, has_role(*PLEDGE_WRITERS))


def signatories(subject: Subject) -> Condition | None:
    """Who signs pledges of the donor."""
    if subject.pledge is None:
        return None
    return sa.and_(M.organisation_id == subject.pledge.organisation_id, has_role("donor_signatory"))


def payers(subject: Subject) -> Condition | None:
    """The people of every donor whose money was approved for the request."""
    if subject.request is None:
        return None
    paying = (
        sa.select(Pledge.organisation_id)
        .join(Allocation, Allocation.pledge_id == Pledge.id)
        .where(Allocation.request_id == subject.request.id, Allocation.approved_at.is_not(None))
    )
    return sa.and_(M.organisation_id.in_(paying), has_role(*PLEDGE_WRITERS))


def nominators(subject: Subject) -> Condition | None:
    """The focal points and authority of the State (the event's organisation) that has not nominated."""
    if subject.organisation_id is None:
        return None
    return sa.and_(M.organisation_id == subject.organisation_id, has_role(*REQUEST_WRITERS))


def _drafters_and_authority(subject: Subject) -> Pairs:
    return (Side.STATE, drafters(subject)), (Side.STATE, authority(subject))


def _of_the_state(subject: Subject) -> bool:
    """Whether the clock that the event is about is a deadline of the State."""
    clock = REQUEST_CLOCKS.get(subject.data.get("clock", ""))
    return clock is not None and clock.side == "state"


def clock_soon(subject: Subject) -> Pairs:
    """Who has to act before a clock runs out: the State on its own deadlines, else the officer."""
    if _of_the_state(subject):
        return _drafters_and_authority(subject)
    return ((Side.STAFF, officer(subject)),)


def clock_over(subject: Subject) -> Pairs:
    """A deadline has passed: of the State's own the State hears and the officer, of the office's own
    deadlines the officer and the managers."""
    if _of_the_state(subject):
        return (*_drafters_and_authority(subject), (Side.STAFF, officer(subject)))
    return (Side.STAFF, officer(subject)), (Side.STAFF, managers(subject))


def _as(side: Side, rule: Callable[[Subject], Condition | None]) -> Callable[[Subject], Pairs]:
    return lambda subject: ((side, rule(subject)),)


RULES: dict[str, Callable[[Subject], Pairs]] = {
    "drafters": _as(Side.STATE, drafters),
    "invited_drafter": _as(Side.STATE, invited_drafter),
    "authority": _as(Side.STATE, authority),
    "nominators": _as(Side.STATE, nominators),
    "officer": _as(Side.STAFF, officer),
    "managers": _as(Side.STAFF, managers),
    "finance": _as(Side.STAFF, finance),
    "administrators": _as(Side.STAFF, administrators),
    "auditors": _as(Side.STAFF, auditors),
    "donor": _as(Side.DONOR, donor),
    "signatories": _as(Side.DONOR, signatories),
    "payers": _as(Side.DONOR, payers),
    "clock_soon": clock_soon,
    "clock_over": clock_over,
}


def recipients(notice: Notice, subject: Subject, actor_person_id: int | None) -> list[Recipient]:
    """Everybody whom `notice` about `subject` tells now, each once; who did it is not told of it."""
    found: dict[str, Recipient] = {}
    for rule in notice.tell:
        for recipient in _by_rule(rule, subject):
            found.setdefault(recipient.key, recipient)
    if actor_person_id is not None and not notice.tells_actor:
        found.pop(f"person:{actor_person_id}", None)
    return list(found.values())


def addresses(notice: Notice, subject: Subject) -> list[Recipient]:
    """The mailboxes that `notice` tells for themselves, whatever memberships there are: an official address,
    an invited one, the person whom it is about."""
    return [recipient for rule in notice.tell if rule in _ADDRESSES for recipient in _ADDRESSES[rule](subject)]


def _by_rule(rule: str, subject: Subject) -> list[Recipient]:
    if rule in _ADDRESSES:
        return _ADDRESSES[rule](subject)
    pairs = [(side, condition) for side, condition in RULES[rule](subject) if condition is not None]
    return [recipient for side, condition in pairs for recipient in _members(side, condition)]


def _members(side: Side, condition: Condition) -> list[Recipient]:
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Person.email, Person.language, M.id, M.organisation_id)
        .join(M, M.person_id == Person.id)
        .join(Organisation, Organisation.id == M.organisation_id)
        .where(condition, M.ended_at.is_(None), Person.disabled_at.is_(None), Organisation.active.is_(True))
        .order_by(M.id)
    )
    return [
        Recipient(f"person:{person}", side, email, language, name, person, membership, organisation)
        for person, name, email, language, membership, organisation in rows
    ]


def _official(subject: Subject) -> list[Recipient]:
    """The official address of the organisation whose matter it is."""
    owner = subject.organisation_id
    row = db.session.execute(
        sa.select(
            Organisation.id, Organisation.name, Organisation.official_email, Organisation.official_language
        ).where(Organisation.id == owner, Organisation.active.is_(True), Organisation.official_email.is_not(None))
    ).one_or_none()
    if row is None:
        return []
    return [
        Recipient(
            f"address:{row.id}",
            Side.ADDRESS,
            row.official_email,
            row.official_language,
            row.name,
            organisation_id=row.id,
        )
    ]


def _mailbox(found: accounts.Recipient | None, side: Side) -> list[Recipient]:
    if found is None:
        return []
    return [Recipient(found.key, side, found.email, found.language, found.name, found.person_id)]


def _invited(subject: Subject) -> list[Recipient]:
    return _mailbox(accounts.recipient_of_invitation(subject.id), Side.ADDRESS)


def _asking(subject: Subject) -> list[Recipient]:
    return _mailbox(accounts.recipient_of_account_request(subject.id), Side.ADDRESS)


def _self(subject: Subject) -> list[Recipient]:
    """The person whom it is about, whether or not a membership is left."""
    found = accounts.recipient_of_person(subject.person_id) if subject.person_id is not None else None
    return _mailbox(found, Side.SELF)


_ADDRESSES: dict[str, Callable[[Subject], list[Recipient]]] = {
    "official": _official,
    "invited": _invited,
    "asking": _asking,
    "self": _self,
}
