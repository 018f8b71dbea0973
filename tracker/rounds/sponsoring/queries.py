"""What is open of a session for whoever wants to pay seats. Nothing here names a State, a person or a donor."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.costs.lines import Payer
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.money import FUND_CURRENCY
from tracker.participation.estimating import estimates_of
from tracker.participation.lifecycle import ASKED_LINES, NOBODY
from tracker.participation.models import Delegate
from tracker.participation.support.models import SessionSupport
from tracker.participation.support.terms import Support
from tracker.pledges.models import Pledge
from tracker.pledges.queries import has_rate
from tracker.reference import country_lists
from tracker.reference.lifecycle import GROUP_NAMES
from tracker.reference.models import Airport, Session, State
from tracker.rights.actor import PLEDGE_WRITERS, Actor
from tracker.rounds.models import Round
from tracker.rounds.ordering import Person
from tracker.rounds.proposals.asking import asked_of
from tracker.rounds.proposing.comparing import but_for_shares, greedy
from tracker.rounds.reading import Table, table_after
from tracker.rounds.sponsoring.counting import FEWEST, Estimated, Prices, by_group, prices_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a session asks of donors. `prices` rest on people who wait, or (`typical`) on journeys of States that may
    ask; None: neither can be said.

    `waiting` people of eligible requests have no seat, `incomplete` of them no complete estimate, and for `lacking`
    there is a seat and no money: all three are None where fewer than three States wait, `incomplete` also where those
    without a complete estimate, or those with one, are of fewer. `groups` are those who wait by regional group ("" for
    none), with None where a group is not told apart; it is empty where nobody is told.
    """

    support: Support
    prices: Prices | None
    typical: bool
    waiting: int | None
    incomplete: int | None
    lacking: int | None
    groups: Mapping[str, int | None] = field(default_factory=dict)


def takes_sponsors() -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which seats of a session can still be paid: its support is set up, it is not over and takes
    place."""
    set_up = sa.select(SessionSupport.session_id)
    ahead = sa.or_(Session.ends_on.is_(None), Session.ends_on >= today())
    return Session.id.in_(set_up), Session.status == "planned", ahead


def select_sessions_to_sponsor(actor: Actor) -> sa.Select[*tuple[Any, ...]] | None:
    """The sessions whose seats can be paid, as a part of a larger statement; None for who does not pledge."""
    if not actor.has(*PLEDGE_WRITERS):
        return None
    return sa.select(Session.code, Session.title_en, Session.title_fr, Session.starts_on, Session.ends_on).where(
        *takes_sponsors()
    )


def as_sessions(rows: Sequence[Any]) -> list[Session]:
    """The sessions of such rows, the nearest first: in no database session, but with a title in each language."""
    nearest = sorted(rows, key=lambda row: (row.starts_on or date.max, row.code))
    return [Session(**row._asdict()) for row in nearest]


def session_to_sponsor(code: str) -> Session:
    """A session whose seats can be paid. Raises NotFound."""
    found = db.session.scalar(sa.select(Session).where(Session.code == code, *takes_sponsors()))
    if found is None:
        raise NotFound
    return found


def can_be_sponsored(session: Session) -> bool:
    """Whether seats of a session can still be paid."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Session.id == session.id, *takes_sponsors()))))


def usual_currency(actor: Actor) -> str:
    """The currency of the donor's latest pledge; the fund's own where there is none, or no rate for it today."""
    latest = sa.select(Pledge.currency).where(Pledge.donor_id == actor.organisation_id).order_by(Pledge.id.desc())
    currency = db.session.scalar(latest.limit(1))
    return currency if currency and has_rate(currency, today()) else FUND_CURRENCY


def asked_by(session: Session) -> Asked:
    """What a session asks as it stands now. Strictly confidential requests are left out: they take money that is not
    earmarked, so no pledge for a session pays them."""
    table = table_after(Round(session_id=session.id, seed=""))
    waiting = list(_waiting(table))
    complete = [(iso3, person.estimate) for iso3, person in waiting if person.estimate is not None]
    lacks = [iso3 for iso3, person in waiting if person.estimate is None]
    told = _enough(iso3 for iso3, _person in waiting)
    apart = told and (not lacks or (_enough(lacks) and _enough(iso3 for iso3, _cents in complete)))
    prices = prices_of([Estimated(iso3, cents) for iso3, cents in complete if cents])
    typical = prices_of(_typical(table.support)) if prices is None else None
    return Asked(
        support=table.support,
        prices=prices or typical,
        typical=typical is not None,
        waiting=len(waiting) if told else None,
        incomplete=len(lacks) if apart else None,
        lacking=_lacking(table, waiting) if told else None,
        groups=_by_group(table, waiting) if told else {},
    )


def _by_group(table: Table, waiting: Sequence[tuple[str, Person]]) -> dict[str, int | None]:
    regions = {facts.iso3: facts.region for facts in table.means.facts.values()}
    return by_group([(regions[iso3], iso3) for iso3, _person in waiting], [group or "" for group in GROUP_NAMES])


def _enough(states: Iterable[str]) -> bool:
    return len({*states}) >= FEWEST


def _waiting(table: Table) -> Iterator[tuple[str, Person]]:
    """Who could still get a seat of the session: the next people of each State, as many as it can have."""
    most = table.sitting.limits.in_all
    for placed in table.sitting.order:
        one = placed.candidate
        seated = {seat.delegate_id for seat in table.sitting.of(one.request_id)}
        free = [person for person in one.nominees if person.delegate_id not in seated and person.in_time]
        if not table.means.facts[one.request_id].strict:
            yield from ((one.iso3, person) for person in free[: max(0, most - len(seated))])


def _lacking(table: Table, waiting: Sequence[tuple[str, Person]]) -> int:
    """For how many of those who wait there is a seat and no money: seats are given in the published order as far as
    the cash of pledges goes, whoever paid it in. Strictly confidential requests take neither seat nor cash here."""
    question, facts = asked_of(table), table.means.facts
    open_ones = tuple(one for one in question.candidates if not facts[one.request_id].strict)
    asked = replace(question, candidates=open_ones, funds=question.purses())
    # Whoever waits for the share of women of a pledge alone does not lack money.
    given = {seat.delegate_id for seat in but_for_shares(asked, greedy(asked))}
    without = sum(person.delegate_id not in given for _iso3, person in waiting)
    return max(0, min(without, table.sitting.seats_left() - len(given)))


def _typical(support: Support) -> list[Estimated]:
    """The estimate of a journey from each State that may ask, by the rules of the session, without a visa: there the
    day before the first day, back the day after the last."""
    if support.starts_on is None or support.ends_on is None:
        return []
    days = support.starts_on - timedelta(days=1), support.ends_on + timedelta(days=1)
    payers: dict[str, str] = {f"payer_{line}": Payer.FUND.value for line in ASKED_LINES} | {"payer_visa": NOBODY}
    journeys = {
        iso3: Delegate(id=number, departure_iata=airport, arrives_on=days[0], leaves_on=days[1], **payers)
        for number, (iso3, airport) in enumerate(sorted(_airports().items()))
    }
    found = estimates_of(list(journeys.values()), support)
    costs = {iso3: found[journey.id].from_fund for iso3, journey in journeys.items()}
    return [Estimated(iso3, cents) for iso3, cents in costs.items() if cents]


def _airports() -> dict[str, str]:
    """The airport of each State that may receive official development assistance, by the list of airports: the one by
    which most go, else another one."""
    listed = set(db.session.scalars(sa.select(State.iso3).where(country_lists.on_list("oda_eligible", today()))))
    rows = db.session.execute(sa.select(Airport.iata, Airport.role, Airport.serves_states)).all()
    last_wins = sorted(rows, key=lambda row: ("gateway" in row.role, row.iata))
    return {iso3: row.iata for row in last_wins for iso3 in row.serves_states if iso3 in listed}
