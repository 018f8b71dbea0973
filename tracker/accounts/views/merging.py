"""One organisation under two names: which one it is, what moves, and the act."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.organisations import MergeForm
from tracker.accounts.models import Organisation
from tracker.accounts.policies import RULES, Action
from tracker.accounts.presenting import organisation_name
from tracker.accounts.rule_facts import OrganisationFacts
from tracker.errors import Invalid
from tracker.pledges.queries.donors import pledges_of
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/settings/organisations/<uuid:public_id>/merge", methods=["GET", "POST"])
@access("administrator")
def organisation_merge(public_id: uuid.UUID) -> Any:
    """Make a donor a second name of another organisation; asked once more, with what moves."""
    organisation = queries.get_organisation(public_id, current_actor())
    form = MergeForm(version=organisation.version, into=request.args.get("into", "")[:8])
    other = _other(organisation, form)
    return confirmed(
        form,
        lambda **by: services.merge_organisation(
            public_id, version=form.version_number, into=form.into.data or "", **by
        ),
        allow=lambda: allow(RULES, Action.MERGE_ORGANISATION, OrganisationFacts.of(organisation)),
        page=lambda: _page(organisation, form, other),
        done=_("Merged. Everything of it is shown under the other organisation."),
        lead=lambda other_id: url_for(".organisation", public_id=other_id),
    )


def _other(organisation: Organisation, form: MergeForm) -> Organisation | None:
    """The organisation that was named, when it was and can be it."""
    try:
        return queries.get_other(organisation, form.into.data) if form.into.data else None
    except Invalid as wrong:
        if request.method == "GET":
            form.add_errors(wrong.fields)
        return None


def _page(organisation: Organisation, form: MergeForm, other: Organisation | None) -> str:
    return render_template(
        "accounts/organisation_merge.html",
        organisation=organisation,
        form=form,
        other=other,
        will=_what_moves(organisation, other) if other is not None else [],
    )


def _what_moves(organisation: Organisation, other: Organisation) -> list[tuple[str, bool]]:
    people = [member.person.name for member in queries.members(organisation.id)]
    pledges = pledges_of(organisation.id)
    name = organisation_name(other)
    return [
        (
            _(
                "“%(name)s” has no line of its own any more; who looks for it finds %(other)s.",
                name=organisation.name,
                other=name,
            ),
            True,
        ),
        (
            _(
                "People who act for %(other)s from now on, with the roles they have: %(people)s.",
                other=name,
                people=", ".join(people) or _("nobody"),
            ),
            not people,
        ),
        (
            _(
                "Pledges that are shown and managed under %(other)s: %(pledges)s.",
                other=name,
                pledges=", ".join(pledges) or _("none"),
            ),
            True,
        ),
        (
            _(
                "Letters go to the official address of %(other)s: %(address)s.",
                other=name,
                address=other.official_email or _("none"),
            ),
            bool(other.official_email),
        ),
        (_("Nothing that was recorded is rewritten: references, events and agreements stay as they are."), True),
    ]
