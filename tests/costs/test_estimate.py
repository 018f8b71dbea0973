"""The other lines of an estimate, who pays them, what is paid in advance, and what must hold for every journey."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costs.test_allowance import TODAY, of
from tests.costs.world import AIRPORTS, EVERY_LINE, FUND, RATES, A, B, stay, trip
from tracker.costs import FareBand, FlatAmount, LineKind, Payer, Quotation, RuleSet, Stay, Trip, Visa, estimate
from tracker.costs.fares import kilometres
from tracker.costs.rule_sets import PROVIDED

VIENNA = stay("VIE", "2026-12-13", "2026-12-19")
GENEVA = stay("GVA", "2026-12-19", "2026-12-21")


def value(journey: Trip, kind: str, **facts: Any) -> int | None:
    line = of(journey, **facts).line(LineKind(kind))
    assert line is not None
    return line.value


class TestFare:
    @pytest.mark.parametrize(
        ("one", "other", "km"),
        [("NBO", "JFK", 11844), ("NBO", "VIE", 5821), ("VIE", "GVA", 819), ("APW", "VIE", 16122), ("VIE", "VIE", 0)],
    )
    def test_the_distance_is_that_of_the_ellipsoid_in_both_directions(self, one: str, other: str, km: int) -> None:
        """On the sphere of the same size NBO to JFK is 11,834 km: the two ways differ by less than 3 in 1,000."""
        assert kilometres(AIRPORTS[one], AIRPORTS[other]) == kilometres(AIRPORTS[other], AIRPORTS[one]) == km

    @pytest.mark.parametrize(
        ("stays", "fare"),
        [
            ((VIENNA,), 1400_00),
            ((stay("JFK", "2027-02-28", "2027-03-06"),), 1820_00),
            ((VIENNA, GENEVA), 700_00 + 150_00 + 700_00),
            ((stay("NBO", "2026-12-13", "2026-12-14"),), 0),
        ],
        ids=["there and back", "beyond 10,000 km", "each leg is half of its band", "a session at home needs no flight"],
    )
    def test_by_the_tariff(self, stays: tuple[Stay, ...], fare: int) -> None:
        assert value(trip("NBO", *stays), "fare") == fare

    def test_a_band_ends_with_its_last_kilometre(self) -> None:
        assert kilometres(AIRPORTS["NBO"], AIRPORTS["VIE"]) == 5821
        bands = (
            FareBand("economy", 0, 5821, 1_00, "USD", TODAY, ""),
            FareBand("economy", 5821, 9000, 2_00, "USD", TODAY, ""),
        )
        assert value(trip("NBO", VIENNA), "fare", rates=replace(RATES, fares=bands)) == 1_00

    def test_only_the_newest_tariff_of_the_cabin_counts(self) -> None:
        newer = FareBand("economy", 0, 3000, 500_00, "USD", date(2026, 9, 1), "new")
        found = of(trip("NBO", VIENNA), rates=replace(RATES, fares=(*RATES.fares, newer)))
        assert [(one.what, one.place, one.km) for one in found.missing] == [
            ("tariff", "NBO–VIE", 5821),
            ("tariff", "VIE–NBO", 5821),
        ]
        assert value(trip("NBO", VIENNA, cabin="business"), "fare") is None

    def test_a_quotation_counts_until_its_last_day_and_then_the_tariff_does(self) -> None:
        held = Quotation(960_00, "EUR", TODAY, "agency")
        assert value(trip("NBO", VIENNA, quotation=held), "fare") == 1200_00
        late = replace(held, valid_until=TODAY - timedelta(days=1))
        assert value(trip("NBO", VIENNA, quotation=late), "fare") == 1400_00


class TestFlatLines:
    def test_terminals_are_paid_at_both_ends_of_each_leg(self) -> None:
        assert value(trip("NBO", stay("JFK", "2027-02-28", "2027-03-06")), "terminals") == 2 * 63_00 + 2 * 38_00
        assert value(trip("NBO", VIENNA, GENEVA), "terminals") == 6 * 38_00

    def test_insurance_is_for_the_journey_or_for_each_of_its_days(self) -> None:
        assert value(trip("NBO", VIENNA), "insurance") == 62_00
        daily = FlatAmount("insurance_day", "", 5_00, "USD", TODAY, "by us")
        rates = replace(RATES, flat=(*RATES.flat, daily))
        assert value(trip("NBO", VIENNA, nights_out=1, nights_back=1), "insurance", rates=rates) == 9 * 5_00

    def test_none_is_guessed(self) -> None:
        found = of(trip("NBO", VIENNA), rates=replace(RATES, flat=()))
        assert [(one.what, one.place) for one in found.missing] == [
            ("terminal", "NBO"),
            ("terminal", "VIE"),
            ("insurance", "VIE"),
        ]


class TestVisa:
    def test_every_visa_and_journey_to_a_consulate_is_added(self) -> None:
        visas = (Visa("USA", False, 185_00, 120_00, "office"), Visa("FRA", True, 90_00, 0, "office"))
        assert value(trip("NBO", VIENNA, visas=visas), "visa") == 185_00 + 120_00 + 90_00

    def test_none_needed_is_nothing_and_said(self) -> None:
        line = of(trip("NBO", VIENNA)).line(LineKind.VISA)
        assert line is not None
        assert line.value == 0
        assert [part.why for part in line.parts] == ["no_visa"]

    def test_an_unknown_fee_or_journey_is_asked_for(self) -> None:
        found = of(trip("NBO", VIENNA, visas=(Visa("AUT", False, None, None, ""),)))
        assert [one.what for one in found.missing] == ["visa_fee", "consulate_journey"]
        assert found.from_fund is None
        assert found.so_far > 0


class TestWhoPays:
    def test_all_by_the_fund(self) -> None:
        found = of(trip("NBO", VIENNA))
        assert found.from_fund == 1400_00 + (6 * 507_00 + 202_80) + 4 * 38_00 + 62_00 + 70_00
        assert found.in_kind == 0

    def test_a_fare_that_the_state_pays_is_worth_its_value_in_kind_and_takes_its_contingency_along(self) -> None:
        found = of(trip("NBO", VIENNA), fare=Payer.STATE)
        assert found.from_fund == (6 * 507_00 + 202_80) + 4 * 38_00 + 62_00
        assert found.in_kind == 1400_00

    def test_a_line_that_the_session_does_not_pay_is_not_there(self) -> None:
        found = estimate(trip("NBO", VIENNA), A, RATES, payers=FUND, paid={LineKind.FARE}, on=TODAY)
        assert [line.kind for line in found.lines] == [LineKind.FARE]
        assert found.advance == 0

    def test_nobody_pays_by_default(self) -> None:
        payers = {kind: payer for kind, payer in FUND.items() if kind is not LineKind.VISA}
        with pytest.raises(KeyError):
            estimate(trip("NBO", VIENNA), A, RATES, payers=payers, paid=EVERY_LINE, on=TODAY)

    @pytest.mark.parametrize(("share", "advance"), [(0, 0), (75, 2433_60), (80, 2595_84), (100, 3244_80)])
    def test_a_share_of_the_allowance_is_paid_in_advance(self, share: int, advance: int) -> None:
        assert of(trip("NBO", VIENNA), rules=replace(A, advance=Decimal(share))).advance == advance

    def test_nothing_is_paid_in_advance_of_what_another_pays(self) -> None:
        assert of(trip("NBO", VIENNA), allowance=Payer.HOST).advance == 0


class TestJourneys:
    def test_one_cannot_leave_before_one_came(self) -> None:
        with pytest.raises(ValueError, match="leaves a place"):
            stay("VIE", "2026-12-14", "2026-12-13")

    def test_a_stay_cannot_begin_long_before_the_one_before_it_ends(self) -> None:
        with pytest.raises(ValueError, match="begins after"):
            trip("NBO", stay("VIE", "2026-12-13", "2026-12-19"), stay("GVA", "2026-12-17", "2026-12-20"))

    def test_without_a_stay_there_is_no_journey(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            trip("NBO")


DAYS = st.dates(date(2026, 5, 1), date(2030, 12, 31))


@st.composite
def journeys(draw: st.DrawFn) -> Trip:
    """Journeys of one to three stays of up to 150 days, with anything provided on any day."""
    arrives, stays = draw(DAYS), []
    for iata in draw(st.lists(st.sampled_from(["VIE", "GVA", "JFK", "NBO", "BKK"]), min_size=1, max_size=3)):
        leaves = arrives + timedelta(days=draw(st.integers(0, 150 if not stays else 5)))
        days = [arrives + timedelta(days=n) for n in range((leaves - arrives).days + 1)]
        sets = st.frozensets(st.sampled_from(PROVIDED))
        provided = draw(st.dictionaries(st.sampled_from(days), sets, max_size=4))
        private = draw(st.frozensets(st.sampled_from(days), max_size=3))
        stays.append(Stay(AIRPORTS[iata], arrives, leaves, provided, private))
        arrives = leaves + timedelta(days=draw(st.integers(0, 2)))
    nights = st.integers(0, 2)
    return Trip(
        AIRPORTS[draw(st.sampled_from(["NBO", "APW", "VIE"]))],
        tuple(stays),
        nights_out=draw(nights),
        nights_back=draw(nights),
    )


RULES = st.sampled_from([A, B])


class TestForEveryJourney:
    @given(journeys(), RULES)
    def test_no_line_is_below_nothing_and_the_lines_make_the_sum(self, journey: Trip, rules: RuleSet) -> None:
        found = of(journey, rules)
        assert all(line.value is not None and line.value >= 0 for line in found.lines)
        assert all(line.value == sum(part.minor for part in line.parts) for line in found.lines)
        assert found.from_fund == sum(line.from_fund or 0 for line in found.lines)
        assert 0 <= (found.advance or 0) <= (found.line(LineKind.ALLOWANCE).value or 0)  # type: ignore[union-attr]

    @given(journeys(), RULES, st.data())
    def test_what_is_provided_beside_never_makes_it_dearer(
        self, journey: Trip, rules: RuleSet, data: st.DataObject
    ) -> None:
        first = journey.stays[0]
        day = data.draw(st.sampled_from([*first.nights, first.leaves]))
        more = first.provided.get(day, frozenset()) | {data.draw(st.sampled_from(PROVIDED))}
        fuller = replace(journey, stays=(replace(first, provided={**first.provided, day: more}), *journey.stays[1:]))
        assert of(fuller, rules).from_fund <= of(journey, rules).from_fund  # type: ignore[operator]

    @given(journeys(), RULES, st.integers(1, 5))
    def test_who_stays_on_for_private_reasons_gets_what_they_would_have_got(
        self, journey: Trip, rules: RuleSet, more: int
    ) -> None:
        last = journey.stays[-1]
        official = replace(journey, nights_back=0, stays=(*journey.stays[:-1], replace(last, private=frozenset())))
        after = frozenset(last.leaves + timedelta(days=n) for n in range(1, more + 1))
        longer = replace(last, leaves=last.leaves + timedelta(days=more), private=after)
        stayed = replace(official, stays=(*journey.stays[:-1], longer))
        lines = (of(one, rules).line(LineKind.ALLOWANCE) for one in (official, stayed))
        assert len({line.value for line in lines if line is not None}) == 1

    @given(journeys(), RULES, st.sampled_from(LineKind), st.sampled_from([Payer.STATE, Payer.HOST, Payer.OTHER]))
    def test_another_payer_never_raises_the_sum(
        self, journey: Trip, rules: RuleSet, kind: LineKind, payer: Payer
    ) -> None:
        shared = of(journey, rules, **{kind.value: payer})
        alone = of(journey, rules)
        assert shared.from_fund <= alone.from_fund  # type: ignore[operator]
        assert shared.from_fund + shared.in_kind <= alone.from_fund  # type: ignore[operator]

    @given(journeys(), RULES)
    def test_each_day_is_counted_once(self, journey: Trip, rules: RuleSet) -> None:
        line = of(journey, rules).line(LineKind.ALLOWANCE)
        nights = sum(len(one.nights) or 1 for one in journey.stays) + journey.nights_out + journey.nights_back
        between = sum(
            (later.arrives - one.leaves).days for one, later in zip(journey.stays, journey.stays[1:], strict=False)
        )
        last = journey.stays[-1]
        has_last_day = bool(last.nights) and not journey.nights_back
        assert line is not None
        assert sum(part.count for part in line.parts) == nights + between + has_last_day
