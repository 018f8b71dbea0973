"""The statement of a pledge between two days, as a page and as files."""

import uuid
from datetime import date
from typing import Any

from flask import render_template, url_for

from tracker.events import on_record
from tracker.pledges import queries as pledges
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.pledges.models import Pledge
from tracker.reporting.files import notice, sent, wanted
from tracker.statements import queries
from tracker.statements.blueprint import bp
from tracker.statements.describing import document
from tracker.statements.queries import Steps
from tracker.statements.telling import told_to
from tracker.statements.views.asking import Asked, asked
from tracker.web.access import access, current_actor


@bp.get("/pledges/<uuid:public_id>/statement")
@access(*SEES_PLEDGES)
def of_pledge(public_id: uuid.UUID) -> Any:
    """A pledge's account between two days: opening, what moved, closing, with every step."""
    actor, form = current_actor(), wanted()
    pledge = on_record(lambda: pledges.get_visible(public_id, actor), actor=actor)
    earliest = queries.first_day_of(pledge)
    days = asked(earliest)
    told = told_to(actor, pledge, Steps(days.period, days.period.first == earliest)) if days.period else None
    if form and told is not None and not days.problem:
        described = document(told, notice=notice(), whole=form != "pdf")
        return sent(form, described, f"{pledge.reference}-{days.first}-{days.last}")
    page = render_template(
        "statements/pledge.html",
        pledge=pledge,
        told=told,
        days=days,
        before=_address_before(pledge, days, earliest),
    )
    return page, 422 if days.problem else 200


def _address_before(pledge: Pledge, days: Asked, earliest: date) -> str:
    """Where the steps behind the opening stand; nowhere for a statement that begins with the pledge."""
    if days.period is None or days.period.first == earliest:
        return ""
    return url_for("statements.of_pledge", public_id=pledge.public_id, first=earliest, last=days.period.before)
