"""Beginning a draft, inviting colleagues to it, and deleting it."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tracker.accounts import queries as accounts
from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.drafting import services
from tracker.assistance.drafting.forms import InviteForm, StartForm
from tracker.assistance.fields import steps
from tracker.assistance.lifecycle import Action, Kind
from tracker.assistance.page.form_frame import step_address
from tracker.assistance.page.loading import load_for, title_of
from tracker.errors import Invalid
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor, unless_sent
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.route("/new", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def new() -> Any:
    """Choose what is asked for and in which language it is written."""
    actor = current_actor()
    form = StartForm(
        data={"kind": request.args.get("kind"), "language": actor.language, "session": request.args.get("session")}
    )
    if not form.validate_on_submit():
        return render_template("assistance/drafting/new.html", form=form), 422 if form.is_submitted() else 200
    public_id = services.start_draft(
        key=form.key.data,
        actor=actor,
        kind=form.kind.data,
        language=form.language.data,
        session_id=form.session_id if form.kind.data == Kind.PARTICIPATION else None,
    )
    first = steps.steps_of(form.kind.data)[0]
    return redirect(step_address(uuid.UUID(public_id), first))


@bp.post("/<uuid:public_id>/copy")
@access(*REQUEST_WRITERS)
def copy(public_id: uuid.UUID) -> Any:
    """Begin a draft from an earlier request; its page says what was copied and what was not."""
    made = services.copy(public_id, key=KeyedForm().key.data, actor=current_actor())
    flash(_("A draft was begun from the earlier request. Read what was copied and what was not."))
    return redirect(url_for(".show", public_id=made))


@bp.route("/<uuid:public_id>/people", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def people(public_id: uuid.UUID) -> Any:
    """Invite a colleague of another office of the State to the draft."""
    actor = current_actor()
    found = load_for(public_id, Action.INVITE)
    parts = queries.parts_of(found)
    form = InviteForm()
    form.person.choices = _colleagues(found, parts)
    if form.validate_on_submit():
        try:
            services.invite_co_drafter(
                public_id, key=form.key.data, actor=actor, person_public_id=_uuid(form.person.data)
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
        else:
            flash(_("Invited. The draft is on that person's desk now."))
            return redirect(url_for(".people", public_id=public_id))
    page = render_template(
        "assistance/drafting/people.html", found=found, title=title_of(found), parts=parts, form=form
    )
    return page, 422 if form.is_submitted() else 200


def _colleagues(found: Any, parts: Any) -> list[SelectChoice]:
    """Who could be invited: people who write requests and do not see the draft yet."""
    invited = {row.public_id for row in parts.co_drafters}
    members = accounts.members(found.organisation_id)
    return [
        SelectChoice(str(m.person.public_id), f"{m.person.name}, {m.office.name}" if m.office else m.person.name)
        for m in members
        if m.office_id != found.office_id and m.person.public_id not in invited and "focal_point" in m.roles
    ]


def _uuid(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return uuid.UUID(int=0)


@bp.route("/<uuid:public_id>/discard", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def discard(public_id: uuid.UUID) -> Any:
    """Delete a draft, after a confirmation."""
    found = unless_sent(lambda: load_for(public_id, Action.DISCARD))
    if found is None:
        return redirect(url_for(".index"))  # it is gone
    form = KeyedForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.discard(public_id, version=form.version_number, **by),
        page=lambda: render_template("assistance/drafting/discard.html", found=found, title=title_of(found), form=form),
        done=_("The draft is gone."),
        lead=lambda _outcome: url_for(".index"),
    )
