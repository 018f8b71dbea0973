"""The delegation of a request: one form with a row for each person, and what their seats would cost beside it."""

import uuid
from typing import Any

from flask import flash, redirect, request, url_for

from tracker.assistance.history import Line
from tracker.assistance.lifecycle import Status
from tracker.assistance.page.changes_since import of_the_page
from tracker.assistance.page.form_frame import draft_page, next_address
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation import completeness, costing, queries, services
from tracker.participation.blueprint import bp
from tracker.participation.forms import DelegationForm
from tracker.participation.policies import RULES
from tracker.participation.rule_facts import delegation_facts_of
from tracker.participation.support.queries import support_of
from tracker.reference import queries as reference
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_WRITERS
from tracker.rights.rules import authorize, can
from tracker.web import rows
from tracker.web.access import access, current_actor
from tracker.web.confirmation import carried_out
from tracker.web.forms import KeyedForm


@bp.route("/requests/<uuid:public_id>/delegates", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def delegates(public_id: uuid.UUID) -> Any:
    """Everybody who is nominated, in one form while it is open; a step of the request's form in a draft."""
    actor = current_actor()
    found = queries.get_delegation(public_id, actor)
    refusal = can(RULES, "nominate", actor, delegation_facts_of(found))
    if request.method == "GET":
        return _page(found, refusal, _form(found, None))
    if not rows.changes_rows(request.form):
        return _saved(found, refusal)
    authorize(RULES, "nominate", actor, delegation_facts_of(found))
    form = _form(found, rows.moved_up(rows.without_removed(request.form)))
    if request.form["rows"].startswith("add:"):
        form.add(_usual(found))
    form.key.data = str(uuid.uuid4())
    flash(lazy("Not saved yet: save the delegation when it is as it should be."), "warning")
    return _page(found, refusal, form)


def _saved(found: Any, refusal: Any) -> Any:
    """Save the rows and go on; the page once more with what is wrong, where something is."""
    form = _form(found, request.form)
    people = [row.form for row in form.rows]

    def act(**by: Any) -> str:
        listed = [one.listed() for one in people]
        return services.save_delegation(found.public_id, version=form.version_number, people=listed, **by)

    if not form.validate() or not carried_out(form, act):
        return _page(found, refusal, form), 422
    flash(lazy("The delegation is saved."), "ok")
    if request.form.get("then") == "continue" and found.status == Status.DRAFT:
        return redirect(next_address(found, "delegates"))
    return redirect(url_for(".delegates", public_id=found.public_id))


def _form(found: Any, formdata: Any) -> DelegationForm:
    return DelegationForm.showing(queries.delegates_of(found.id), _usual(found), formdata)


def _usual(found: Any) -> dict[str, Any]:
    """What is true of most people of the State: its language, itself, the airport through which one reaches it."""
    state, airport = queries.home_of(found.organisation_id)
    return {"language": found.language, "nationality": state, "departure_airport": airport}


def _page(found: Any, refusal: Any, form: DelegationForm) -> str:
    session = db.session.get(Session, found.session_id) if found.session_id else None
    support = support_of(session.id) if session else None
    people = queries.delegates_of(found.id)
    drafting = found.status == Status.DRAFT
    form.put_back()
    return draft_page(
        "participation/delegates.html" if drafting else "participation/delegation.html",
        found,
        "delegates",
        session=session,
        eligibility=queries.eligibility_of(found.organisation_id, session) if session else None,
        delegates=people,
        lines=completeness.asked_lines(support),
        costing=costing.costing(people, support),
        names={str(one.public_id): one.name for one in people},
        too_many=completeness.too_many(people, session),
        can_copy=bool(queries.last_delegation(found)),
        refusal=refusal,
        form=form,
        lists={code: known.one for code, known in COUNTRY_LISTS.items()},
        airports=[] if refusal else reference.airport_choices(),
        states=[] if refusal else reference.state_choices(current_language()),
    )


@bp.post("/requests/<uuid:public_id>/delegates/copy")
@access(*REQUEST_WRITERS)
def copy(public_id: uuid.UUID) -> Any:
    """Nominate the people of the last delegation again."""
    form = KeyedForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    queries.get_delegation(public_id, current_actor())
    added = services.copy_last_delegation(public_id, key=form.key.data, actor=current_actor())
    flash(lazy("%(number)d people of the last delegation are nominated. Check what has changed.", number=added), "ok")
    return redirect(url_for(".delegates", public_id=public_id))


def changes_since() -> list[Line]:
    """The last that happened to the request whose delegation a refused form was about."""
    return of_the_page()
