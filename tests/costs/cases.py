"""Worked cases of the daily allowance: the journey, the rule set, and the sum written out by hand in cents.

`VIE` is 507.00, `GVA` 648.00, `NBO` 327.00 and `BKK` 377.00 a day all year; New York 271.00 in January and February,
373.00 from March to June, 329.00 in July and August, 434.00 from September to December (per diem rates of the
Government of the United States as published in October 2025 and April 2026; see reference/data/README.md).
"""

from typing import NamedTuple

from tests.costs.world import A, B, stay, trip
from tracker.costs import RuleSet, Trip


class Case(NamedTuple):
    """A journey with the allowance due in cents; `source` says who worked it out."""

    name: str
    source: str
    trip: Trip
    rules: RuleSet
    due: int


BY_US = "by us"
MOCKUP = "drawing of the nominating page, November 2026"
VIE, GVA, NBO, BKK, JAN, MAR, JUL, SEP = 507_00, 648_00, 327_00, 377_00, 271_00, 373_00, 329_00, 434_00
WEEK = ("2026-12-13", "2026-12-19")  # six nights, five of them before a day of the session
MEALS = "breakfast lunch dinner"


def vienna(**facts: object) -> Trip:
    return trip("NBO", stay("VIE", *WEEK, **facts))  # type: ignore[arg-type]


ALLOWANCE = [
    # nights and the last day
    Case("six nights, then the last day at 40 %", BY_US, vienna(), A, 6 * VIE + VIE * 40 // 100),
    Case("six nights, nothing for the last day", BY_US, vienna(), B, 6 * VIE),
    Case("one night", BY_US, trip("NBO", stay("VIE", "2026-12-13", "2026-12-14")), A, VIE + VIE * 40 // 100),
    Case("one night by B", BY_US, trip("NBO", stay("VIE", "2026-12-13", "2026-12-14")), B, VIE),
    Case("Geneva for three nights", BY_US, trip("NBO", stay("GVA", "2026-05-04", "2026-05-07")), A, 3 * GVA + 259_20),
    # seasons, and the year from which they are
    Case(
        "New York over the end of February",
        MOCKUP,
        trip("NBO", stay("JFK", "2027-02-28", "2027-03-06")),
        A,
        JAN + 5 * MAR + 149_20,
    ),
    Case(
        "New York over the end of June",
        BY_US,
        trip("NBO", stay("JFK", "2026-06-29", "2026-07-02")),
        A,
        2 * MAR + JUL + 131_60,
    ),
    Case(
        "New York over the end of August",
        BY_US,
        trip("NBO", stay("JFK", "2026-08-30", "2026-09-02")),
        A,
        2 * JUL + SEP + 173_60,
    ),
    Case(
        "New York over New Year", BY_US, trip("NBO", stay("JFK", "2026-12-30", "2027-01-02")), A, 2 * SEP + JAN + 108_40
    ),
    Case(
        "from September into October nothing changes",
        BY_US,
        trip("NBO", stay("JFK", "2026-09-29", "2026-10-02")),
        A,
        3 * SEP + 173_60,
    ),
    Case(
        "three years on the season of 2026 still counts",
        BY_US,
        trip("NBO", stay("JFK", "2029-03-01", "2029-03-02")),
        A,
        MAR + 149_20,
    ),
    Case(
        "the last day is in the dearer season",
        BY_US,
        trip("NBO", stay("JFK", "2027-02-27", "2027-03-01")),
        A,
        2 * JAN + 149_20,
    ),
    Case(
        "a leap day belongs to the season that ends with February",
        BY_US,
        trip("NBO", stay("JFK", "2028-02-28", "2028-03-01")),
        A,
        2 * JAN + 149_20,
    ),
    Case(
        "a leap day in Vienna is a day",
        BY_US,
        trip("NBO", stay("VIE", "2028-02-28", "2028-03-01")),
        A,
        2 * VIE + 202_80,
    ),
    Case("no leap day in 2027", BY_US, trip("NBO", stay("VIE", "2027-02-28", "2027-03-01")), A, VIE + 202_80),
    # what is provided
    Case("breakfast every day", BY_US, vienna(provided="breakfast"), A, 6 * 481_65 + 177_45),
    Case("lunch every day", BY_US, vienna(provided="lunch"), A, 6 * 456_30 + 152_10),
    Case("dinner every day", BY_US, vienna(provided="dinner"), A, 6 * 430_95 + 126_75),
    Case("lodging for every night, none for the last day", BY_US, vienna(provided="lodging"), A, 6 * 253_50 + 202_80),
    Case("lodging and all meals", BY_US, vienna(provided=f"lodging {MEALS}"), A, 6 * 101_40 + 50_70),
    Case("all meals", BY_US, vienna(provided=MEALS), A, 6 * 354_90 + 50_70),
    Case("all meals by B", BY_US, vienna(provided=MEALS), B, 6 * 354_90),
    Case("breakfast by B", BY_US, vienna(provided="breakfast"), B, 6 * 476_58),
    Case("lodging by B", BY_US, vienna(provided="lodging"), B, 6 * 253_50),
    Case("lodging and all meals by B", BY_US, vienna(provided=f"lodging {MEALS}"), B, 6 * 101_40),
    Case("a dinner on one evening", BY_US, vienna(provided="dinner", only="2026-12-15"), A, 5 * VIE + 430_95 + 202_80),
    Case("a lunch on the last day only", BY_US, vienna(provided="lunch", only="2026-12-19"), A, 6 * VIE + 152_10),
    Case("meals on a last day that is worth nothing", BY_US, vienna(provided=MEALS, only="2026-12-19"), B, 6 * VIE),
    Case(
        "a reception in New York across two seasons",
        BY_US,
        trip("NBO", stay("JFK", "2027-02-28", "2027-03-02", provided="dinner")),
        A,
        230_35 + 317_05 + 93_25,
    ),
    # there and back on one day
    Case("there and back on one day", BY_US, trip("GVA", stay("VIE", "2026-12-14", "2026-12-14")), A, 202_80),
    Case("there and back on one day by B", BY_US, trip("GVA", stay("VIE", "2026-12-14", "2026-12-14")), B, 0),
    Case(
        "there and back with lunch",
        BY_US,
        trip("GVA", stay("VIE", "2026-12-14", "2026-12-14", provided="lunch")),
        A,
        152_10,
    ),
    Case(
        "there and back, lodging on offer takes nothing off",
        BY_US,
        trip("GVA", stay("VIE", "2026-12-14", "2026-12-14", provided="lodging")),
        A,
        202_80,
    ),
    Case(
        "there and back with lunch by B is not below nothing",
        BY_US,
        trip("GVA", stay("VIE", "2026-12-14", "2026-12-14", provided="lunch")),
        B,
        0,
    ),
    # nights on the way
    Case(
        "a night on the way there", BY_US, trip("NBO", stay("VIE", *WEEK), nights_out=1), A, 253_50 + 6 * VIE + 202_80
    ),
    Case(
        "a night on the way back takes the last day's place",
        BY_US,
        trip("NBO", stay("VIE", *WEEK), nights_back=1),
        A,
        6 * VIE + 253_50,
    ),
    Case(
        "a night on the way there and back by B",
        BY_US,
        trip("NBO", stay("VIE", *WEEK), nights_out=1, nights_back=1),
        B,
        253_50 + 6 * VIE + 253_50,
    ),
    Case(
        "a night on the way into the dearer season",
        BY_US,
        trip("NBO", stay("JFK", "2027-03-01", "2027-03-02"), nights_out=1),
        A,
        135_50 + MAR + 149_20,
    ),
    Case(
        "two nights on the way from far",
        BY_US,
        trip("APW", stay("VIE", *WEEK), nights_out=2),
        A,
        2 * 253_50 + 6 * VIE + 202_80,
    ),
    # two cities
    Case(
        "Geneva, then Vienna on the same day",
        BY_US,
        trip("NBO", stay("GVA", "2026-05-04", "2026-05-06"), stay("VIE", "2026-05-06", "2026-05-08")),
        A,
        2 * GVA + 2 * VIE + 202_80,
    ),
    Case(
        "Geneva, then Vienna by B",
        BY_US,
        trip("NBO", stay("GVA", "2026-05-04", "2026-05-06"), stay("VIE", "2026-05-06", "2026-05-08")),
        B,
        2 * GVA + 2 * VIE,
    ),
    Case(
        "a night between two cities is at the next place's rate",
        BY_US,
        trip("NBO", stay("GVA", "2026-05-04", "2026-05-06"), stay("BKK", "2026-05-07", "2026-05-09")),
        A,
        2 * GVA + 188_50 + 2 * BKK + 150_80,
    ),
    Case(
        "a stop of one day on the way",
        BY_US,
        trip("NBO", stay("GVA", "2026-05-06", "2026-05-06"), stay("VIE", "2026-05-06", "2026-05-08")),
        A,
        259_20 + 2 * VIE + 202_80,
    ),
    Case(
        "the same city twice is two stays",
        BY_US,
        trip(
            "NBO",
            stay("VIE", "2026-05-04", "2026-05-06"),
            stay("GVA", "2026-05-06", "2026-05-07"),
            stay("VIE", "2026-05-07", "2026-05-08"),
        ),
        A,
        2 * VIE + GVA + VIE + 202_80,
    ),
    # the date line
    Case(
        "east over the date line the same date comes twice",
        BY_US,
        trip("NAN", stay("BKK", "2026-05-04", "2026-05-06"), stay("JFK", "2026-05-05", "2026-05-07")),
        A,
        2 * BKK + 2 * MAR + 149_20,
    ),
    Case(
        "west over the date line a date is a night on the way",
        BY_US,
        trip("NAN", stay("JFK", "2026-05-04", "2026-05-06"), stay("BKK", "2026-05-08", "2026-05-09")),
        A,
        2 * MAR + 2 * 188_50 + BKK + 150_80,
    ),
    # long stays
    Case("sixty nights are full", BY_US, trip("NBO", stay("VIE", "2026-01-01", "2026-03-02")), B, 60 * VIE),
    Case(
        "the day after sixty nights counts as the 61st",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-03-02")),
        A,
        60 * VIE + 121_68,
    ),
    Case(
        "from the 61st day 60 %",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-03-12")),
        A,
        60 * VIE + 10 * 304_20 + 121_68,
    ),
    Case(
        "from the 61st day 75 % by B",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-03-12")),
        B,
        60 * VIE + 10 * 380_25,
    ),
    Case(
        "from the 121st day 60 % by B",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-05-11")),
        B,
        60 * VIE + 60 * 380_25 + 10 * 304_20,
    ),
    Case(
        "another city begins to count anew",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-03-02"), stay("GVA", "2026-03-02", "2026-03-04")),
        B,
        60 * VIE + 2 * GVA,
    ),
    Case(
        "lodging on a long stay takes half of the lower rate",
        BY_US,
        trip("NBO", stay("VIE", "2026-01-01", "2026-03-03", provided="lodging", only="2026-03-02")),
        A,
        60 * VIE + 152_10 + 121_68,
    ),
]
