"""Signing in and out, and choosing under which membership to act."""

import uuid
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from tracker.accounts import login, queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.signing_in import CodeForm, SignInForm
from tracker.accounts.views.going_on import go_on
from tracker.errors import Invalid, NotFound
from tracker.web.access import access, current_actor
from tracker.web.kept_forms import Kept, pack, unpack

CODE = "code"
"""The name under which the cookie keeps for which try this browser may type a code."""


@bp.route("/sign-in", methods=["GET", "POST"])
@access("public")
def sign_in() -> Any:
    """Ask for e-mail address and password; a person who is signed in goes on."""
    form = SignInForm(next=request.args.get("next"))
    target = login.safe_next(form.next.data)
    if current_actor().signed_in and request.method == "GET":
        return redirect(target or url_for("desks.start"))
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    try:
        token = services.sign_in(form.email.data, password=form.password.data, **login.from_here())
    except services.CodeNeeded as asked:
        session[CODE] = asked.token
        return _code_page(CodeForm(formdata=None, next=form.next.data, kept=form.kept.data), 200)
    except Invalid as wrong:
        form.form_errors.append(str(wrong.message))
        return _sign_in_page(form, 422)
    return enter(token, target, form.kept.data)


def _sign_in_page(form: SignInForm, status: int) -> Any:
    return render_template("accounts/sign_in.html", form=form, kept=unpack(form.kept.data)), status


@bp.post("/sign-in/code")
@access("public")
def sign_in_code() -> Any:
    """Take the code that a right password asked for while wrong ones were tried."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form, 422)
    try:
        token = services.sign_in_with_code(session.get(CODE, ""), code=form.sent_code.data, **login.from_here())
    except Invalid as wrong:
        form.form_errors.append(str(wrong.message))
        return _code_page(form, 422)
    return enter(token, login.safe_next(form.next.data), form.kept.data)


def _code_page(form: CodeForm, status: int) -> Any:
    return render_template("accounts/sign_in_code.html", form=form), status


def sign_in_form(kept: Kept) -> SignInForm:
    """The form to sign in from the page of a form whose session was gone, which it carries on."""
    return SignInForm(formdata=None, data={"kept": pack(kept)})


def enter(token: str, target: str | None, kept_text: str | None = None) -> Any:
    """Keep the new session and go on, first of all with a form that was sent when the session was gone; somebody with
    several memberships and no habit yet chooses first."""
    login.keep(token)
    found = login.load_visitor(token)
    kept = unpack(kept_text)
    if kept is not None and found is not None and found.signed_in is not None:
        g.actor, g.signed_in = found.signed_in.actor, found.signed_in
        return go_on(kept, found.signed_in.actor.person_id or 0)
    several = found is not None and found.signed_in is not None and found.signed_in.memberships > 1
    if several and target is None:
        return redirect(url_for("accounts.membership"))
    return redirect(target or url_for("desks.start"))


@bp.post("/sign-out")
@access("public")
def sign_out() -> Any:
    """End the session of this browser; pressing twice does nothing more."""
    if g.signed_in is not None:
        services.sign_out(g.signed_in.session_id, actor=current_actor())
    login.forget()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"))


@bp.get("/account/membership")
@access("signed_in")
def membership() -> Any:
    """In whose name to act, for people with several memberships."""
    memberships = queries.memberships_of(current_actor().person_id or 0)
    return render_template("accounts/membership.html", memberships=memberships)


@bp.post("/account/membership")
@access("signed_in")
def choose_membership() -> Any:
    """Act under another membership from now on, in this browser."""
    try:
        chosen = uuid.UUID(request.form.get("membership", ""))
    except ValueError:
        raise NotFound from None
    services.switch_membership(g.signed_in.session_id, actor=current_actor(), membership=chosen)
    return redirect(login.safe_next(request.form.get("next")) or url_for("desks.start"))
