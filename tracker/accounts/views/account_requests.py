"""A State's first account: the public form, and the office's answer."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts import links, login, queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.organisations import ApproveForm, AskForm, RefuseForm
from tracker.accounts.models import AccountRequest
from tracker.accounts.policies import RULES, Action
from tracker.accounts.rule_facts import AccountRequestFacts
from tracker.assistance.queries.removals import removal_of
from tracker.errors import Invalid, NotFound
from tracker.events import on_record, opened
from tracker.files import queries as file_queries
from tracker.files import sending as file_views
from tracker.languages.choosing import current_language
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.limits import wait_sentence
from tracker.web.reading import chosen, read_row

PAGE = 50
STATUSES = ("waiting", "approved", "refused")


@bp.route("/ask-for-an-account", methods=["GET", "POST"])
@access("public")
def ask() -> Any:
    """A mission asks for its State's first account."""
    form = AskForm().offer(queries.state_codes())
    if not form.validate_on_submit():
        return _ask_page(form, 422 if form.is_submitted() else 200)
    try:
        services.ask(
            address=login.from_here()["address"],
            key=form.key.data,
            state_iso3=form.state.data,
            office_name=form.office_name.data,
            office_kind=form.office_kind.data,
            official_email=form.official_email.data,
            people=form.people(),
            note=form.note(),
            language=current_language(),
        )
    except services.TooOften as wait:
        form.form_errors.append(wait_sentence(wait.seconds))
        return _ask_page(form, 429)
    except Invalid as wrong:
        form.add_errors(wrong.fields or {"note_file": wrong.message})
        return _ask_page(form, 422)
    return redirect(url_for(".asked"))


def _ask_page(form: AskForm, status: int) -> Any:
    return render_template("accounts/ask.html", form=form), status


@bp.get("/ask-for-an-account/received")
@access("public")
def asked() -> Any:
    """The page after asking: what happens next. It is the same for every State, so that it tells nothing."""
    return render_template("accounts/asked.html")


@bp.get(f"{links.ANSWER_PATH}<token>")
@access("public")
def answer(token: str) -> Any:
    """The office's answer, for whoever has the link from the letter."""
    found = queries.account_request_by_token(token)
    if found is None:
        raise NotFound
    return render_template("accounts/answer.html", asked=found)


@bp.get("/settings/account-requests")
@access("staff")
def account_requests() -> Any:
    """Requests for a first account, the newest first."""
    status = chosen("status", STATUSES, "waiting")
    rows = queries.account_requests_page(
        current_actor(),
        status=status,
        before=read_row(request.args.get("before")),
        limit=PAGE,
    )
    following = rows[PAGE - 1].id if len(rows) > PAGE else None
    return render_template("accounts/account_requests.html", rows=rows[:PAGE], status=status, following=following)


@bp.get("/settings/account-requests/<uuid:public_id>")
@access("staff")
def account_request(public_id: uuid.UUID) -> Any:
    """One request with its note verbale, and the two answers."""
    actor = current_actor()
    found = on_record(lambda: queries.get_account_request(public_id, actor), actor=actor)
    return _request_page(found, _approve_form(found), 200)


@bp.post("/settings/account-requests/<uuid:public_id>/approve")
@access("administrator")
def approve(public_id: uuid.UUID) -> Any:
    """Make the State's organisation and invite the people named."""
    found = queries.get_account_request(public_id, current_actor())
    form = _approve_form(found)
    if not form.validate_on_submit():
        return _request_page(found, form, 422)
    try:
        organisation = services.approve(
            public_id, key=form.key.data, actor=current_actor(), version=form.version_number, roles=form.chosen()
        )
    except Invalid as wrong:
        form.form_errors.extend([*wrong.fields.values()] or [wrong.message])
        return _request_page(queries.get_account_request(public_id, current_actor()), form, 422)
    flash(_("The State has its account. The people with a role are invited."))
    return redirect(url_for(".organisation", public_id=organisation))


@bp.route("/settings/account-requests/<uuid:public_id>/refuse", methods=["GET", "POST"])
@access("administrator")
def refuse(public_id: uuid.UUID) -> Any:
    """Answer no, with the reason."""
    found = queries.get_account_request(public_id, current_actor())
    form = RefuseForm(version=found.version)
    return confirmed(
        form,
        lambda **by: services.refuse(public_id, version=form.version_number, reason=form.reason.data, **by),
        allow=lambda: allow(RULES, Action.CHECK_ACCOUNT_REQUEST, AccountRequestFacts.of(found)),
        page=lambda: render_template("accounts/account_request_refuse.html", asked=found, form=form),
        done=_("The request is refused. The first person named is told why."),
        lead=lambda _outcome: url_for(".account_request", public_id=public_id),
    )


@bp.get("/settings/account-requests/<uuid:public_id>/note-verbale")
@access("staff")
def note_verbale(public_id: uuid.UUID) -> Any:
    """The file that came with the request."""
    files = file_queries.files_of(queries.get_account_request(public_id, current_actor()))
    if not files:
        raise NotFound
    opened(files[0], actor=current_actor())
    return file_views.send(files[0])


def _approve_form(found: AccountRequest) -> ApproveForm:
    return ApproveForm(version=found.version).offer([person.name for person in found.people])


def _request_page(found: AccountRequest, form: ApproveForm, status: int) -> Any:
    page = render_template(
        "accounts/account_request.html",
        asked=found,
        form=form,
        organisation=queries.organisation_of_state(found.state_iso3),
        note=removal_of(found.note_file_id),
        may_answer=can(RULES, Action.CHECK_ACCOUNT_REQUEST, current_actor(), AccountRequestFacts.of(found)) is None,
    )
    return page, status
