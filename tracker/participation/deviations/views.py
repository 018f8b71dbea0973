"""The pages on which a journey is recorded that differs for private reasons."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.costs.lines import LineKind
from tracker.errors import Conflict, Invalid
from tracker.languages.formatting import format_amount
from tracker.money import FUND_CURRENCY
from tracker.participation.blueprint import bp
from tracker.participation.deviations import services
from tracker.participation.deviations.forms import AsPlannedForm, DeviationForm
from tracker.participation.deviations.lifecycle import MOST_DAYS, days_between
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.deviations.presenting import deviation_in_words
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.travel import queries
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)


@bp.route("/seats/<uuid:public_id>/travel/deviation", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_deviation(public_id: uuid.UUID) -> Any:
    """How this person travels otherwise, compared with the official journey."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, TravelAction.DEVIATE, queries.facts_of(found))
    row = deviations_of([found.seat.id]).get(found.seat.id)
    form = DeviationForm(version=str(row.version if row else 0), **_kept(found, row)).offer(_official(found))
    return confirmed(
        form,
        lambda **by: services.record_deviation(public_id, version=form.version_number, wish=form.wish(), **by),
        page=lambda: render_template(
            "participation/deviations/record.html",
            one=found,
            session=session,
            form=form,
            asks_fare=LineKind.FARE in found.money.pays(),
            told=audience_in_words("participation.deviation_recorded", found.request, current_actor()),
        ),
        done=_("Recorded."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
        at_form=AT_FORM,
    )


def _official(found: Travelling) -> list[Any]:
    first, last = found.person.arrives_on, found.person.leaves_on
    return list(days_between(first, last)[:MOST_DAYS]) if first and last else []


def _kept(found: Travelling, row: SeatDeviation | None) -> dict[str, Any]:
    """What stands in the form at first: what is recorded, else the official days."""
    if row is None:
        return {"arrives_on": found.person.arrives_on, "leaves_on": found.person.leaves_on}
    kept = {name: getattr(row, name) for name in ("arrives_on", "leaves_on", "route", "borne_by", "reason")}
    fare = format_amount(row.fare_minor, FUND_CURRENCY) if row.fare_minor else ""
    return {**kept, "private": list(row.private_days), "fare": fare}


@bp.route("/seats/<uuid:public_id>/travel/deviation/drop", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def drop_deviation(public_id: uuid.UUID) -> Any:
    """This person travels as planned after all."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, TravelAction.DEVIATE, queries.facts_of(found))
    row = deviations_of([found.seat.id]).get(found.seat.id)
    form = AsPlannedForm(version=str(row.version if row else 0))
    return confirmed(
        form,
        lambda **by: services.drop_deviation(public_id, version=form.version_number, **by),
        page=lambda: render_template(
            "participation/deviations/drop.html",
            one=found,
            session=session,
            form=form,
            words=deviation_in_words(row) if row else [],
            told=audience_in_words("participation.deviation_dropped", found.request, current_actor()),
        ),
        done=_("Recorded: the journey is as planned."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
        at_form=AT_FORM,
    )
