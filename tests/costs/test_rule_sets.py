"""Rule sets from a file: the two that are shipped, those in force on a day, and every row that is refused."""

from datetime import date
from decimal import Decimal

import pytest

from tests.costs.world import A, B
from tracker.costs import rule_set_on, shipped
from tracker.costs.rule_sets import HUNDRED, PROVIDED, RuleSetError, read

PARAMETERS = {
    "last_day": "40",
    "same_day": "40",
    "transit_night": "50",
    "advance": "75",
    "contingency": "5",
    **{f"provided_{what}": "5" for what in PROVIDED},
}


def rows(day: str = "2026-01-01", **changed: str | None) -> list[dict[str, str]]:
    figures = {name: percent for name, percent in (PARAMETERS | changed).items() if percent is not None}
    fixed = {"rule_set": "C", "valid_from": day, "source": "circular", "verified": "Y"}
    return [{**fixed, "parameter": name, "percent": percent} for name, percent in figures.items()]


class TestShipped:
    def test_both_say_that_they_are_stand_ins_to_be_verified(self) -> None:
        assert [one.code for one in shipped()] == ["A", "B"]
        assert not any(one.verified for one in shipped())
        assert all("to be verified" in one.source for one in shipped())

    def test_a(self) -> None:
        assert (A.last_day, A.long_stay) == (40, ((61, 60),))
        assert A.provided == {"breakfast": 5, "lunch": 10, "dinner": 15, "lodging": 50}

    def test_b(self) -> None:
        assert (B.last_day, B.long_stay) == (0, ((61, 75), (121, 60)))
        assert B.provided == {"breakfast": 6, "lunch": 12, "dinner": 12, "lodging": 50}

    @pytest.mark.parametrize(("day", "share"), [(1, 100), (60, 100), (61, 75), (120, 75), (121, 60), (500, 60)])
    def test_the_share_of_a_long_stay(self, day: int, share: int) -> None:
        assert B.share_of_stay(day) == share


class TestInForce:
    def test_the_newest_that_has_begun_counts(self) -> None:
        sets = read(rows() + rows("2027-01-01", last_day="0"))
        assert rule_set_on(sets, "C", date(2025, 12, 31)) is None
        assert rule_set_on(sets, "C", date(2026, 12, 31)).last_day == 40  # type: ignore[union-attr]
        assert rule_set_on(sets, "C", date(2027, 1, 1)).last_day == 0  # type: ignore[union-attr]
        assert rule_set_on(sets, "D", date(2027, 1, 1)) is None

    def test_stays_stand_in_rising_order_whatever_the_files_order(self) -> None:
        (one,) = read(rows(long_stay_from_day_121="60", long_stay_from_day_61="75"))
        assert one.long_stay == ((61, Decimal(75)), (121, Decimal(60)))
        assert one.taken_off(["breakfast", "breakfast"]) == 5
        assert one.share_of_stay(1) == HUNDRED


class TestRefused:
    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"last_day": "101"}, "between 0 and 100"),
            ({"last_day": "-1"}, "between 0 and 100"),
            ({"last_day": "NaN"}, "between 0 and 100"),
            ({"last_day": "forty"}, "no percentage"),
            ({"advance": "50"}, "0, 75, 80 or 100"),
            ({"provided_tea": "5"}, "no parameter"),
            ({"long_stay_from_day_0": "60"}, "no parameter"),
            ({"long_stay_from_day_x": "60"}, "no parameter"),
            ({"last_day": None}, "lacks last_day"),
            ({"provided_dinner": None}, "lacks provided_dinner"),
        ],
    )
    def test_a_row_is_refused_with_its_reason(self, changed: dict[str, str | None], says: str) -> None:
        with pytest.raises(RuleSetError, match=says):
            read(rows(**changed))

    def test_a_parameter_that_stands_twice_is_refused_with_its_row(self) -> None:
        with pytest.raises(RuleSetError, match="twice") as refused:
            read([*rows(), *rows()])
        assert refused.value.row == len(PARAMETERS) + 1

    def test_a_day_that_is_none_is_refused(self) -> None:
        with pytest.raises(RuleSetError, match="not a date"):
            read(rows("1.1.2026"))
