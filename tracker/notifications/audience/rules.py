"""Named rules: which living memberships an event tells. Each is a condition that the database can answer from what the
event says, so that an act asks all of them in one statement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.accounts.queries.absences import stands_in_for
from tracker.accounts.queries.aliases import HOME_ID
from tracker.accounts.roles import ROLES
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest, CoDrafter
from tracker.imports.kinds import kinds
from tracker.jobs.models import Job
from tracker.notifications.catalogue import Notice
from tracker.notifications.lifecycle import Side
from tracker.notifications.subjects import About
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.reference.lifecycle import REQUEST_CLOCKS
from tracker.rights.actor import (
    IMPORTERS,
    ORGANISATION_ADMINISTRATORS,
    PLEDGE_WRITERS,
    REQUEST_OFFICERS,
    REQUEST_WRITERS,
    TRAVEL_OFFICERS,
)

Condition = sa.ColumnElement[bool]
Asked = Callable[[About], Condition]
M, R = Membership, AssistanceRequest


def has_role(*roles: str) -> Condition:
    """The membership carries one of these roles."""
    return sa.exists().where(MembershipRole.membership_id == M.id, MembershipRole.role.in_(roles))


def living() -> tuple[Condition, ...]:
    """The membership goes on, its person can sign in, its organisation is one of ours."""
    return M.ended_at.is_(None), Person.disabled_at.is_(None), Organisation.active.is_(True)


def _is(*people: Any) -> Condition:
    """The membership is of one of these people, or stands in today for one of them who is away."""
    return sa.or_(*(M.person_id == person for person in people), *(stands_in_for(person) for person in people))


def _of_request(about: About, column: Any) -> sa.ScalarSelect[Any]:
    """A column of the request that the event is about."""
    return sa.select(column).where(R.id == about.request_id).scalar_subquery()


def state(about: About) -> Condition:
    """The State whose request it is."""
    return Organisation.id == _of_request(about, R.organisation_id)


def donor(about: About) -> Condition:
    """The donor whose pledge it is, with whoever was merged into it."""
    if about.type != "pledge":
        return sa.false()
    return sa.select(Pledge.donor_id).where(Pledge.id == about.id).scalar_subquery() == HOME_ID


def _payers(about: About) -> Condition:
    """Every donor whose money was approved for the request."""
    paying = (
        sa.select(Pledge.donor_id)
        .join(Allocation, Allocation.pledge_id == Pledge.id)
        .where(Allocation.request_id == about.request_id, Allocation.approved_at.is_not(None))
    )
    return HOME_ID.in_(paying)


def _named_by_event(about: About) -> Condition:
    return Organisation.id == about.organisation_id


def _office(_about: About) -> Condition:
    return Organisation.kind == "office"


def _everybody(_about: About) -> Condition:
    return sa.true()


def _drafting(about: About) -> Condition:
    """Who drafted the request, and who was invited to help."""
    invited = sa.select(CoDrafter.person_id).where(CoDrafter.request_id == about.request_id)
    drafter = _of_request(about, R.drafter_id)
    return sa.or_(M.person_id.in_(invited), _is(drafter))


def _just_invited(about: About) -> Condition:
    """The person who was just asked to help with the draft."""
    return _is(about.data.get("person_id"))


def _asked(about: About) -> Condition:
    """Who asked for roles that a second person has answered."""
    return M.id == about.data.get("asked_by")


def _answered(about: About) -> Condition:
    """Whoever wrote the messages that are answered now."""
    return _is(*about.data["writer_ids"]) if about.data.get("writer_ids") else sa.false()


def _officers(about: About) -> Condition:
    """Every triage officer: managers where the request is strictly confidential, for nobody else may open it."""
    return _in_confidence(about, "triage_officer")


def _in_confidence(about: About, role: str) -> Condition:
    """Whoever has the role: managers instead, where the request is strictly confidential."""
    strict = sa.exists().where(R.id == about.request_id, R.marking == Marking.STRICTLY_CONFIDENTIAL)
    return sa.or_(sa.and_(strict, has_role("programme_manager")), sa.and_(~strict, has_role(role)))


def _at_the_desk(about: About) -> Condition:
    """Who looks after journeys: travel officers, managers where the request is strictly confidential."""
    return _in_confidence(about, "travel_officer")


def _officer(about: About) -> Condition:
    """The officer to whom the request is assigned, else all who could take it. The event of an assignment names the
    new officer in `officer_id`."""
    if "officer_id" in about.data:
        named = about.data["officer_id"]
        return _is(named) if named is not None else _officers(about)
    assigned = _of_request(about, R.assigned_to_id)
    return sa.or_(_is(assigned), sa.and_(assigned.is_(None), _officers(about)))


def _proposed(about: About) -> Condition:
    """Who proposed a step with money that somebody else has answered."""
    return _is(about.data.get("proposed_by_id"))


def _something_paid(about: About) -> Condition:
    """Everybody, where something was paid for what the event is about."""
    return sa.true() if about.data.get("paid_minor") else sa.false()


def _seats_stood(about: About) -> Condition:
    """Everybody, where the request has a seat that was not given back before: the event may be what ends it."""
    given_back = (SeatStatus.DECLINED, SeatStatus.TAKEN_BACK)
    return sa.exists().where(Seat.request_id == about.request_id, Seat.status.not_in(given_back))


def _seats_paid(about: About) -> Condition:
    """Everybody, where something was paid for a seat of the request and did not come back: it is to be settled."""
    paid = sa.and_(LedgerAccount.kind == AccountKind.PAID, LedgerAccount.balance_minor > 0)
    of_seat = sa.and_(LedgerAccount.allocation_id == Allocation.id, Allocation.seat_id == Seat.id)
    return sa.exists().where(Seat.request_id == about.request_id, Seat.status != SeatStatus.SETTLED, of_seat, paid)


def _importing(about: About) -> Condition:
    """Who may import records of the kind that a file holds, which the work says that looked at it."""
    what = sa.select(Job.params["what"].as_string()).where(Job.id == about.id).scalar_subquery()
    return sa.or_(*(sa.and_(what == kind.name, has_role(*kind.roles)) for kind in kinds()))


def _stand_in(about: About) -> Condition:
    """Whoever stands in for somebody who says that they are away, or are back."""
    return M.id == about.data.get("stand_in_id")


@dataclass(frozen=True, slots=True)
class Rule:
    """Living memberships that carry one of `roles` in an organisation of `owners`, and of these those of `who`.

    When none of them can be reached, the group that is the rule `behind` is told in their stead, then the official
    address of the organisation; nobody is in the stead of those who are told `alone`.
    """

    side: Side
    roles: tuple[str, ...]
    owners: Asked
    who: Asked = _everybody
    behind: str = ""
    alone: bool = False


RULES: dict[str, Rule] = {
    "drafters": Rule(Side.STATE, REQUEST_WRITERS, state, _drafting, behind="authority"),
    "invited_drafter": Rule(Side.STATE, REQUEST_WRITERS, state, _just_invited, alone=True),
    "answered": Rule(Side.STATE, REQUEST_WRITERS, state, _answered, alone=True),
    "authority": Rule(Side.STATE, ("authorising_officer",), state),
    "nominators": Rule(Side.STATE, REQUEST_WRITERS, _named_by_event),
    "officer": Rule(Side.STAFF, REQUEST_OFFICERS, _office, _officer, behind="officers"),
    "officers": Rule(Side.STAFF, REQUEST_OFFICERS, _office, _officers),
    "managers": Rule(Side.STAFF, ("programme_manager",), _office),
    "travel": Rule(Side.STAFF, TRAVEL_OFFICERS, _office, _at_the_desk),
    "travel_of_seats": Rule(Side.STAFF, ("travel_officer",), _office, _seats_stood, alone=True),
    "finance": Rule(Side.STAFF, ("finance_officer",), _office),
    "finance_paid": Rule(Side.STAFF, ("finance_officer",), _office, _something_paid, alone=True),
    "finance_of_seats": Rule(Side.STAFF, ("finance_officer",), _office, _seats_paid, alone=True),
    "act_proposer": Rule(Side.STAFF, (*TRAVEL_OFFICERS, "finance_officer"), _office, _proposed, alone=True),
    "importers": Rule(Side.STAFF, IMPORTERS, _office, _importing),
    "administrators": Rule(Side.STAFF, ("administrator",), _office),
    "auditors": Rule(Side.STAFF, ("auditor",), _office),
    "asker": Rule(Side.SELF, ORGANISATION_ADMINISTRATORS, _everybody, _asked, alone=True),
    "stand_in": Rule(Side.SELF, tuple(ROLES), _everybody, _stand_in, alone=True),
    "donor": Rule(Side.DONOR, PLEDGE_WRITERS, donor),
    "signatories": Rule(Side.DONOR, ("donor_signatory",), donor, behind="donor"),
    "proposing_donor": Rule(Side.DONOR, PLEDGE_WRITERS, donor, _proposed, alone=True),
    "payers": Rule(Side.DONOR, PLEDGE_WRITERS, _payers),
}
WITHOUT_ACCOUNT = ("invited", "asking", "delegate", "at_the_door")
MAILBOXES = ("official", "self", *WITHOUT_ACCOUNT)
"""Names in the catalogue that are no rule on memberships: an official address, an invited one, who asked for an
account, the person whom it is about (whether or not a membership is left), whoever has a personal link or asks for the
code that opens its page."""


def _of_the_state(about: About) -> bool:
    """Whether the clock that the event is about is a deadline of the State."""
    clock = REQUEST_CLOCKS.get(about.data.get("clock", ""))
    return clock is not None and clock.side == "state"


def _clock_soon(about: About) -> tuple[str, ...]:
    """Who has to act before a clock runs out: the State on its own deadlines, else the officer."""
    return ("drafters", "authority") if _of_the_state(about) else ("officer",)


def _clock_over(about: About) -> tuple[str, ...]:
    """A deadline has passed: of the State's own the State hears and the officer, of the office's own deadlines the
    officer and the managers."""
    return ("drafters", "authority", "officer") if _of_the_state(about) else ("officer", "managers")


def _around_the_request(about: About) -> tuple[str, ...]:
    """Whose request money is moved for. Of a seat's money its State and its officer hear with the seat itself."""
    return () if about.data.get("seat_id") else ("drafters", "authority", "officer")


def _donor_for_a_request(about: About) -> tuple[str, ...]:
    """The donor whose money is set aside; for seats it hears of all that one act gives, once for a pledge."""
    return () if about.data.get("seat_id") else ("donor",)


BY_WHAT_IS_SAID = {
    "clock_soon": _clock_soon,
    "clock_over": _clock_over,
    "around_the_request": _around_the_request,
    "donor_for_a_request": _donor_for_a_request,
}
"""Names in the catalogue that stand for other names, by what the event says."""


def names_of(notice: Notice, about: About) -> list[str]:
    """The rules and mailboxes that `notice` about this tells, in order of precedence."""
    return [
        rule for name in notice.tell for rule in (BY_WHAT_IS_SAID[name](about) if name in BY_WHAT_IS_SAID else (name,))
    ]


def standing_for(rule: str, roles: frozenset[str]) -> bool:
    """Whether a membership with these roles is still one that the rule meant."""
    return rule not in RULES or not roles.isdisjoint(RULES[rule].roles)
