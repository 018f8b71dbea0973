"""The people of an organisation: inviting, changing, ending."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.choices import uuid_or_none
from tracker.accounts.forms.leaving import LeavingForm
from tracker.accounts.forms.people import InviteForm, MembershipForm
from tracker.accounts.leaving_page import leaving
from tracker.accounts.policies import RULES, Action
from tracker.accounts.presenting import role_names
from tracker.accounts.roles import grantable
from tracker.accounts.rule_facts import OrganisationFacts, PlaceFacts
from tracker.errors import Invalid
from tracker.rights.actor import ORGANISATION_ADMINISTRATORS
from tracker.rights.rules import authorize
from tracker.web.access import access, current_actor, unless_sent
from tracker.web.confirmation import carried_out, confirmed
from tracker.web.forms import KeyedForm


def form_for_place(form: Any, organisation: Any) -> Any:
    """Offer the roles that the actor may give in `organisation`, and its offices."""
    roles = grantable(current_actor(), kind=organisation.kind, organisation_id=organisation.id)
    return form.offer(roles=roles, offices=queries.offices_of(organisation.id))


def _place(form: Any) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "office": uuid_or_none(form.office.data),
        "deputy": form.deputy.data,
        "roles": form.roles.data,
    }


def _invited(organisation: Any, email: str) -> str:
    if organisation.kind == "office":
        return _("The invitation goes to %(email)s once a second administrator has confirmed it.", email=email)
    return _("The invitation is on its way to %(email)s.", email=email)


@bp.route("/organisations/<uuid:public_id>/invite", methods=["GET", "POST"])
@access(*ORGANISATION_ADMINISTRATORS)
def invite(public_id: uuid.UUID) -> Any:
    """Invite an e-mail address to the organisation."""
    organisation = queries.get_organisation(public_id, current_actor())
    authorize(RULES, Action.INVITE, current_actor(), OrganisationFacts.of(organisation))
    form = form_for_place(InviteForm(language=organisation.official_language), organisation)
    if form.validate_on_submit():
        try:
            services.invite(
                public_id,
                key=form.key.data,
                actor=current_actor(),
                email=form.email.data,
                name=form.name.data,
                language=form.language.data,
                **_place(form),
            )
        except Invalid as wrong:
            form.add_errors(wrong.fields)
            organisation = queries.get_organisation(public_id, current_actor())
        else:
            flash(_invited(organisation, form.email.data))
            return redirect(url_for(".organisation", public_id=public_id))
    page = render_template("accounts/invite.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/invitations/<uuid:public_id>/renew")
@access(*ORGANISATION_ADMINISTRATORS)
def renew_invitation(public_id: uuid.UUID) -> Any:
    """Send an invitation again, with a new link."""
    organisation = queries.get_invitation(public_id, current_actor()).organisation.public_id
    form = KeyedForm()
    services.renew_invitation(public_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("The invitation is on its way again. The earlier link no longer works."))
    return redirect(url_for(".organisation", public_id=organisation))


@bp.post("/invitations/<uuid:public_id>/revoke")
@access(*ORGANISATION_ADMINISTRATORS)
def revoke_invitation(public_id: uuid.UUID) -> Any:
    """Take an invitation back."""
    form = KeyedForm()
    organisation = services.revoke_invitation(
        public_id, key=form.key.data, actor=current_actor(), version=form.version_number
    )
    flash(_("The invitation is taken back. Its link no longer works."))
    return redirect(url_for(".organisation", public_id=organisation))


@bp.route("/memberships/<uuid:public_id>", methods=["GET", "POST"])
@access(*ORGANISATION_ADMINISTRATORS)
def membership_change(public_id: uuid.UUID) -> Any:
    """Change what somebody may do in the organisation."""
    membership = queries.get_membership(public_id, current_actor())
    authorize(RULES, Action.CHANGE_MEMBERSHIP, current_actor(), PlaceFacts.of(membership))
    organisation = membership.organisation
    back = url_for(".organisation", public_id=organisation.public_id)
    office = str(membership.office.public_id) if membership.office else ""
    waiting = queries.waiting_proposal(membership)
    ticked = [*membership.roles, *(waiting.roles if waiting else ())]
    given = {"title": membership.title, "deputy": membership.deputy, "version": membership.version}
    form = form_for_place(MembershipForm(office=office, roles=ticked, **given), organisation)
    left = leaving([membership], membership.person.public_id)
    form.offer_successors(left.colleagues, needed=left.needed)
    waits: list[str] = []
    if form.validate_on_submit() and carried_out(form, lambda **by: waits.extend(_changed(public_id, form, by))):
        flash(_("Saved. A change of roles counts from the next sign-in."))
        if waits:
            names = role_names(waits)
            flash(_("An administrator of the office who is somebody else has to confirm: %(roles)s", roles=names))
        return redirect(back)
    if form.is_submitted():
        membership = queries.get_membership(public_id, current_actor())
    page = render_template("accounts/membership_change.html", membership=membership, form=form, leaving=left)
    return page, 422 if form.is_submitted() else 200


def _changed(public_id: uuid.UUID, form: MembershipForm, by: dict[str, Any]) -> list[str]:
    """The roles that wait for a second person, once the change is made."""
    given = {"version": form.version_number, "successor": form.chosen_successor, **_place(form)}
    return services.change_membership(public_id, **given, **by)


@bp.route("/memberships/<uuid:public_id>/end", methods=["GET", "POST"])
@access(*ORGANISATION_ADMINISTRATORS)
def membership_end(public_id: uuid.UUID) -> Any:
    """End a membership, after a confirmation."""
    membership = unless_sent(lambda: queries.get_membership(public_id, current_actor()))
    if membership is not None:  # else there is no place to be shown any more
        authorize(RULES, Action.END_MEMBERSHIP, current_actor(), PlaceFacts.of(membership))
    form = LeavingForm(version=membership.version if membership else None)
    left = leaving([membership], membership.person.public_id) if membership is not None else None
    form.offer_successors(left.colleagues if left else [], needed=left is None or left.needed)
    return confirmed(
        form,
        lambda **by: services.end_membership(
            public_id, version=form.version_number, successor=form.chosen_successor, **by
        ),
        page=lambda: render_template(
            "accounts/membership_end.html",
            membership=queries.get_membership(public_id, current_actor()),
            form=form,
            leaving=left,
        ),
        done=_("The place has ended."),
        lead=lambda organisation: url_for(".organisation", public_id=organisation),
    )
