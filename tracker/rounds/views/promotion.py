"""Seats that are free and who waits for them; one of them proposed to a second person."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.events import on_record
from tracker.extensions import db
from tracker.notifications.queries import audience_in_words
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.seats.shares import below
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.proposed_acts.policies import RULES, facts_of_kind
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.rounds import queries
from tracker.rounds.blueprint import bp
from tracker.rounds.forms import PromoteForm
from tracker.rounds.means import needs_two
from tracker.rounds.policies import PROMOTION_READERS
from tracker.rounds.promotion import places
from tracker.rounds.promotion import queries as promotions
from tracker.rounds.promotion.proposing import propose_promotion
from tracker.rounds.views.giving import purse_label
from tracker.rounds.views.refusals import AT_FORM
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/sessions/<code>/reserve")
@access(*PROMOTION_READERS)
def reserve(code: str) -> Any:
    """What is free of a session, which seats came free, and the reserve list in its order."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    queries.refuse_recused(session.id, actor)
    found = places.waiting(session.id)
    rows = places.places(found) if found else []
    shown = promotions.shown_among([row.person.request_id for row in rows], actor)
    return render_template(
        "rounds/reserve.html",
        session=session,
        found=found,
        seats_left=places.seats_left(found) if found else 0,
        rows=[row for row in rows if row.person.request_id in shown],
        proposed=sum(row.act is not None for row in rows),
        hidden=sum(row.person.request_id not in shown for row in rows),
        freed=promotions.came_free(session.id, actor),
        labels=SEAT_LABELS,
        openable=queries.openable(shown, actor),
        no_round=places.NO_ROUND,
        below=below(),
        may_propose=can(RULES, Step.PROPOSE, actor, facts_of_kind(ActName.PROMOTION)) is None,
    )


@bp.route("/promote/<uuid:public_id>", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def promote(public_id: uuid.UUID) -> Any:
    """Propose a seat that is free for somebody who waits."""
    actor = current_actor()
    person, session = promotions.nominated(public_id, actor)
    queries.refuse_recused(session.id, actor)
    found = places.waiting(session.id)
    form = PromoteForm.offering(_pledges(found, person) if found else [])
    return confirmed(
        form,
        lambda **by: propose_promotion(public_id, pledges=form.pledges(), reason=form.reason.data or "", **by),
        allow=lambda: allow(RULES, Step.PROPOSE, facts_of_kind(ActName.PROMOTION)),
        page=lambda: _page(form, person, session, found),
        done=_("Proposed. A finance officer confirms or refuses it."),
        lead=lambda act_id: url_for("acts.show", public_id=act_id),
        at_form=AT_FORM,
    )


def _pledges(found: places.Waiting, person: Any) -> list[tuple[int, str]]:
    """The pledges that suit and have money, each with what it can still give; none that its share of women forbids."""
    if person.id not in found.table.people or person.request_id not in found.table.asking:
        return []
    means, sitting = found.table.means, found.sitting(person.request_id)
    allowed = [one for one in means.purses if means.against_share(sitting, one, person.request_id) is None]
    most = {one: means.most(sitting, one, person.request_id) for one in allowed}
    return [(row, purse_label(found.table.purses[row], cents)) for row, cents in most.items() if cents]


def _page(form: PromoteForm, person: Any, session: Any, found: places.Waiting | None) -> str:
    against = found.against(person.id) if found else [places.NO_ROUND]
    request = db.session.get_one(queries.R, person.request_id)
    return render_template(
        "rounds/promote.html",
        form=form,
        person=person,
        session=session,
        request=request,
        against=against,
        estimate=found.table.estimates.get(person.id) if found else None,
        until=found.until.get(person.id) if found else None,
        needs_two=found is not None and not against and needs_two(found.ways(person.request_id)),
        told=audience_in_words("pledges.act_proposed", request, current_actor(), request_id=request.id),
    )
