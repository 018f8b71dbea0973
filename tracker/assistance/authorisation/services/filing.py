"""A request that came on paper: staff file what the note verbale asks, in the State's name."""

from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import Organisation
from tracker.assistance import clocks, index, policies
from tracker.assistance.authorisation.services.authorising import file_note, give_reference
from tracker.assistance.fields import editing
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import Action, Kind
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.one_per_session import refuse_second
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.rights.actor import Actor


@verb
def file_paper_request(
    *, actor: Actor, state_code: str, kind: str, language: str, values: dict[str, Any], note: Note
) -> str:
    """Enter a paper request as submitted by `state_code`; gives its public id.

    `values` are fields (see `fields`); a title is needed, the rest may be asked from the State afterwards.
    No consent is given: that is the authority's alone. Raises Invalid for an unknown State, Forbidden for
    anybody but triage officers and programme managers.
    """
    refusal = policies.is_officer(actor, None)
    if refusal is not None:
        raise Forbidden(refusal)
    state = db.session.scalars(
        sa.select(Organisation).where(Organisation.code == state_code, Organisation.kind == "state")
    ).one_or_none()
    if state is None:
        raise Invalid(fields={"state": lazy("This State has no account yet: open one first.")})
    if kind not in set(Kind) or language not in LANGUAGES:
        raise Invalid(lazy("Choose what is asked for and the language it is written in."))
    request = AssistanceRequest(kind=kind, language=language, organisation_id=state.id, origin="paper")
    db.session.add(request)
    db.session.flush()
    editing.write(request, values)
    if not shown(request.title):
        raise Invalid(fields={"title": lazy("Give the request a title.")})
    refuse_second(request, request.session_id)
    return _release(request, note, actor)


def _release(request: AssistanceRequest, note: Note, actor: Actor) -> str:
    """Take the draft through both steps at once: the note verbale is the authority's word."""
    request.apply(Action.ASK_AUTHORISATION, version=None, authorisation_asked_at=now(), **give_reference(request))
    row = file_note(request, note, actor=actor, paper=True)
    request.apply(Action.SUBMIT, version=None, note_id=row.id, submitted_at=now())
    clocks.follow(request, Action.SUBMIT, actor=actor)
    index.index(request)
    events.record("assistance.submitted", request, actor=actor, note_id=row.id, paper=True)
    return str(request.public_id)
