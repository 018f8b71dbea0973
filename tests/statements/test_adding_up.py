"""Whatever happens to a pledge, and whatever days one chooses: statements that follow each other are its life."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import pledges as make
from tests.pledges.test_corrections import step
from tests.statements.conftest import days_ago
from tests.statements.test_pledge import paid
from tracker.calendar.now import today
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.pledges import ledger, services
from tracker.pledges.models import Act, Pledge
from tracker.pledges.queries import get_visible
from tracker.statements.figures import added
from tracker.statements.periods import Period
from tracker.statements.queries import Steps, figures_of

RATES = {"USD": Decimal(1), "JPY": Decimal("151.3"), "KWD": Decimal("0.307")}
LIFE = 40
"""How many days it lasts."""
ACTS = (
    "receive",
    "approve",
    "pay",
    "recover",
    "release",
    "raise",
    "reduce",
    "apply",
    "return",
    "refund",
    "reverse",
    "reverse",
)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(1, 60_00), st.integers(0, 6)), min_size=4, max_size=14
)
BEGINNING = (("approve", 30_00, 1), ("pay", 40_00, 1), ("reverse", 2, 3))
"""Each life begins so, that none shows too little."""
CUTS = st.lists(st.integers(1, LIFE - 1), max_size=4, unique=True)


def acts_on(people, pledge, allocations, amount):
    """What can be done, each if the rules let it."""
    finance = people.finance.actor
    payment = paid(amount // 20 + 1, f"FIN-{amount}-{today()}")
    return {
        "receive": lambda: services.record_receipt(
            pledge, actor=finance, money_in=make.money_in(amount, charge_minor=amount % 3)
        ),
        "approve": lambda: allocations.append(make.allocated(people, pledge, make.request_of(), amount // 3 + 1)),
        "pay": lambda: services.disburse(allocations[-1], actor=finance, payment=payment),
        "recover": lambda: services.recover(allocations[-1], actor=finance, payment=payment),
        "release": lambda: services.release_allocation(allocations[-1], actor=finance, version=None, reason="No."),
        "raise": lambda: make.raise_amount(people, pledge, amount, today() + timedelta(days=90)),
        "reduce": lambda: make.reduce_amount(people, pledge, amount),
        "apply": lambda: make.apply_surplus(people, pledge),
        "return": lambda: make.return_surplus(people, pledge),
        "refund": lambda: make.refund(people, pledge, amount),
        "reverse": lambda: make.reverse(people, step("receipt" if amount % 2 else "disburse")),
    }


def lived(people, currency, history):
    """A pledge with a life: its steps on their days."""
    day, allocations = LIFE, []
    with days_ago(LIFE):
        pledge = make.accepted(people, make.terms(100_00, currency))
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(50_00))
    for name, amount, later in (*BEGINNING, *history):
        day = max(day - later, 1)
        with days_ago(day, hour=23 if later % 2 else 0):
            try:
                acts_on(people, pledge, allocations, amount)[name]()
            except (DomainError, IndexError):  # no allocation yet
                db.session.rollback()
    return get_visible(pledge, people.finance.actor)


def periods(cuts):
    """Days from the first to yesterday, one after the other."""
    first = today() - timedelta(days=LIFE)
    begins = [first, *(first + timedelta(days=cut) for cut in sorted(cuts))]
    ends = [*(day - timedelta(days=1) for day in begins[1:]), today() - timedelta(days=1)]
    return [Period(*days) for days in zip(begins, ends, strict=True)]


def plain(sums):
    return {name: amount for name, amount in sums.items() if amount}


@pytest.fixture
def people(app):
    for currency in ("JPY", "KWD"):
        make.rate(currency, RATES[currency])
    return make.people()


def test_statements_of_all_periods_are_the_life_of_a_pledge(people):
    seen = set()

    @settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.sampled_from(list(RATES)), HISTORIES, CUTS)
    def holds(currency, history, cuts):
        pledge = lived(people, currency, history)
        parts = [figures_of(pledge, Steps(period, number == 0)) for number, period in enumerate(periods(cuts))]
        whole = figures_of(pledge, Steps(Period(parts[0].period.first, parts[-1].period.last), True))
        assert not plain(parts[0].opening)
        for before, after in pairwise(parts):
            assert plain(before.closing) == plain(after.opening)
            held = {key: plain(use.closing) for key, use in before.uses.items() if plain(use.closing)}
            assert held == {key: plain(sums) for key, sums in after.opening_of.items() if plain(sums)}
        every = [movement.changes for part in parts for movement in part.movements]
        assert plain(added(every)) == plain(whole.closing) == plain(parts[-1].closing)
        numbers = [line.number for part in parts for line in part.lines]
        assert sorted(numbers) == list(range(1, pledge.acts_posted + 1))
        balances = ledger.balances(pledge.id)
        for (kind, _currency), total in balances.items():
            if kind != "exchange":
                assert whole.closing[kind] == total, kind
        for use in whole.uses.values():
            assert sum(use.by_group.values()) == use.closing["held"]
        seen.update(db.session.scalars(sa.select(Act.name).where(Act.pledge_id == pledge.id)))
        db.session.rollback()

    holds()
    assert {"receipt", "approve", "disburse", "reversal"} <= seen
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) >= 12
    db.session.rollback()


@pytest.mark.parametrize(("currency", "written"), [("JPY", "6,000"), ("KWD", "6.000")])
def test_currencies_have_their_own_decimals(people, sign_in, app, currency, written):
    with days_ago(5):
        pledge = make.accepted(people, make.terms(100_00, currency))
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(60_00))
    client = sign_in(app.test_client(), people.officer)
    shown = client.get(f"/pledges/{pledge}/statement").text
    assert f"<bdi>{'4,000' if currency == 'JPY' else '4.000'}" not in shown, "what is expected is in the foot"
    assert f'<td class="num">{written}</td>' in shown
