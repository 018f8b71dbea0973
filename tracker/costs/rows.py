"""What a dated row of the office's book of costs can be, without a database: its kinds and their words."""

import enum

from tracker.languages.marking import N_


class What(enum.StrEnum):
    """What a rate is for."""

    DAILY = "daily"
    FARE = "fare"
    TERMINAL = "terminal"
    INSURANCE = "insurance"
    INSURANCE_DAY = "insurance_day"
    VISA = "visa"
    CONSULATE = "consulate"


WHAT_LABELS = {
    What.DAILY: N_("Daily subsistence allowance"),
    What.FARE: N_("Return fare by distance"),
    What.TERMINAL: N_("Terminal expenses, for each end of a leg"),
    What.INSURANCE: N_("Insurance for a journey"),
    What.INSURANCE_DAY: N_("Insurance for a day"),
    What.VISA: N_("Fee of a visa"),
    What.CONSULATE: N_("Journey to a consulate, for a visa"),
}
OWN, PROXY = "own", "proxy"
ORIGINS = (OWN, PROXY)
ORIGIN_LABELS = {OWN: N_("imported by the office"), PROXY: N_("stand-in, to be verified")}
CABINS = ("economy", "business")
CABIN_LABELS = {"economy": N_("Economy class"), "business": N_("Business class")}
FURTHEST = 20_100
"""Kilometres: further than that no two places lie."""
