"""An organisation's page with its people and offices, for its own people and for the office."""

import uuid
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.organisations import OfficeForm
from tracker.accounts.policies import RULES, Action
from tracker.accounts.rule_facts import OrganisationFacts, PlaceFacts
from tracker.errors import Invalid
from tracker.notifications import queries as notifications
from tracker.rights.actor import ORGANISATION_ADMINISTRATORS
from tracker.rights.rules import authorize, can
from tracker.web.access import access, current_actor


@bp.get("/organisations/<uuid:public_id>")
@access("signed_in")
def organisation(public_id: uuid.UUID) -> Any:
    """The people, offices and open invitations of one organisation."""
    actor = current_actor()
    found = queries.get_organisation(public_id, actor)
    if found.merged_into_id is not None:
        return redirect(url_for(".organisation", public_id=found.home.public_id))
    may_manage = can(RULES, Action.INVITE, actor, OrganisationFacts.of(found)) is None
    invitations = queries.open_invitations(found.id) if may_manage or actor.is_staff else []
    return render_template(
        "accounts/organisation.html",
        organisation=found,
        members=queries.members(found.id),
        offices=queries.offices_of(found.id),
        invitations=invitations,
        unsent=notifications.unsent_invitations([invitation.id for invitation in invitations if invitation.sent]),
        sees_proposals=may_manage or actor.is_staff,
        may_manage=may_manage,
        may_change=lambda place: can(RULES, Action.CHANGE_MEMBERSHIP, actor, PlaceFacts.of(place)) is None,
    )


@bp.get("/my-organisation")
@access("state", "donor")
def own_organisation() -> Any:
    """The same page of the organisation that one acts for, where the menu leads."""
    return organisation(g.signed_in.organisation_public_id)


@bp.route("/organisations/<uuid:public_id>/offices/new", methods=["GET", "POST"])
@access(*ORGANISATION_ADMINISTRATORS)
def new_office(public_id: uuid.UUID) -> Any:
    """Add an office."""
    organisation = queries.get_organisation(public_id, current_actor())
    authorize(RULES, Action.MANAGE_OFFICES, current_actor(), OrganisationFacts.of(organisation))
    form = OfficeForm(kind="ministry" if organisation.kind == "state" else "unit")
    if organisation.kind != "state":
        del form.is_authority
    if form.validate_on_submit():
        try:
            services.add_office(
                public_id,
                key=form.key.data,
                actor=current_actor(),
                name=form.name.data,
                kind=form.kind.data,
                is_authority=bool(form.is_authority and form.is_authority.data),
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
            organisation = queries.get_organisation(public_id, current_actor())
        else:
            flash(_("The office is added."))
            return redirect(url_for(".organisation", public_id=public_id))
    page = render_template("accounts/office.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/offices/<uuid:public_id>", methods=["GET", "POST"])
@access(*ORGANISATION_ADMINISTRATORS)
def office_change(public_id: uuid.UUID) -> Any:
    """Change an office."""
    office = queries.get_office(public_id, current_actor())
    organisation = office.organisation
    authorize(RULES, Action.MANAGE_OFFICES, current_actor(), OrganisationFacts.of(organisation))
    back = url_for(".organisation", public_id=organisation.public_id)
    form = OfficeForm(obj=office)
    if organisation.kind != "state":
        del form.is_authority
    if form.validate_on_submit():
        try:
            services.change_office(
                public_id,
                key=form.key.data,
                actor=current_actor(),
                version=form.version_number,
                name=form.name.data,
                kind=form.kind.data,
                is_authority=bool(form.is_authority and form.is_authority.data),
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
            office = queries.get_office(public_id, current_actor())
        else:
            flash(_("The office is saved."))
            return redirect(back)
    page = render_template("accounts/office.html", organisation=office.organisation, office=office, form=form)
    return page, 422 if form.is_submitted() else 200
