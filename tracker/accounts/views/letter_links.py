"""Pages that links in letters lead to: accepting an invitation, choosing a new password."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts import links, login, passwords, queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.people import AcceptForm, JoinForm
from tracker.accounts.forms.signing_in import NewPasswordForm, ResetForm
from tracker.accounts.models import Invitation, Person
from tracker.accounts.views.signing_in import enter
from tracker.calendar.now import VIENNA
from tracker.errors import Invalid
from tracker.languages.addresses import normal_email
from tracker.reference import queries as reference
from tracker.web.access import access, current_actor
from tracker.web.limits import wait_sentence


@bp.route(f"{links.INVITATION_PATH}<token>", methods=["GET", "POST"])
@access("public")
def accept(token: str) -> Any:
    """Accept an invitation: with a new account and password, or with the account one has."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return _link_over(_("This invitation can no longer be used"), _("Ask whoever invited you to send it again."))
    person = queries.person_by_email(normal_email(invitation.email))
    if person is not None and person.password_hash is not None:
        return _join(token, invitation, person)
    form = AcceptForm(
        name=invitation.name,
        language=request.args.get("lang", invitation.language),
        timezone=_where(invitation),
        known=passwords.known_of(invitation.email, invitation.name, [invitation]),
    )
    if not form.validate_on_submit():
        page = render_template("accounts/accept.html", invitation=invitation, form=form, token=token)
        return page, 422 if form.is_submitted() else 200
    return _take_up(
        token,
        name=form.name.data,
        language=form.language.data,
        timezone=form.timezone.data,
        password_hash=passwords.hashed(form.password.data),
    )


def _where(invitation: Invitation) -> str:
    """The time zone that is offered first: the capital's, but the office's own for a mission and for everybody else."""
    at_a_mission = invitation.office is not None and invitation.office.kind == "mission"
    state = None if at_a_mission else invitation.organisation.state_iso3
    return reference.timezone_of(state) or VIENNA.key


def _join(token: str, invitation: Invitation, person: Person) -> Any:
    form = JoinForm()
    is_here = current_actor().person_id == person.id
    if is_here:
        del form.password
    if not form.validate_on_submit():
        return _join_page(token, invitation, form, 422 if form.is_submitted() else 200)
    language, email = person.language, person.email
    if not is_here:
        try:
            services.prove(email, password=form.password.data, address=login.from_here()["address"])
        except services.TooOften as wait:
            form.form_errors.append(wait_sentence(wait.seconds))
            return _join_page(token, invitation, form, 429)
        except Invalid as wrong:
            form.password.errors = [str(sentence) for sentence in wrong.fields.values()]
            return _join_page(token, queries.invitation_by_token(token) or invitation, form, 422)
    return _take_up(token, language=language, password_hash=None)


def _join_page(token: str, invitation: Invitation, form: JoinForm, status: int) -> Any:
    invitation = queries.invitation_by_token(token) or invitation
    return render_template("accounts/join.html", invitation=invitation, form=form, token=token), status


def _take_up(token: str, **facts: Any) -> Any:
    taken = services.accept_invitation(token, **facts)
    session_token = services.begin(taken["person"], membership_id=taken["membership"], **login.from_here())
    flash(_("Welcome. Your place is ready."))
    return enter(session_token, "/account" if "name" not in facts else None)


def _link_over(title: str, way_on: str) -> Any:
    return render_template("accounts/link_over.html", title=title, way_on=way_on), 404


@bp.route("/forgotten-password", methods=["GET", "POST"])
@access("public")
def forgotten() -> Any:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form = ResetForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422 if form.is_submitted() else 200
    try:
        services.ask_reset(form.email.data, address=login.from_here()["address"])
    except services.TooOften as wait:
        form.form_errors.append(wait_sentence(wait.seconds))
        return render_template("accounts/forgotten.html", form=form), 429
    return redirect(url_for("accounts.link_sent"))


@bp.get("/forgotten-password/sent")
@access("public")
def link_sent() -> Any:
    """What happens next, whether or not there is such an account."""
    return render_template("accounts/link_sent.html")


def _known_of(person: Person) -> tuple[str, ...]:
    return passwords.known_of(person.email, person.name, queries.memberships_of(person.id))


@bp.route(f"{links.RESET_PATH}<token>", methods=["GET", "POST"])
@access("public")
def reset(token: str) -> Any:
    """Choose a new password with the link from a letter."""
    found = queries.reset_by_token(token)
    if found is None:
        return _link_over(_("This link can no longer be used"), _("A link works once, within one hour."))
    form = NewPasswordForm(known=_known_of(found.person))
    if not form.validate_on_submit():
        page = render_template("accounts/reset.html", form=form, token=token)
        return page, 422 if form.is_submitted() else 200
    services.reset_password(token, password_hash=passwords.hashed(form.password.data))
    login.forget()
    flash(_("Your password is changed. Sign in with it now."))
    return redirect(url_for("accounts.sign_in"))
