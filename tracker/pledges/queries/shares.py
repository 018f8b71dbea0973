"""What the database knows of a request that earmarks ask about, and how much of a pledge its shares have used."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest, RequestArea
from tracker.database.days import DayInVienna
from tracker.database.one_statement import read_in_one_statement
from tracker.extensions import db
from tracker.pledges.earmarks import EARMARKS, Facts, Rule, matches
from tracker.pledges.lifecycle import AllocationStatus
from tracker.pledges.models import Allocation, Earmark, LedgerAccount, Pledge
from tracker.pledges.queries.visible import may_name
from tracker.reference import country_lists
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.reference.models import Area, State
from tracker.reference.models import Session as Meeting
from tracker.rights.actor import Actor

R = AssistanceRequest
MOST_EARMARKED = 50


def facts_of(request_ids: Collection[int], day: date) -> dict[int, Facts]:
    """What earmarks ask about requests, by the lists as they stand on a day, in one statement."""
    if not request_ids:
        return {}
    areas: dict[int, set[str]] = defaultdict(set)
    named = (
        sa.select(RequestArea.request_id, Area.code, Area.parent)
        .join(Area, Area.code == RequestArea.area_code)
        .where(RequestArea.request_id.in_(request_ids))
    )
    lists = country_lists.columns_on(day)
    facts = (
        sa.select(
            *(R.id, R.public_number, R.kind, R.marking),
            State.iso3,
            State.regional_group,
            Meeting.code.label("session"),
            *lists,
        )
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Meeting, Meeting.id == R.session_id)
        .where(R.id.in_(request_ids))
    )
    found = read_in_one_statement(named=named, facts=facts)
    for area in found["named"]:
        areas[area.request_id].update(filter(None, (area.code, area.parent)))
    return {
        row.id: Facts(
            request_id=row.id,
            number=str(row.public_number),
            kind=row.kind,
            iso3=row.iso3 or "",
            region=row.regional_group or "",
            areas=frozenset(areas[row.id]),
            session=row.session,
            lists=country_lists.lists_in(row),
            strict=row.marking == Marking.STRICTLY_CONFIDENTIAL,
        )
        for row in found["facts"]
    }


def select_earmarked_and_strict(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Earmarked money that stands for strictly confidential requests: set aside before only unearmarked money was, or
    before the request was marked. It stays; the office sees where it is."""
    tight = [name for name, kind in EARMARKS.items() if kind.level > 1]
    least = [name for name, kind in EARMARKS.items() if kind.least]
    earmarked = sa.exists().where(
        Earmark.pledge_id == Allocation.pledge_id,
        sa.or_(Earmark.share_bp.is_(None), Earmark.rule.in_(least)),
        Earmark.rule.in_(tight),
    )
    return (
        sa.select(
            *(Allocation.id, Allocation.public_id, Allocation.status, Allocation.amount_minor, R.reference),
            *(Pledge.reference.label("pledge_reference"), Pledge.public_id.label("pledge_public_id")),
        )
        .join(R, R.id == Allocation.request_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .where(
            R.marking == Marking.STRICTLY_CONFIDENTIAL,
            Allocation.status.in_((AllocationStatus.PLANNED, AllocationStatus.APPROVED)),
            earmarked,
            may_name(actor),
        )
        .order_by(Allocation.id)
        .limit(MOST_EARMARKED)
    )


def used_of_shares(rules_of_pledges: Iterable[tuple[int, Iterable[Rule]]], facts: Facts) -> dict[int, dict[Rule, int]]:
    """{pledge id: {rule: minor units of the fund held or paid}} for the caps that a request of these facts comes under,
    in one statement; none when there is no such cap. What was set aside counts by the lists of the day of that."""
    return used_of_caps(
        (pledge_id, [one for one in rules if matches(one, facts)]) for pledge_id, rules in rules_of_pledges
    )


def used_of_caps(rules_of_pledges: Iterable[tuple[int, Iterable[Rule]]]) -> dict[int, dict[Rule, int]]:
    """The same for every cap among these rules, whatever request may come under it."""
    capped = [(pledge_id, rule) for pledge_id, rules in rules_of_pledges for rule in rules if rule.is_cap]
    found: dict[int, dict[Rule, int]] = {pledge_id: {} for pledge_id, _rule in capped}
    if capped:
        sums = [_used(number, *one) for number, one in enumerate(capped)]
        for number, used in db.session.execute(sa.union_all(*sums)):
            pledge_id, rule = capped[number]
            found[pledge_id][rule] = int(used)
    return found


def _used(number: int, pledge_id: int, rule: Rule) -> sa.Select[*tuple[Any, ...]]:
    set_aside = DayInVienna(sa.func.coalesce(Allocation.approved_at, Allocation.planned_at))
    return (
        sa.select(sa.literal(number), sa.func.coalesce(sa.func.sum(LedgerAccount.balance_minor), 0))
        .select_from(Allocation)
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .join(R, R.id == Allocation.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Meeting, Meeting.id == R.session_id)
        .where(Allocation.pledge_id == pledge_id, named_by(rule, set_aside))
    )


def named_by(rule: Rule, day: country_lists.Day) -> sa.ColumnElement[bool]:
    """What `earmarks.matches` asks of a request, as a condition on its row, its State and its session, by the lists of
    a day."""
    codes = list(rule.codes)
    area = sa.exists().where(
        RequestArea.request_id == R.id,
        Area.code == RequestArea.area_code,
        sa.or_(Area.code.in_(codes), Area.parent.in_(codes)),
    )
    conditions: dict[str, sa.ColumnElement[bool]] = {
        "kinds": R.kind.in_(codes),
        "areas": area,
        "sessions": Meeting.code.in_(codes),
        "regions": sa.func.coalesce(State.regional_group, "").in_(codes),
        "lists": sa.or_(sa.false(), *(country_lists.on_list(name, day) for name in COUNTRY_LISTS if name in codes)),
        "states": sa.func.coalesce(State.iso3, "").in_(codes),
        "requests": R.public_number.in_([uuid.UUID(code) for code in codes if is_number(code)]),
    }
    return conditions[rule.rule]


def is_number(text: str) -> bool:
    """Whether a code can be the public number of a request."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
