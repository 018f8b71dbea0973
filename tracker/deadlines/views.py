"""One's deadlines as a page, their private calendar address, and the calendar of sessions for everybody."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.accounts import links
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.deadlines import queries, services
from tracker.deadlines.blueprint import bp
from tracker.deadlines.feed import calendar, days_of, entry_of
from tracker.deadlines.models import CalendarAddress
from tracker.deadlines.sources import Window, deadlines_of
from tracker.languages.choosing import current_language, in_language
from tracker.languages.marking import lazy
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.web.access import access, current_actor
from tracker.web.application import settings
from tracker.web.forms import KeyedForm

PASSED, AHEAD, MOST = timedelta(days=365), timedelta(days=400), 300


def _passed() -> Window:
    return Window(today() - PASSED, today() - timedelta(days=1), MOST + 1)


def _ahead() -> Window:
    return Window(today(), today() + AHEAD, MOST + 1)


@bp.get("/deadlines")
@access("signed_in")
def index() -> Any:
    """What has to be done until when: first what has passed, then what is ahead."""
    actor = current_actor()
    passed, ahead = deadlines_of(actor, _passed()), deadlines_of(actor, _ahead())
    address = queries.address_of(actor)
    holidays = reference.holiday_dates()
    return render_template(
        "deadlines/index.html",
        passed=[(one, 0) for one in passed[:MOST]],
        ahead=[(one, working_days.between(today(), one.day, holidays)) for one in ahead[:MOST]],
        has_more=max(len(passed), len(ahead)) > MOST,
        most=MOST,
        has_address=address is not None,
        address=_url_of(address) if address is not None else None,
        form=KeyedForm(formdata=None),
    )


def _url_of(address: CalendarAddress) -> str | None:
    """The private address; None once the key that it was made with is gone, and it is found no more."""
    try:
        return f"{settings().base_url}{url_for('.feed', token=links.token(address))}"
    except KeyError:
        return None


@bp.post("/deadlines/address")
@access("signed_in")
def make_address() -> Any:
    """Make a private address, in place of the one that there was."""
    services.make_address(key=KeyedForm().key.data, actor=current_actor())
    flash(lazy("Your calendar can read your deadlines at the address below. An earlier address has ended."), "ok")
    return redirect(url_for(".index"))


@bp.post("/deadlines/address/revoke")
@access("signed_in")
def revoke_address() -> Any:
    """End the private address."""
    services.revoke_address(key=KeyedForm().key.data, actor=current_actor())
    flash(lazy("The address has ended: calendars read nothing from it any more."), "ok")
    return redirect(url_for(".index"))


@bp.get("/deadlines/<token>.ics")
@access("public")
def feed(token: str) -> Any:
    """The deadlines of whoever made this address, for their calendar; it is read without signing in."""
    actor = queries.reader_of(token)
    with in_language(actor.language):
        entries = [entry_of(one) for one in (*deadlines_of(actor, _passed()), *deadlines_of(actor, _ahead()))]
        return calendar(entries, name=_("Deadlines"), language=actor.language)


@bp.get("/sessions.ics")
@access("public")
def sessions() -> Any:
    """The sessions and the dates that lead up to them, for everybody's calendar, in the language of `?lang=`."""
    entries = [days_of(one) for one in reference.sessions() if one.starts_on is not None and one.status != "cancelled"]
    entries += [entry_of(one) for one in deadlines_of(Actor.anonymous, _ahead())]
    return calendar(entries, name=_("Sessions"), language=current_language())
