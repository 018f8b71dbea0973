"""From the drafter to the authority and on to the office: two persons, one reference, one note verbale."""

import uuid
from typing import Any

from tracker import events
from tracker.accounts.models import Organisation
from tracker.assistance import clocks, index, lifecycle, queries
from tracker.assistance.authorisation.services.consenting import replace_consents
from tracker.assistance.fields import editing
from tracker.assistance.fields.services import hand_in
from tracker.assistance.incoming_note import Note, check_note
from tracker.assistance.lifecycle import REFERENCE_PREFIX, Action, Kind
from tracker.assistance.models import AssistanceRequest, NoteVerbale
from tracker.assistance.one_per_session import refuse_second
from tracker.assistance.policies import RULES
from tracker.assistance.reasons import keep_reason
from tracker.assistance.required_texts import needed
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.reference_numbers import next_reference, sort_key
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

R = AssistanceRequest


@verb
def ask_authorisation(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Hand the finished draft to the State's authority; gives the reference, which it keeps for ever.

    Raises Invalid with one sentence per field that is missing.
    """
    request = queries.load_whole(public_id, actor)
    authorize(RULES, Action.ASK_AUTHORISATION, actor, rule_facts_of(request.id))
    editing.count_in_dollars(request)
    refuse_while_missing(request, Action.ASK_AUTHORISATION)
    refuse_second(request, request.session_id)
    request.apply(
        Action.ASK_AUTHORISATION,
        version=version,
        authorisation_asked_at=now(),
        return_reason=None,
        edit_key=None,
        **give_reference(request),
    )
    clocks.follow(request, Action.ASK_AUTHORISATION, actor=actor)
    index.index(request)
    events.record("assistance.authorisation_asked", request, actor=actor, reference=request.reference)
    return str(request.reference)


def refuse_while_missing(request: R, action: Action) -> None:
    """Raise Invalid with what stands in the way of `action`; the children must be loaded."""
    missing = lifecycle.missing(Kind(request.kind), action, request)
    if missing:
        raise Invalid(lazy("Some answers are still missing."), fields=missing)


def give_reference(request: R) -> dict[str, Any]:
    """The reference's columns: the one it has already, or the next of its kind, State and year."""
    if request.reference is not None:
        return {}
    code = db.session.get_one(Organisation, request.organisation_id).code
    reference = next_reference(REFERENCE_PREFIX[Kind(request.kind)], code)
    prefix, year, _, number = sort_key(reference)
    return {
        "reference": reference,
        "reference_prefix": prefix,
        "reference_year": year,
        "reference_number": number,
    }


@verb
def return_to_draft(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Give the request back to the drafter, with the authority's reason."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.RETURN_TO_DRAFT, actor, rule_facts_of(request.id))
    why = keep_reason(request, Action.RETURN_TO_DRAFT, reason, actor=actor)
    request.apply(Action.RETURN_TO_DRAFT, version=version, return_reason=why)
    clocks.follow(request, Action.RETURN_TO_DRAFT, actor=actor)
    events.record("assistance.returned_to_draft", request, actor=actor)


@verb
def submit(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    note: Note,
    consents: tuple[str, ...] = (),
) -> None:
    """Release the request in the State's name with its note verbale and the consents that the authority gives.

    `consents` are "field:audience". Not the drafter's to do, unless the State has one person only. Raises
    Invalid when the note is dated in the future or before the resolution, or something that the kind needs is missing.
    """
    request = queries.load_whole(public_id, actor)
    authorize(RULES, Action.SUBMIT, actor, rule_facts_of(request.id))
    refuse_while_missing(request, Action.SUBMIT)
    row = file_note(request, note, actor=actor, paper=actor.is_staff)
    request.apply(
        Action.SUBMIT,
        version=version,
        note_id=row.id,
        submitted_at=now(),
        authorised_by_id=None if actor.is_staff else actor.person_id,
    )
    replace_consents(request, consents, actor=actor)
    hand_in(request)
    clocks.follow(request, Action.SUBMIT, actor=actor)
    index.index(request)
    events.record("assistance.submitted", request, actor=actor, note_id=row.id, consents=sorted(consents))


def file_note(request: R, note: Note, *, actor: Actor, paper: bool) -> NoteVerbale:
    """Keep the note verbale, with its file when there is one."""
    check_note(note)
    file = files.put(note.file, actor=actor, subject=request, kinds=PHOTOGRAPHS) if note.file else None
    row = NoteVerbale(
        request_id=request.id,
        issuer=needed(note.issuer, "issuer"),
        reference=needed(note.reference, "note_reference"),
        dated=note.dated,
        file_id=file.id if file else None,
        paper=paper,
        filed_by_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    return row
