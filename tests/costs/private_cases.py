"""Worked cases of days for private reasons, which carry no allowance: the sum written out by hand in cents."""

from tests.costs.cases import BY_US, JAN, MEALS, VIE, WEEK, Case, vienna
from tests.costs.world import A, B, stay, trip

PRIVATE = [
    Case("two private days carry nothing", BY_US, vienna(private=("2026-12-17", "2026-12-18")), A, 4 * VIE + 202_80),
    Case(
        "a private last day: the day before it is the one on which one leaves for the fund",
        BY_US,
        vienna(private=("2026-12-19",)),
        A,
        5 * VIE + 202_80,
    ),
    Case(
        "two private days after the official ones: as if they had left on the 19th",
        BY_US,
        trip("NBO", stay("VIE", "2026-12-13", "2026-12-21", private=("2026-12-20", "2026-12-21"))),
        A,
        6 * VIE + 202_80,
    ),
    Case(
        "two private days after the official ones by B",
        BY_US,
        trip("NBO", stay("VIE", "2026-12-13", "2026-12-21", private=("2026-12-20", "2026-12-21"))),
        B,
        6 * VIE,
    ),
    Case(
        "three private days before the official ones: six nights and the last day",
        BY_US,
        trip("NBO", stay("VIE", "2026-12-10", "2026-12-19", private=("2026-12-10", "2026-12-11", "2026-12-12"))),
        A,
        6 * VIE + 202_80,
    ),
    Case(
        "private days before and after, and one between: five nights and the last day",
        BY_US,
        trip("NBO", stay("VIE", "2026-12-12", "2026-12-20", private=("2026-12-12", "2026-12-16", "2026-12-20"))),
        A,
        5 * VIE + 202_80,
    ),
    Case(
        "breakfast provided on all days, two of them private: nothing is taken off a private day",
        BY_US,
        trip("NBO", stay("VIE", *WEEK, provided="breakfast", private=("2026-12-15", "2026-12-16"))),
        A,
        4 * 481_65 + 177_45,
    ),
    Case(
        "there and back on one day for the fund, who stays two private days",
        BY_US,
        trip("GVA", stay("VIE", "2026-12-14", "2026-12-16", private=("2026-12-15", "2026-12-16"))),
        A,
        202_80,
    ),
    Case(
        "private days in the dearer season after the official ones cost nothing",
        BY_US,
        trip("NBO", stay("JFK", "2027-02-26", "2027-03-03", private=("2027-03-02", "2027-03-03"))),
        A,
        3 * JAN + 149_20,
    ),
    Case(
        "a private day that others provide for is not below nothing",
        BY_US,
        trip("NBO", stay("VIE", *WEEK, provided=MEALS, only="2026-12-15", private=("2026-12-15",))),
        A,
        5 * VIE + 202_80,
    ),
    Case(
        "private days only",
        BY_US,
        trip("NBO", stay("VIE", "2026-12-13", "2026-12-14", private=("2026-12-13", "2026-12-14"))),
        A,
        0,
    ),
]
