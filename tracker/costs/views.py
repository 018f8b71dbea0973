"""What a journey costs by the office's book: rules and rates in force, and the rows of one place."""

from typing import Any

from flask import render_template

from tracker.calendar.now import today
from tracker.costs import presenting, queries
from tracker.costs.blueprint import bp
from tracker.costs.rows import CABIN_LABELS, ORIGIN_LABELS, WHAT_LABELS
from tracker.web.access import access, current_actor


@bp.get("/")
@access("staff")
def index() -> Any:
    """Show the rules and rates that are in force today."""
    day = today()
    book = queries.open_book(None, on=day)
    return render_template(
        "costs/index.html",
        rules=presenting.rules_in_force(book.rule_sets, day),
        fares=presenting.fares_in_force(book.rates, day),
        flat=presenting.flat_in_force(book.rates, day),
        daily=presenting.daily_in_force(book.rates, day),
        cabins=CABIN_LABELS,
        whats=WHAT_LABELS,
        origins=ORIGIN_LABELS,
        may_import=current_actor().has("administrator"),
    )


@bp.get("/<iata>")
@access("staff")
def place(iata: str) -> Any:
    """Show every rate that a place has had."""
    return render_template(
        "costs/place.html",
        airport=queries.place(iata),
        rows=queries.rows_of(iata),
        whats=WHAT_LABELS,
        origins=ORIGIN_LABELS,
    )
