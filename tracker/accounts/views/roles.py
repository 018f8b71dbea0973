"""Roles that wait for a second person, roles to be looked over, and who was given which role by whom."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.roles import GiveRolesForm, GiveSigningRolesForm, RefuseRolesForm
from tracker.accounts.models import RoleProposal
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import SIGNING_ROLES
from tracker.assistance.queries.removals import removal_of
from tracker.errors import NotFound
from tracker.events import on_record, opened, sentences
from tracker.files import queries as file_queries
from tracker.files import sending
from tracker.rights.actor import ROLE_WATCHERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.reading import read_row

PAGE = 25


@bp.get("/settings/roles")
@access(*ROLE_WATCHERS)
def roles() -> Any:
    """What waits, what is to be looked over, and every change of roles, the newest first."""
    actor, before = current_actor(), read_row(request.args.get("before"))
    changes = queries.role_changes(actor, before=before, limit=PAGE)
    following = changes[PAGE - 1].id if len(changes) > PAGE else None
    review = queries.role_proposals(actor, held=True) if before is None else []
    return render_template(
        "accounts/roles.html",
        waiting=queries.role_proposals(actor, held=False) if before is None else [],
        review=review,
        unheld=queries.unheld_with_names() if before is None else [],
        came_by=queries.how_places_came([row.membership_id for row in review]),
        changes=changes[:PAGE],
        following=following,
        sentence=lambda change: sentences.of(change.event).office,
    )


@bp.get("/settings/roles/<uuid:public_id>")
@access(*ROLE_WATCHERS)
def role_proposal(public_id: uuid.UUID) -> Any:
    """Who asks which roles for whom, and the two answers."""
    actor = current_actor()
    proposal = on_record(lambda: queries.get_role_proposal(public_id, actor), actor=actor)
    return _page(proposal, _form(proposal))


@bp.post("/settings/roles/<uuid:public_id>/give")
@access("administrator")
def give_roles(public_id: uuid.UUID) -> Any:
    """Give what another person asked."""
    proposal = queries.get_role_proposal(public_id, current_actor())
    form = _form(proposal)
    return confirmed(
        form,
        lambda **by: services.give_roles(public_id, version=form.version_number, note=form.note(), **by),
        allow=lambda: allow(RULES, Action.GIVE_PROPOSED_ROLES, services.proposal_facts(proposal)),
        page=lambda: _page(queries.get_role_proposal(public_id, current_actor()), form),
        done=_("The roles are given. The person and whoever asked are told."),
        lead=lambda _outcome: url_for(".roles"),
        beside="note_file",
    )


@bp.route("/settings/roles/<uuid:public_id>/refuse", methods=["GET", "POST"])
@access("administrator")
def refuse_roles(public_id: uuid.UUID) -> Any:
    """Say no, with the reason."""
    proposal = queries.get_role_proposal(public_id, current_actor())
    form = RefuseRolesForm(version=proposal.version)
    return confirmed(
        form,
        lambda **by: services.refuse_roles(public_id, version=form.version_number, reason=form.reason.data, **by),
        allow=lambda: allow(RULES, Action.REFUSE_PROPOSED_ROLES, services.proposal_facts(proposal)),
        page=lambda: render_template(
            "accounts/role_refuse.html", proposal=queries.get_role_proposal(public_id, current_actor()), form=form
        ),
        done=_("The roles are refused. The person and whoever asked are told."),
        lead=lambda _outcome: url_for(".roles"),
    )


@bp.get("/settings/roles/<uuid:public_id>/note-verbale")
@access(*ROLE_WATCHERS)
def role_note(public_id: uuid.UUID) -> Any:
    """The note verbale on which signing roles were given."""
    proposal = queries.get_role_proposal(public_id, current_actor())
    if proposal.note_file_id is None:
        raise NotFound
    paper = file_queries.by_number(proposal.note_file_id)
    opened(paper, actor=current_actor())
    return sending.send(paper)


def _form(proposal: RoleProposal) -> GiveRolesForm:
    kind = GiveSigningRolesForm if SIGNING_ROLES & set(proposal.roles) else GiveRolesForm
    return kind(version=proposal.version)


def _page(proposal: RoleProposal, form: GiveRolesForm) -> str:
    refusal = can(RULES, Action.GIVE_PROPOSED_ROLES, current_actor(), services.proposal_facts(proposal))
    may_refuse = can(RULES, Action.REFUSE_PROPOSED_ROLES, current_actor(), services.proposal_facts(proposal)) is None
    return render_template(
        "accounts/role_proposal.html",
        proposal=proposal,
        note=removal_of(proposal.note_file_id),
        form=form,
        refusal=refusal,
        may_refuse=may_refuse,
    )
