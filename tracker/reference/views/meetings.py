"""Sessions for everybody, sessions for the office, and the areas of assistance."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.calendar.working_days import between, end_of
from tracker.reference import country_lists, lifecycle, nominations, queries, services, session_cards
from tracker.reference.blueprint import public, settings
from tracker.reference.forms import AreaForm, NewSessionForm, SessionForm
from tracker.reference.views.saving import may_change, saved
from tracker.web.access import access, current_actor


@public.get("/")
@access("public")
def index() -> Any:
    """Show the sessions that are ahead, then those that are over."""
    ahead, past = queries.upcoming_and_past()
    return render_template("reference/sessions.html", ahead=ahead, past=past, today=today(), names=lifecycle)


@public.get("/<code>")
@access("public")
def show(code: str) -> Any:
    """Show one session: when and where, until when a State can nominate, and who can ask."""
    session = queries.get_session(code)
    closing = session.closing_on
    below, beside = session_cards.rendered(session, current_actor())
    return render_template(
        "reference/session.html",
        session=session,
        names=lifecycle,
        closes_at=end_of(closing) if closing else None,
        is_open=bool(closing and closing >= today() and session.status == "planned"),
        takes_late=session.status == "planned" and nominations.takes_late(session, today()),
        days_left=between(today(), closing, queries.holiday_dates()) if closing else None,
        eligible=country_lists.number_on(["oda_eligible"], today()),
        cards_below=below,
        cards_beside=beside,
    )


@settings.get("/sessions")
@access("staff")
def sessions() -> Any:
    """Show every session with what the office decides about it."""
    ahead, past = queries.upcoming_and_past()
    return render_template("reference/settings_sessions.html", groups=(ahead, past), names=lifecycle, may=may_change())


@settings.route("/sessions/new", methods=["GET", "POST"])
@access("administrator")
def new_session() -> Any:
    """Add a session that is not in the list."""
    form = NewSessionForm()
    if form.validate_on_submit() and saved(form, services.add_session, **form.values()):
        flash(_("The session was added."))
        return redirect(url_for(".sessions"))
    return render_template("reference/session_form.html", form=form, session=None), 422 if form.errors else 200


@settings.route("/sessions/<code>/edit", methods=["GET", "POST"])
@access("administrator")
def edit_session(code: str) -> Any:
    """Change a session's dates, seats and closing date."""
    session = queries.get_session(code)
    form = SessionForm(obj=session)
    if form.validate_on_submit() and saved(
        form, services.edit_session, code, version=form.version_number, **form.values()
    ):
        flash(_("The session was changed. Clocks and pages follow the new dates."))
        return redirect(url_for(".sessions"))
    return render_template("reference/session_form.html", form=form, session=session), 422 if form.errors else 200


@settings.get("/areas")
@access("staff")
def areas() -> Any:
    """Show the areas of assistance, ended ones too."""
    return _areas(AreaForm(formdata=None) if may_change() else None)


def _areas(form: AreaForm | None) -> Any:
    return render_template(
        "reference/areas.html",
        areas=queries.areas(ended=True),
        names=lifecycle,
        form=form,
    )


@settings.post("/areas")
@access("administrator")
def add_area() -> Any:
    """Add an area."""
    form = AreaForm()
    values = {name: form.data[name] for name in ("code", "kind", "name_en", "name_fr")}
    if form.validate_on_submit() and saved(form, services.add_area, parent=form.parent.data or None, **values):
        flash(_("The area was added."))
        return redirect(url_for(".areas"))
    return _areas(form), 422
