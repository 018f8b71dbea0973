"""What seats of a session cost a donor, and how many an amount covers."""

from typing import Any

from flask import render_template, request

from tracker.calendar.now import today
from tracker.pledges.queries import currencies_on
from tracker.rights.actor import PLEDGE_WRITERS
from tracker.rounds.blueprint import bp
from tracker.rounds.sponsoring import presenting, queries
from tracker.rounds.sponsoring.forms import SponsorForm
from tracker.web.access import access, current_actor


@bp.get("/sessions/<code>/sponsor")
@access(*PLEDGE_WRITERS)
def sponsor(code: str) -> Any:
    """Prices of seats, what an amount covers, and the way to a pledge that is filled in."""
    session = queries.session_to_sponsor(code)
    asked = queries.asked_by(session)
    form = SponsorForm(request.args, currency=queries.usual_currency(current_actor()))
    minor, share = form.minor(), form.share()
    known = form.currency.data if not form.currency.errors else currencies_on(today())[0]
    found = presenting.counted(asked, minor, known)
    page = render_template(
        "rounds/sponsor.html",
        session=session,
        asked=asked,
        form=form,
        found=found,
        share=share,
        due_on=presenting.due_on(asked, today()),
        until=presenting.until(session),
        round_on=asked.support.day_of("round"),
        today=today(),
        presenting=presenting,
    )
    return page, 422 if form.errors else 200
