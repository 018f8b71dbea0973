"""The office's settings of accounts: every organisation and every person."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.choices import state_choices
from tracker.accounts.forms.leaving import LeavingForm
from tracker.accounts.forms.organisations import NewOrganisationForm, OrganisationForm, StateForm
from tracker.accounts.leaving_page import leaving
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import KINDS
from tracker.accounts.rule_facts import PersonFacts
from tracker.errors import Invalid
from tracker.events import on_record
from tracker.web.access import access, allow, current_actor, sent_before
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm
from tracker.web.reading import chosen, read_row

PAGE = 50


@bp.get("/settings/organisations")
@access("staff")
def organisations() -> Any:
    """All organisations by code, filtered by kind and words."""
    kind = chosen("kind", KINDS)
    text = request.args.get("q", "").strip()[:100]
    rows = queries.organisations_page(
        current_actor(), kind=kind, text=text, after=request.args.get("after", "")[:8], limit=PAGE
    )
    following = rows[PAGE - 1].Organisation.code if len(rows) > PAGE else None
    return render_template("accounts/organisations.html", rows=rows[:PAGE], kind=kind, text=text, following=following)


@bp.route("/settings/organisations/new", methods=["GET", "POST"])
@access("administrator")
def new_organisation() -> Any:
    """Add a donor or a part of the office."""
    form = NewOrganisationForm()
    if form.validate_on_submit():
        try:
            public_id = services.add_organisation(
                key=form.key.data,
                actor=current_actor(),
                kind=form.kind.data,
                code=form.code.data,
                name=form.name.data,
                official_email=form.official_email.data,
                official_language=form.official_language.data,
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
        else:
            return _added(public_id)
    page = render_template("accounts/organisation_new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/settings/organisations/new-state", methods=["GET", "POST"])
@access("administrator")
def new_state() -> Any:
    """Add a State's organisation, from reference data."""
    form = StateForm()
    form.state.choices = state_choices(queries.state_codes(without_organisation=not sent_before()))
    if form.validate_on_submit():
        public_id = services.add_organisation(
            key=form.key.data,
            actor=current_actor(),
            kind="state",
            state_iso3=form.state.data,
            official_email=form.official_email.data,
            official_language=form.official_language.data,
        )
        return _added(public_id)
    page = render_template("accounts/state_new.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _added(public_id: Any) -> Any:
    flash(_("The organisation is added. Invite its first person now."))
    return redirect(url_for(".organisation", public_id=public_id))


@bp.route("/settings/organisations/<uuid:public_id>", methods=["GET", "POST"])
@access("administrator")
def organisation_change(public_id: uuid.UUID) -> Any:
    """Change an organisation's official address and language, or close it."""
    organisation = queries.get_organisation(public_id, current_actor())
    form = OrganisationForm(obj=organisation)
    if organisation.kind == "state":
        del form.name
    if form.validate_on_submit():
        try:
            services.change_organisation(
                public_id,
                key=form.key.data,
                actor=current_actor(),
                version=form.version_number,
                name=(form.name.data if form.name else None) or organisation.name,
                official_email=form.official_email.data,
                official_language=form.official_language.data,
                active=form.active.data,
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
            organisation = queries.get_organisation(public_id, current_actor())
        else:
            flash(_("The organisation is saved."))
            return redirect(url_for(".organisation", public_id=public_id))
    page = render_template("accounts/organisation_change.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/settings/people")
@access("staff")
def people() -> Any:
    """Everybody with an account, by name."""
    text = request.args.get("q", "").strip()[:100]
    rows = queries.people_page(current_actor(), text=text, after=_after(), limit=PAGE)
    last = rows[PAGE - 1].Person if len(rows) > PAGE else None
    return render_template("accounts/people.html", rows=rows[:PAGE], text=text, last=last)


def _after() -> tuple[str, int] | None:
    number = read_row(request.args.get("after_id"))
    return None if number is None else (request.args.get("after", "")[:200], number)


@bp.get("/settings/people/<uuid:public_id>")
@access("staff")
def person(public_id: uuid.UUID) -> Any:
    """One person: places, language, and whether the account is open."""
    actor = current_actor()
    found = on_record(lambda: queries.get_person(public_id, actor), actor=actor)
    memberships = queries.memberships_of(found.id)
    return render_template(
        "accounts/person.html",
        person=found,
        openings=queries.openings_of_person(found.id, actor),
        memberships=memberships,
        away={one.membership_id: one for one in queries.absences_of([place.id for place in memberships])},
        form=KeyedForm(version=found.version),
    )


@bp.route("/settings/people/<uuid:public_id>/disable", methods=["GET", "POST"])
@access("administrator")
def disable_person(public_id: uuid.UUID) -> Any:
    """Disable an account, after a confirmation."""
    found = queries.get_person(public_id, current_actor())
    left = leaving(queries.memberships_of(found.id), found.public_id)
    form = LeavingForm(version=found.version).offer_successors(left.colleagues, needed=left.needed or sent_before())
    return confirmed(
        form,
        lambda **by: services.disable_person(
            public_id, version=form.version_number, successor=form.chosen_successor, **by
        ),
        allow=lambda: allow(RULES, Action.DISABLE_PERSON, PersonFacts.of(found)),
        page=lambda: render_template("accounts/person_disable.html", person=found, form=form, leaving=left),
        done=_("The account is disabled; every session has ended."),
        lead=lambda _outcome: url_for(".person", public_id=public_id),
    )


@bp.post("/settings/people/<uuid:public_id>/enable")
@access("administrator")
def enable_person(public_id: uuid.UUID) -> Any:
    """Enable a disabled account again."""
    form = KeyedForm()
    services.enable_person(public_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("The account is open again."))
    return redirect(url_for(".person", public_id=public_id))
