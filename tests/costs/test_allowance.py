"""Worked cases of the daily allowance, and what an estimate says where a rate is missing."""

from dataclasses import replace
from datetime import date

import pytest

from tests.costs.cases import ALLOWANCE, Case
from tests.costs.private_cases import PRIVATE
from tests.costs.world import EVERY_LINE, FUND, RATES, A, B, stay, trip
from tracker.costs import DailyRate, Estimate, LineKind, Payer, Rates, RuleSet, Trip, estimate
from tracker.costs.allowance import allowance

TODAY = date(2026, 11, 28)


def of(journey: Trip, rules: RuleSet = A, rates: Rates = RATES, **payers: Payer) -> Estimate:
    by_line = FUND | {LineKind(name): payer for name, payer in payers.items()}
    return estimate(journey, rules, rates, payers=by_line, paid=EVERY_LINE, on=TODAY)


CASES = [*ALLOWANCE, *PRIVATE]


class TestWorkedCases:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_the_allowance_is_what_was_worked_out_by_hand(self, case: Case) -> None:
        line = allowance(case.trip, case.rules, RATES, Payer.FUND)
        assert line.value == case.due
        assert sum(part.minor for part in line.parts) == case.due

    def test_there_are_enough_of_them(self) -> None:
        assert len(CASES) >= 60
        assert len({case.name for case in CASES}) == len(CASES)

    def test_every_part_says_its_rule_source_year_and_days(self) -> None:
        journey = trip("NBO", stay("JFK", "2027-02-28", "2027-03-06"))
        parts = allowance(journey, A, RATES, Payer.FUND).parts
        said = [(part.first, part.last, part.count, part.unit, part.year, part.why) for part in parts]
        assert said == [
            (date(2027, 2, 28), date(2027, 2, 28), 1, 271_00, 2026, "night"),
            (date(2027, 3, 1), date(2027, 3, 5), 5, 373_00, 2026, "night"),
            (date(2027, 3, 6), date(2027, 3, 6), 1, 373_00, 2026, "last_day"),
        ]
        assert {(part.rule_set, part.place) for part in parts} == {("A", "New York")}
        assert all("General Services Administration" in part.source for part in parts)


class TestNewerRates:
    def test_a_newer_row_for_the_whole_year_goes_before_every_older_season(self) -> None:
        newer = DailyRate("JFK", "New York", 400_00, "USD", date(2027, 1, 1), None, "OFFICE", "office")
        rates = replace(RATES, daily=(*RATES.daily, newer))
        assert allowance(trip("NBO", stay("JFK", "2027-02-28", "2027-03-02")), B, rates, Payer.FUND).value == 800_00
        assert allowance(trip("NBO", stay("JFK", "2026-03-01", "2026-03-02")), B, rates, Payer.FUND).value == 373_00

    def test_a_season_over_new_year_holds_on_both_sides_of_it(self) -> None:
        winter = (date(2026, 11, 1), date(2027, 2, 28))
        daily = (DailyRate("VIE", "Vienna", 300_00, "USD", date(2026, 1, 1), winter, "OFFICE", "office"),)
        rates = Rates(daily=daily)
        assert allowance(trip("NBO", stay("VIE", "2026-12-31", "2027-01-02")), B, rates, Payer.FUND).value == 600_00
        assert allowance(trip("NBO", stay("VIE", "2027-10-31", "2027-11-01")), B, rates, Payer.FUND).value is None

    def test_a_rate_in_another_currency_is_turned_into_dollars_and_says_by_which_rate(self) -> None:
        daily = (DailyRate("VIE", "Vienna", 400_00, "EUR", date(2026, 1, 1), None, "OFFICE", "office"),)
        line = allowance(
            trip("NBO", stay("VIE", "2026-12-13", "2026-12-14")), B, replace(RATES, daily=daily), Payer.FUND
        )
        assert line.value == 500_00
        assert line.parts[0].exchange == (RATES.exchange["EUR"].units_per_usd, date(2026, 9, 29), "by us")


class TestWhatIsMissing:
    def test_a_place_without_a_rate_makes_the_sum_incomplete_and_is_named_with_its_days(self) -> None:
        found = of(trip("NBO", stay("ABJ", "2026-12-13", "2026-12-15")))
        assert not found.is_complete
        assert found.from_fund is None
        (missing,) = found.missing
        assert (missing.what, missing.place) == ("daily_rate", "ABJ")
        assert (missing.first, missing.last) == (date(2026, 12, 13), date(2026, 12, 15))

    def test_a_last_day_that_is_worth_nothing_needs_no_rate(self) -> None:
        daily = (
            DailyRate(
                "VIE", "Vienna", 1_00, "USD", date(2026, 1, 1), (date(2026, 12, 1), date(2026, 12, 31)), "OFFICE", ""
            ),
        )
        line = allowance(trip("NBO", stay("VIE", "2026-12-31", "2027-01-01")), B, Rates(daily=daily), Payer.FUND)
        assert line.value == 1_00
        assert not line.missing

    def test_before_its_first_day_a_rate_does_not_count(self) -> None:
        assert of(trip("NBO", stay("VIE", "2025-07-31", "2025-08-02"))).from_fund is None

    def test_what_somebody_else_pays_may_be_unknown(self) -> None:
        found = of(trip("NBO", stay("ABJ", "2026-12-13", "2026-12-15")), allowance=Payer.HOST)
        assert found.is_complete
        assert not found.missing
        line = found.line(LineKind.ALLOWANCE)
        assert line is not None
        assert line.from_fund == 0
        assert line.in_kind is None

    def test_a_currency_without_a_rate_is_named_once(self) -> None:
        daily = (DailyRate("VIE", "Vienna", 400_00, "CHF", date(2026, 1, 1), None, "OFFICE", "office"),)
        found = of(trip("NBO", stay("VIE", "2026-12-13", "2026-12-16")), rates=replace(RATES, daily=daily))
        assert [(one.what, one.currency) for one in found.missing] == [("exchange_rate", "CHF")]
