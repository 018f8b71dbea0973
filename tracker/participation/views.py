"""The delegation of a request: a list in the State's order of priority, and one page for each person."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from tracker.assistance.history import Line
from tracker.assistance.lifecycle import Status
from tracker.assistance.page.changes_since import newest, of_the_page
from tracker.assistance.page.form_frame import draft_page, next_address
from tracker.assistance.page.loading import title_of
from tracker.assistance.queries import get_visible
from tracker.assistance.waiting import submitted_on
from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation import completeness, queries, services
from tracker.participation.blueprint import bp
from tracker.participation.forms import DelegateForm
from tracker.participation.lifecycle import GENDER_LABELS, NEED_LABELS
from tracker.participation.policies import RULES
from tracker.participation.rule_facts import delegation_facts_of
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_WRITERS
from tracker.rights.rules import can
from tracker.web.access import access, current_actor, unless_sent
from tracker.web.confirmation import carried_out
from tracker.web.forms import KeyedForm


@bp.get("/requests/<uuid:public_id>/delegates")
@access(*REQUEST_WRITERS)
def delegates(public_id: uuid.UUID) -> Any:
    """The delegation: who is nominated, what is missing, how many seats there are; a step of the form in a draft."""
    actor = current_actor()
    found = get_visible(public_id, actor)
    session = db.session.get(Session, found.session_id) if found.session_id else None
    people = queries.delegates_of(found.id)
    day = submitted_on(found) or today()
    drafting = found.status == Status.DRAFT
    return draft_page(
        "participation/delegates.html" if drafting else "participation/delegation.html",
        found,
        "delegates",
        session=session,
        eligibility=queries.eligibility_of(found.organisation_id, session, day) if session else None,
        lists_on=day,
        delegates=people,
        too_many=completeness.too_many(people, session),
        can_copy=bool(queries.last_delegation(found)),
        refusal=can(RULES, "nominate", actor, delegation_facts_of(found)),
        form=KeyedForm(),
        labels={
            "list": {code: known.one for code, known in COUNTRY_LISTS.items()},
            "need": NEED_LABELS,
            "gender": GENDER_LABELS,
        },
        onward=next_address(found, "delegates") if drafting else None,
    )


@bp.route("/requests/<uuid:public_id>/delegates/new", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def nominate(public_id: uuid.UUID) -> Any:
    """Add a delegate or an alternate."""
    assistance_request = get_visible(public_id, current_actor())
    form = DelegateForm.fresh(assistance_request.language, queries.state_of(assistance_request.organisation_id))
    if form.validate_on_submit() and carried_out(
        form, lambda **by: services.nominate(public_id, nomination=form.nomination(), **by)
    ):
        flash(lazy("%(name)s is nominated.", name=form.name.data), "ok")
        return redirect(url_for(".delegates", public_id=public_id))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "participation/delegate.html",
        found=assistance_request,
        title=title_of(assistance_request),
        form=form,
        delegate=None,
    ), status


@bp.route("/delegates/<uuid:delegate_id>", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def change(delegate_id: uuid.UUID) -> Any:
    """Change what the State says of a delegate."""
    delegate, assistance_request = queries.get_delegate(delegate_id, current_actor())
    form = DelegateForm.of(delegate)
    if form.validate_on_submit() and carried_out(
        form,
        lambda **by: services.change(delegate_id, version=form.version_number, nomination=form.nomination(), **by),
    ):
        flash(lazy("Saved."), "ok")
        return redirect(url_for(".delegates", public_id=assistance_request.public_id))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "participation/delegate.html",
        found=assistance_request,
        title=title_of(assistance_request),
        form=form,
        delegate=delegate,
    ), status


@bp.post("/delegates/<uuid:delegate_id>/remove")
@access(*REQUEST_WRITERS)
def remove(delegate_id: uuid.UUID) -> Any:
    """Take a person off the delegation."""
    form = _pressed()
    found = unless_sent(lambda: queries.get_delegate(delegate_id, current_actor())[0].name)
    request_id = services.remove(delegate_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    if found is not None:
        flash(lazy("%(name)s is no longer nominated.", name=found), "ok")
    return redirect(url_for(".delegates", public_id=request_id))


@bp.post("/delegates/<uuid:delegate_id>/up")
@access(*REQUEST_WRITERS)
def move_up(delegate_id: uuid.UUID) -> Any:
    """Raise a delegate in the order of priority."""
    form = _pressed()
    _delegate, assistance_request = queries.get_delegate(delegate_id, current_actor())
    services.move_up(delegate_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    return redirect(url_for(".delegates", public_id=assistance_request.public_id))


@bp.post("/requests/<uuid:public_id>/delegates/copy")
@access(*REQUEST_WRITERS)
def copy(public_id: uuid.UUID) -> Any:
    """Nominate the people of the last delegation again."""
    form = _pressed()
    get_visible(public_id, current_actor())
    added = services.copy_last_delegation(public_id, key=form.key.data, actor=current_actor())
    flash(lazy("%(number)d people of the last delegation are nominated. Check what has changed.", number=added), "ok")
    return redirect(url_for(".delegates", public_id=public_id))


def changes_since() -> list[Line]:
    """The last that happened to the request whose delegation a refused form was about."""
    delegate_id = (request.view_args or {}).get("delegate_id")
    if delegate_id is None:
        return of_the_page()
    _delegate, assistance_request = queries.get_delegate(delegate_id, current_actor())
    return newest(assistance_request, 1)


def _pressed() -> KeyedForm:
    """The form behind a single button."""
    form = KeyedForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    return form
