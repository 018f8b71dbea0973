"""Consent of a State to show a field to an audience: given by its authority, dated, revoked at any time."""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa

from tracker import events
from tracker.assistance import queries
from tracker.assistance.lifecycle import CONSENT_AUDIENCES, CONSENT_FIELDS, Action
from tracker.assistance.models import AssistanceRequest, Consent
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

EVERY = tuple(f"{field}:{audience}" for audience in CONSENT_AUDIENCES for field in CONSENT_FIELDS)


@verb
def set_consent(public_id: uuid.UUID, *, actor: Actor, version: int | None, consents: tuple[str, ...]) -> None:
    """Let exactly `consents` ("field:audience") stand from now on: new ones are given, others revoked."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.SET_CONSENT, actor, rule_facts_of(request.id))
    moved = update_where(
        AssistanceRequest,
        AssistanceRequest.id == request.id,
        AssistanceRequest.version == (request.version if version is None else version),
        version=AssistanceRequest.version + 1,
        updated_at=now(),
    )
    if not moved:
        raise Stale(lazy("Somebody changed this request while you had it open."))
    given, revoked = replace_consents(request, consents, actor=actor)
    events.record("assistance.consent_changed", request, actor=actor, given=given, revoked=revoked)


def replace_consents(
    request: AssistanceRequest, consents: Iterable[str], *, actor: Actor
) -> tuple[list[str], list[str]]:
    """Bring the standing consents to `consents`; gives what was added and what was revoked."""
    wanted = set(consents)
    if not wanted <= set(EVERY):
        raise Invalid(fields={"consents": lazy("Choose from the list.")})
    rows = db.session.scalars(sa.select(Consent).where(Consent.request_id == request.id, Consent.revoked_at.is_(None)))
    standing = {f"{row.field}:{row.audience}": row for row in rows}
    revoked = sorted(standing.keys() - wanted)
    for name in revoked:
        standing[name].revoked_at, standing[name].revoked_by_id = now(), actor.person_id
    db.session.flush()
    given = sorted(wanted - standing.keys())
    for name in given:
        field, audience = name.split(":")
        db.session.add(Consent(request_id=request.id, field=field, audience=audience, given_by_id=actor.person_id))
    db.session.flush()
    return given, revoked
