"""What the office decides about a session's support, without a database: lines, classes, steps, rules, passports."""

import enum
from dataclasses import dataclass

from tracker.languages.marking import N_

PAID_LINES = {
    "fare": N_("Return ticket"),
    "allowance": N_("Daily subsistence allowance (accommodation and meals)"),
    "terminals": N_("Terminal expenses (transfers to and from airports)"),
    "visa": N_("Visa, and the journey to the consulate"),
    "insurance": N_("Insurance"),
    "contingency": N_("Contingency (for fares that rise until the ticket is bought)"),
}
"""The lines of a seat, each paid by the session's support or not, in the order in which they are shown."""


class Cabin(enum.StrEnum):
    """In which class delegates travel."""

    ECONOMY = "economy"
    BUSINESS = "business"


CABIN_LABELS = {Cabin.ECONOMY: N_("Economy class"), Cabin.BUSINESS: N_("Business class")}


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is counted back from the session's first day: what it is called, how many days before."""

    label: str
    days: int


STEPS = {
    "announce": Step(N_("Announced"), 120),
    "nominations": Step(N_("Nominations close"), 84),
    "round": Step(N_("Seats are given"), 70),
    "answer": Step(N_("States have answered"), 56),
    "papers": Step(N_("Papers are complete"), 49),
    "ticket": Step(N_("Tickets are bought"), 21),
}
"""In the order of time. The day on which nominations close is kept with the session (`closing_on`)."""
MOST_DAYS = 400
PASSPORT_MONTHS, MOST_PASSPORT_MONTHS = 3, 24
"""How many months after the journey a passport must be valid where the session says nothing else (Regulation (EU)
2016/399, article 6 (1) (a)), and at most."""

RULE_KINDS = {
    "in_time": N_("Nominations that came in time"),
    "ldc": N_("Least developed countries"),
    "lldc": N_("Landlocked developing countries"),
    "sids": N_("Small island developing States"),
    "never_funded": N_("States that had no seat at an earlier session"),
    "fewest_seats": N_("States that had fewer seats at earlier sessions"),
    "accounts_settled": N_("States whose accounts of earlier sessions are settled"),
}
"""What a rule that orders States can prefer; a session chooses some of them, in an order of its own."""


class Passport(enum.StrEnum):
    """The kinds of passport by which the days that a visa takes differ."""

    ANY = "any"
    ORDINARY = "ordinary"
    SERVICE = "service"
    DIPLOMATIC = "diplomatic"


PASSPORT_LABELS = {
    Passport.ANY: N_("any passport"),
    Passport.ORDINARY: N_("ordinary passport"),
    Passport.SERVICE: N_("service passport"),
    Passport.DIPLOMATIC: N_("diplomatic passport"),
}
