"""One's own account: name, language, time zone, password, sessions."""

import uuid
from typing import Any

from flask import flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.accounts import login, passwords, queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.people import ProfileForm
from tracker.accounts.forms.signing_in import ChangePasswordForm
from tracker.errors import Invalid
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm
from tracker.web.limits import wait_sentence


@bp.route("/account", methods=["GET", "POST"])
@access("signed_in")
def profile() -> Any:
    """Show and change what one may say about oneself; the language counts from the next page on."""
    person = queries.myself(current_actor())
    form = ProfileForm(obj=person)
    if form.validate_on_submit():
        services.change_profile(
            key=form.key.data,
            actor=current_actor(),
            version=form.version_number,
            name=form.name.data,
            language=form.language.data,
            timezone=form.timezone.data,
        )
        session.pop("language", None)
        flash(_("Your profile is saved."))
        return redirect(url_for(".profile"))
    page = render_template(
        "accounts/profile.html",
        person=person,
        form=form,
        memberships=queries.memberships_of(person.id),
        sessions=queries.sessions_of(current_actor()),
        this_session=g.signed_in.session_id,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/account/password", methods=["GET", "POST"])
@access("signed_in")
def password() -> Any:
    """Change one's own password; every other session ends."""
    person = queries.myself(current_actor())
    form = ChangePasswordForm(known=passwords.known_of(person.email, person.name, queries.memberships_of(person.id)))
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.is_submitted() else 200)
    try:
        services.change_password(
            actor=current_actor(),
            current=form.current.data,
            new=form.password.data,
            session_id=g.signed_in.session_id,
            address=login.from_here()["address"],
        )
    except services.TooOften as wait:
        form.form_errors.append(wait_sentence(wait.seconds))
        return _password_page(form, 429)
    except Invalid as wrong:
        form.current.errors = [str(sentence) for sentence in wrong.fields.values()]
        return _password_page(form, 422)
    flash(_("Your password is changed. Every other session has ended."))
    return redirect(url_for(".profile"))


def _password_page(form: ChangePasswordForm, status: int) -> Any:
    return render_template("accounts/password.html", form=form), status


@bp.post("/account/sessions/<uuid:public_id>/end")
@access("signed_in")
def end_session(public_id: uuid.UUID) -> Any:
    """Sign out another browser of one's own."""
    services.end_session(public_id, key=KeyedForm().key.data, actor=current_actor())
    flash(_("That session has ended."))
    return redirect(url_for(".profile"))


@bp.post("/account/sessions/end-others")
@access("signed_in")
def end_other_sessions() -> Any:
    """Sign out every other browser of one's own."""
    ended = services.end_other_sessions(g.signed_in.session_id, key=KeyedForm().key.data, actor=current_actor())
    if ended:
        flash(ngettext("%(num)d other session has ended.", "%(num)d other sessions have ended.", ended))
    else:
        flash(_("There is no other session: you are signed in here only."))
    return redirect(url_for(".profile"))
