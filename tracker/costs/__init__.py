"""What a seat is expected to cost, line by line with the reason of each: pure, from dated rules and rates as data.

The form of the State, the round, the offer, the payment and the settlement ask the same function, `estimate`.
"""

from typing import TYPE_CHECKING

from tracker.costs.book import Book
from tracker.costs.estimating import estimate
from tracker.costs.lines import Estimate, Line, LineKind, Missing, Part, Payer
from tracker.costs.rates import DailyRate, FareBand, FlatAmount, Rates
from tracker.costs.rule_sets import RuleSet, rule_set_on, shipped
from tracker.costs.trips import Airport, Quotation, Stay, Trip, Visa

if TYPE_CHECKING:
    from flask import Flask

__all__ = [
    "Airport",
    "Book",
    "DailyRate",
    "Estimate",
    "FareBand",
    "FlatAmount",
    "Line",
    "LineKind",
    "Missing",
    "Part",
    "Payer",
    "Quotation",
    "Rates",
    "RuleSet",
    "Stay",
    "Trip",
    "Visa",
    "estimate",
    "init_app",
    "rule_set_on",
    "shipped",
]


def init_app(app: "Flask") -> None:
    """Register the pages, the tables, what the office imports, and what the tracker is delivered with."""
    from tracker.costs import blueprint, loading, models  # noqa: F401 - the tables must be known
    from tracker.costs.import_kind import RATES, RULES
    from tracker.imports import kinds
    from tracker.reference import loader
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    kinds.register(RATES)
    kinds.register(RULES)
    loader.also("cost_rates", loading.load_rates)
    loader.also("cost_rules", loading.load_rules)
