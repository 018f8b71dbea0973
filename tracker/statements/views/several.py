"""Statements of a donor, of the whole fund, of a request and of a session, as pages and as files."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker.accounts.presenting import organisation_name
from tracker.accounts.queries import get_organisation
from tracker.calendar.now import today
from tracker.events import on_record
from tracker.languages.choosing import current_language
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.pledges.queries import Use
from tracker.reference import queries as reference
from tracker.reporting.files import notice, sent, wanted
from tracker.rights.actor import REQUEST_READERS
from tracker.statements import queries
from tracker.statements.blueprint import bp
from tracker.statements.periods import Period
from tracker.statements.queries import Begun
from tracker.statements.telling import told_of_pledges, told_of_uses
from tracker.statements.views.asking import asked
from tracker.statements.whole_tables import Titled, document
from tracker.statements.wholes import Whole
from tracker.web.access import access, current_actor


@bp.get("/statements/fund")
@access(*REQUEST_READERS)
def of_fund() -> Any:
    """The whole fund between two days: every pledge that was ever accepted."""
    begun = queries.begun_pledges(current_actor())
    titled = Titled(_("The whole fund"), _("Fund"), "fund", donors=True)
    usual = date(today().year, 1, 1)
    return _shown(begun, lambda period: told_of_pledges(begun, period), titled, usual)


@bp.get("/statements/donors/<uuid:public_id>")
@access(*SEES_PLEDGES)
def of_donor(public_id: uuid.UUID) -> Any:
    """A donor's pledges between two days."""
    donor = get_organisation(public_id, current_actor()).home
    begun = queries.begun_pledges(current_actor(), donor.id)
    titled = Titled(organisation_name(donor), donor.code, donor.code)
    return _shown(begun, lambda period: told_of_pledges(begun, period), titled)


@bp.get("/statements/requests/<uuid:public_id>")
@access(*REQUEST_READERS)
def of_request(public_id: uuid.UUID) -> Any:
    """The money of a request between two days, whoever gave it."""
    actor = current_actor()
    found = on_record(lambda: queries.get_request(public_id, actor), actor=actor)
    name = found.reference or ""
    return _of_uses(queries.uses_for(found.id, actor), Titled(_("Money of a request"), name, name))


@bp.get("/statements/sessions/<code>")
@access(*SEES_PLEDGES)
def of_session(code: str) -> Any:
    """The money of a session between two days; a donor reads what its own money does."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    titled = Titled(session.title(current_language()), session.code, session.code, of_requests=True)
    return _of_uses(queries.uses_of_session(session.id, actor), titled)


def _of_uses(uses: Sequence[Use], titled: Titled) -> Any:
    actor, as_file = current_actor(), bool(wanted())
    begun = queries.pledges_behind(uses, actor)
    return _shown(begun, lambda period: told_of_uses(actor, uses, period, as_file=as_file), titled)


def _shown(
    begun: Sequence[Begun], told: Callable[[Period], Whole], titled: Titled, usual_first: date | None = None
) -> Any:
    form, staff = wanted(), current_actor().is_staff
    earliest = min((day for _pledge, day in begun), default=today())
    days = asked(earliest, max(usual_first, earliest) if usual_first else None)
    whole = told(days.period) if days.period else None
    if form and whole is not None and not days.problem:
        described = document(whole, titled, staff=staff, notice=notice(), with_steps=form != "pdf")
        return sent(form, described, f"statement-{titled.file}-{days.first}-{days.last}")
    page = render_template("statements/several.html", whole=whole, titled=titled, days=days, staff=staff)
    return page, 422 if days.problem else 200
