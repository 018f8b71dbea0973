"""What of pledges waits for one person, and what for whoever holds a role: told to those who let people go."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.waiting_work import Held, Leaver, RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.pledges.lifecycle import AllocationStatus, Origin, Status
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import ActStatus, Side
from tracker.pledges.proposed_acts.models import ActYes, ProposedAct
from tracker.rights.actor import MONEY_PLANNERS, PLEDGE_WRITERS, TRAVEL_OFFICERS

OFFERED = Pledge.status == Status.OFFERED, Pledge.origin != Origin.IMPORTED
SIGNED = Pledge.status == Status.SIGNED, Pledge.origin != Origin.IMPORTED
PLANNED, APPROVED = (Allocation.status == status for status in (AllocationStatus.PLANNED, AllocationStatus.APPROVED))
WAITS = ProposedAct.status == ActStatus.WAITING


def _offered(leaver: Leaver) -> sa.ScalarSelect[int]:
    mine = sa.select(sa.func.count()).select_from(Pledge).where(Pledge.offered_by_id == leaver.person_id, *OFFERED)
    return mine.scalar_subquery()


def _planned(leaver: Leaver) -> sa.ScalarSelect[int]:
    mine = sa.select(sa.func.count()).select_from(Allocation).where(Allocation.planned_by_id == leaver.person_id)
    return mine.where(PLANNED).scalar_subquery()


def _proposed(leaver: Leaver) -> sa.ScalarSelect[int]:
    mine = sa.select(sa.func.count()).select_from(ProposedAct).where(ProposedAct.proposed_by_id == leaver.person_id)
    return mine.where(WAITS).scalar_subquery()


HELD = (
    Held(
        "offered",
        frozenset(PLEDGE_WRITERS),
        N_("Pledges offered by this person, not signed yet"),
        N_("They stay with the donor: its signatories sign or withdraw them."),
        _offered,
        endpoint="pledges.index",
    ),
    Held(
        "planned",
        frozenset(MONEY_PLANNERS),
        N_("Allocations planned by this person, not approved yet"),
        N_("They stay as they are: a finance officer approves or drops them."),
        _planned,
        endpoint="finance.desk",
    ),
    Held(
        "changes",
        frozenset({"donor_officer"}),
        N_("Changes of pledges proposed by this person, not answered yet"),
        N_("They stay as they are: both sides answer them, or a colleague takes them back."),
        _proposed,
        endpoint="pledges.index",
    ),
    Held(
        "acts",
        frozenset({*TRAVEL_OFFICERS, "finance_officer"}),
        N_("Steps with money proposed by this person, not answered yet"),
        N_("They stay as they are: whoever proposes or confirms such steps takes them back, confirms or refuses them."),
        _proposed,
        endpoint="acts.index",
    ),
)


def _of_the_office(model: Any, *conditions: Any) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(model).where(*conditions)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _of_both() -> sa.ColumnElement[bool]:
    return ProposedAct.kind.in_(kinds.names_of_both())


def _without_the_yes_of(side: Side) -> sa.ColumnElement[bool]:
    said = sa.exists().where(ActYes.act_id == ProposedAct.id, ActYes.side == side)
    return sa.and_(WAITS, _of_both(), sa.not_(said))


def _changes_for_donors() -> Rows:
    donor = Pledge.donor_id.label("organisation_id")
    counted = sa.select(donor, sa.func.count().label("number")).select_from(Pledge)
    waiting = counted.join(ProposedAct, ProposedAct.pledge_id == Pledge.id)
    return waiting.where(_without_the_yes_of(Side.DONOR)).group_by(donor)


def _of_donors(*conditions: Any) -> Rows:
    donor = Pledge.donor_id.label("organisation_id")
    return sa.select(donor, sa.func.count().label("number")).where(*conditions).group_by(donor)


FINANCE = frozenset({"finance_officer"})
FOR_ROLES = (
    RoleWork(
        "sign_pledges",
        frozenset({"donor_signatory"}),
        N_("Pledges that wait for a signature"),
        lambda: _of_donors(*OFFERED),
    ),
    RoleWork(
        "accept_pledges",
        frozenset({"programme_manager"}),
        N_("Signed pledges to accept"),
        lambda: _of_the_office(Pledge, *SIGNED),
    ),
    RoleWork("approve", FINANCE, N_("Allocations to approve"), lambda: _of_the_office(Allocation, PLANNED)),
    RoleWork(
        "answer_acts",
        FINANCE,
        N_("Steps with money to confirm or refuse"),
        lambda: _of_the_office(ProposedAct, WAITS, sa.not_(_of_both())),
    ),
    RoleWork(
        "agree_to_changes",
        frozenset({"donor_signatory"}),
        N_("Changes of pledges that wait for the donor’s yes"),
        _changes_for_donors,
    ),
    RoleWork(
        "agree_for_the_office",
        frozenset({"programme_manager"}),
        N_("Changes of pledges to say yes to or refuse"),
        lambda: _of_the_office(ProposedAct, _without_the_yes_of(Side.OFFICE)),
    ),
    RoleWork("pay", FINANCE, N_("Allocations to pay"), lambda: _of_the_office(Allocation, APPROVED)),
)
