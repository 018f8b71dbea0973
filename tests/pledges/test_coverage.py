"""What a pledge covers: what came at the rates it came by, and what is expected at today's; charges are lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tracker import money
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.pledges import queries, services
from tracker.pledges.models import LedgerAccount, Pledge, Transfer
from tracker.pledges.queries.unspent import gives_money
from tracker.pledges.services import Payment
from tracker.reference.models import ExchangeRate


def row_of(public_id: Any) -> Pledge:
    found = sa.select(Pledge).where(Pledge.public_id == public_id).execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def coverage(public_id: Any) -> queries.Coverage:
    pledge = row_of(public_id)
    return queries.coverage_of(pledge, queries.sums_of([pledge.id])[pledge.id])


def set_rate(units_per_usd: Decimal, currency: str = "EUR") -> None:
    """The rate of every day from now on; what has come in keeps its own."""
    with transaction() as session:
        changed = sa.update(ExchangeRate).where(ExchangeRate.currency == currency)
        session.execute(changed.values(units_per_usd=units_per_usd))


def receive(people: make.People, pledge: Any, amount: int, charge: int = 0) -> None:
    money_in = make.money_in(amount, charge_minor=charge)
    services.record_receipt(pledge, actor=people.finance.actor, money_in=money_in)


def pay(people: make.People, allocation: Any, amount: int) -> None:
    payment = Payment(amount, today(), "FIN-1", "supplier", "card")
    services.disburse(allocation, actor=people.finance.actor, payment=payment)


class TestCoverage:
    def test_what_came_keeps_its_rate_and_what_is_expected_has_todays(self, people):
        pledge = make.funded(people, make.terms(226_00, "EUR"), received=113_00)  # at 0.8: 141.25, of it 125 to use
        set_rate(Decimal("1.25"))
        covers = coverage(pledge)
        assert (covers.came_minor, covers.expected_minor) == (125_00, 80_00)
        assert covers.whole_minor == 205_00
        assert covers.rate.units_per_usd == Decimal("1.25")

    def test_lost_charges_are_not_to_come(self, people):
        pledge = make.accepted(people, make.terms(226_00))
        receive(people, pledge, 111_00, charge=2_00)
        assert coverage(pledge).whole_minor == 98_23 + 100_00

    def test_what_went_back_covers_nothing_and_what_was_applied_does(self, people):
        pledge = make.funded(people, make.terms(113_00), received=226_00)
        assert coverage(pledge).whole_minor == 100_00
        make.apply_surplus(people, pledge)
        assert coverage(pledge).whole_minor == 200_00
        make.refund(people, pledge, 50_00, "FIN-2")
        assert coverage(pledge).whole_minor == 150_00

    def test_a_pledge_of_which_nothing_is_expected_needs_no_rate(self, people):
        pledge = make.funded(people, make.terms(113_00, "EUR"))
        with transaction() as session:
            session.execute(sa.delete(ExchangeRate))
        assert coverage(pledge).whole_minor == 125_00

    def test_the_page_shows_what_is_left(self, people, page):
        pledge = make.funded(people, make.terms(226_00, "EUR"), received=113_00)
        make.allocated(people, pledge, make.request_of(), 25_00)
        set_rate(Decimal("1.25"))
        shown = words_of(page(people.officer, f"/pledges/{pledge}"))
        assert "USD 205 for requests 25 allocated 0 disbursed" in shown

    def test_caps_a_share_when_planned_and_what_came_when_approved(self, people):
        half = make.Rule("kinds", ("technical",), 5_000)
        pledge = make.funded(people, make.terms(226_00, "EUR", earmarks=[half]), received=113_00)
        set_rate(Decimal("1.25"))
        request = make.request_of()
        with pytest.raises(Invalid) as refused:
            make.planned(people, pledge, request, 102_51)
        assert "102.50" in str(refused.value.fields["amount"])
        allocation = make.planned(people, pledge, request, 102_50)
        need = queries.fundable_request(request.public_id, people.manager.actor)
        assert [one.verdict.most_minor for one in queries.candidates(need.request_id)] == [102_50]
        with pytest.raises(Invalid) as refused:
            services.approve_allocation(allocation, actor=people.finance.actor, version=1)
        assert "62.50" in str(refused.value.fields["amount"])

    def test_home_counts_what_came_at_its_rates(self, people, client):
        make.funded(people, make.terms(200_00, "EUR"), received=100_00)  # 125 dollars
        set_rate(Decimal("1.25"))  # the rest is 80
        assert "pledged by 1 donor 205 USD" in words_of(client.get("/"))


def from_transfers(pledge: Pledge, units_per_usd: Decimal) -> int:
    """Coverage told by the ledger's transfers alone."""
    source, target = sa.orm.aliased(LedgerAccount), sa.orm.aliased(LedgerAccount)
    rows = db.session.execute(
        sa.select(source.kind, target.kind, Transfer.amount_minor)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(source.pledge_id == pledge.id)
    ).all()
    came = sum(amount for went_from, went_to, amount in rows if (went_from, went_to) == ("exchange", "available"))
    came -= sum(amount for went_from, went_to, amount in rows if (went_from, went_to) == ("available", "exchange"))
    expected = sum(amount for _from, went_to, amount in rows if went_to == "expected")
    expected -= sum(amount for went_from, _to, amount in rows if went_from == "expected")
    dollars = money.to_usd(expected, pledge.currency, units_per_usd)
    return came + money.split_support(dollars, Decimal(13))[0]


AMOUNTS = st.integers(min_value=1, max_value=30_00)
STEPS = st.one_of(
    st.tuples(st.just("receive"), AMOUNTS, st.sampled_from([0, 0, 37])),
    st.tuples(st.just("rate"), st.decimals(Decimal("0.5"), Decimal(2), places=4)),
    st.tuples(st.just("allocate"), AMOUNTS),
    st.tuples(st.just("pay"), AMOUNTS),
    st.tuples(st.just("refund"), AMOUNTS),
    st.tuples(st.just("reduce"), AMOUNTS),
    st.tuples(st.sampled_from(["apply", "return", "reverse"])),
)


class Played:
    """One pledge in euros on which steps are tried; what a rule refuses moves nothing."""

    def __init__(self, people: make.People) -> None:
        self.people, self.finance = people, people.finance.actor
        self.pledge = make.accepted(people, make.terms(100_00, "EUR"))
        self.request = make.request_of()
        self.allocations: list[Any] = []
        self.rate = make.EUR_PER_USD
        set_rate(self.rate)

    def play(self, name: str, *facts: Any) -> None:
        try:
            getattr(self, f"_{name}")(*facts)
        except (Conflict, Invalid):
            db.session.rollback()

    def _receive(self, amount: int, charge: int) -> None:
        receive(self.people, self.pledge, amount, charge)

    def _rate(self, rate: Decimal) -> None:
        self.rate = rate
        set_rate(rate)

    def _allocate(self, amount: int) -> None:
        self.allocations.append(make.allocated(self.people, self.pledge, self.request, amount))

    def _pay(self, amount: int) -> None:
        if self.allocations:
            pay(self.people, self.allocations[-1], amount)

    def _refund(self, amount: int) -> None:
        make.refund(self.people, self.pledge, amount, "FIN-2")

    def _reduce(self, amount: int) -> None:
        make.reduce_amount(self.people, self.pledge, amount)

    def _apply(self) -> None:
        make.apply_surplus(self.people, self.pledge)

    def _return(self) -> None:
        make.return_surplus(self.people, self.pledge)

    def _reverse(self) -> None:
        newest = queries.ledger_of(row_of(self.pledge))[0][-1].act.public_id
        make.reverse(self.people, newest)


@given(steps=st.lists(STEPS, min_size=3, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_coverage_is_what_the_transfers_say(people, steps):
    played = Played(people)
    for step in steps:
        played.play(*step)
        pledge = row_of(played.pledge)
        assert coverage(played.pledge).whole_minor == from_transfers(pledge, played.rate)
        db.session.rollback()


class TestMoneyThatIsFreeNoMore:
    def ended_by_its_agreement(self, people, **facts) -> Any:
        pledge = make.funded(people, **facts)
        with transaction() as session:
            past = today() - timedelta(days=1)
            session.execute(
                sa.update(Pledge).where(Pledge.public_id == pledge).values(agreement_date=past, ends_on=past)
            )
        return pledge

    def test_is_on_finances_list_and_nowhere_free(self, people, page):
        withdrawn, running = make.funded(people), make.funded(people, make.terms(226_00))
        services.withdraw(withdrawn, actor=people.signatory.actor, version=3, reason="Budget cut")
        over = self.ended_by_its_agreement(people)
        shown = words_of(page(people.finance, "/finance"))
        assert "To give back" in shown
        back = shown.split("To give back", 1)[1]
        for pledge in (withdrawn, over):
            assert row_of(pledge).reference in back
        assert row_of(running).reference not in back
        assert "All 177" in back
        desk = words_of(page(people.officer, "/donor"))
        assert "allocated, 200 still free, 177 to be paid back to you" in desk
        assert words_of(page(people.officer, "/pledges")).count("to be paid back") == 2

    def test_is_not_planned_or_approved_after_the_agreement_ended(self, people, page):
        request = make.request_of()
        pledge = make.funded(people)
        allocation = make.planned(people, pledge, request, 10_00)
        with transaction() as session:
            ends = today() + timedelta(days=3)
            session.execute(sa.update(Pledge).where(Pledge.public_id == pledge).values(ends_on=ends))
        with shifted(now() + timedelta(days=4)):
            for act in (
                lambda: make.planned(people, pledge, request, 10_00),
                lambda: services.approve_allocation(allocation, actor=people.finance.actor, version=1),
            ):
                with pytest.raises(Conflict) as refused:
                    act()
                assert "Its agreement ended on" in str(refused.value)
            need = queries.fundable_request(request.public_id, people.manager.actor)
            assert [one.verdict.suits for one in queries.candidates(need.request_id)] == [False]

    def test_surplus_of_a_pledge_that_ended_is_there_too(self, people, page):
        pledge = make.funded(people, received=120_00)
        services.withdraw(pledge, actor=people.signatory.actor, version=3, reason="Budget cut")
        make.refund(people, pledge, 88_50, "FIN-2")
        back = words_of(page(people.finance, "/finance")).split("To give back", 1)[1]
        assert "USD 20" in back

    def test_the_database_and_the_row_say_the_same(self, people):
        pledges = [make.funded(people), make.accepted(people), make.signed(people)]
        pledges.append(self.ended_by_its_agreement(people))
        giving = set(db.session.scalars(sa.select(Pledge.public_id).where(gives_money())))
        assert giving == {one for one in pledges if row_of(one).gives_on(today())} == set(pledges[:2])
