"""The public's pages: what has been asked and given, and what in the resolution each part answers."""

from typing import Any

from flask import redirect, render_template, url_for

from tracker.desks import resolution
from tracker.desks.blueprint import bp
from tracker.desks.queries import totals as queries
from tracker.languages.choosing import current_language
from tracker.reference.lifecycle import RESOLUTION_ADOPTED
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.web.access import access, current_actor


@bp.get("/")
@access("public")
def home() -> Any:
    """Live totals and the next session; a signed-in person comes here by choice (the mark in the header)."""
    totals, meeting = queries.home()
    return render_template(
        "desks/home.html",
        totals=totals,
        meeting=meeting,
        title=resolution.titles().get(current_language(), resolution.titles()["en"]),
        adopted=RESOLUTION_ADOPTED,
    )


@bp.get("/how-it-works")
@access("public")
def how_it_works() -> Any:
    """Each paragraph of the resolution, in French as adopted or in the reader's language, with what answers it."""
    return render_template(
        "desks/how_it_works.html",
        paragraphs=resolution.paragraphs(),
        footnotes=resolution.footnotes(),
        title=resolution.titles(),
    )


@bp.get("/start")
@access("signed_in")
def start() -> Any:
    """The page on which this person's work begins."""
    actor = current_actor()
    if actor.has(*REQUEST_OFFICERS, "auditor"):
        return redirect(url_for("triage.queue"))
    if actor.has("finance_officer"):
        return redirect(url_for("finance.desk"))
    if actor.has("travel_officer"):
        return redirect(url_for("participation.travel"))
    if actor.has("administrator"):
        return redirect(url_for("accounts.organisations"))
    if actor.is_state:
        return redirect(url_for("desks.state"))
    if actor.is_donor:
        return redirect(url_for("desks.donor"))
    return redirect(url_for("accounts.profile"))  # every role of theirs waits for a second person still
