"""Another person for a seat: somebody of the delegation who awaits one, or somebody whom a new note verbale names."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.assistance.incoming_note import Note, check_note
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.required_texts import needed
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.files import services as files
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import ASKED_LINES, DelegateStatus, full_name, same_person
from tracker.participation.models import Delegate
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.answering import recorded
from tracker.participation.offers.services.moving import close, hold_requests, move_person
from tracker.participation.queries import airport_meant, delegates_of
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, SeatAction
from tracker.reference.models import Session
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom the State names, with names as in the passport. Days and who pays are those of the person replaced."""

    given_name: str
    family_name: str
    function: str = ""
    office: str = ""
    email: str = ""
    language: str = "en"
    gender: str = "not_stated"
    nationality_iso3: str | None = None
    departure_airport: str = ""

    @property
    def name(self) -> str:
        """What the person is called everywhere."""
        return full_name(self.given_name, self.family_name)


@verb
def substitute(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    delegate: uuid.UUID | None = None,
    new: NewPerson | None = None,
    note: Note | None = None,
) -> str:
    """Give a seat that is offered or confirmed to another person of the State, and offer it anew for them; its money
    stays. Gives the request's public id.

    `delegate` is somebody of the delegation who awaits a seat; without one, `new` is somebody whom `note` names. The
    State has as long as it had, also where that day has passed: naming somebody else gives no more time. Of a seat that
    was confirmed already it has as long as for an offer sent today. Raises Invalid at
    the field that lacks something, Conflict when the person cannot get there in time any more.
    """
    hold_requests({queries.get_offer(public_id, actor).request.id})
    found = queries.get_offer(public_id, actor)
    authorize(RULES, OfferAction.SUBSTITUTE, actor, queries.facts_of(found))
    must_take_place(found.request.session_id)
    if version is not None and version != found.offered.version:
        raise Stale(lazy("Somebody changed this while you had the page open."))
    if delegate is not None:
        person, kept = _of_the_delegation(found, delegate), {}
    else:
        person, kept = _newly_named(found, new), _note(found.request, note, actor)
    until = _until(found, person)
    if found.is_open:
        close(found.offered, Outcome.SUBSTITUTED, actor=actor, version=None)
    move_person(found.seat.delegate_id, DelegateStatus.SUBSTITUTED)
    _select(person)
    found.seat.apply(SeatAction.SUBSTITUTE, version=None, delegate_id=person.id)
    anew = Offer(seat_id=found.seat.id, delegate_id=person.id, until=until, instead_of_id=found.person.id, **kept)
    anew.sent_by_id = found.offered.sent_by_id
    db.session.add(anew)
    db.session.flush()
    return recorded("participation.seat_substituted", found, actor, person)


def awaiting_a_seat(request_id: int) -> Sequence[Delegate]:
    """Who of a delegation can take a seat that is another's, in the State's own order."""
    return [person for person in delegates_of(request_id) if person.status in AWAITS_A_SEAT]


def _of_the_delegation(found: Offered, delegate: uuid.UUID) -> Delegate:
    for person in awaiting_a_seat(found.request.id):
        if person.public_id == delegate:
            return person
    raise Invalid(fields={"who": lazy("Choose somebody who is nominated and has no seat.")})


def _newly_named(found: Offered, new: NewPerson | None) -> Delegate:
    """The row of somebody whom the State names now, at the end of its order."""
    if new is None or not new.family_name.strip():
        raise Invalid(fields={"family_name": lazy("Enter the name.")})
    present = delegates_of(found.request.id)
    again = [one for one in present if same_person(one, new)]
    if again:
        message = lazy("%(name)s is nominated already.", name=again[0].name)
        raise Invalid(fields={"family_name": message})
    highest = sa.select(sa.func.max(Delegate.position)).where(Delegate.request_id == found.request.id)
    stays = {name: getattr(found.person, name) for name in ("arrives_on", "leaves_on", "payer_other")}
    stays |= {f"payer_{line}": getattr(found.person, f"payer_{line}") for line in ASKED_LINES}
    person = Delegate(
        request_id=found.request.id,
        position=(db.session.scalar(highest) or 0) + 1,
        name=new.name,
        departure_iata=airport_meant(new.departure_airport),
        **{**asdict(new), "email": normal_email(new.email)},
        **stays,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _note(request: AssistanceRequest, note: Note | None, actor: Actor) -> dict[str, Any]:
    """The columns of the note verbale that names somebody new."""
    if note is None or not note.file:
        raise Invalid(fields={"file": lazy("Choose the file of the note verbale.")})
    if note.dated is None:
        raise Invalid(fields={"dated": lazy("Enter the date.")})
    check_note(note)
    issuer, reference = needed(note.issuer, "issuer"), needed(note.reference, "note_reference")
    stored = files.put(note.file, actor=actor, subject=request, kinds=("pdf", "png", "jpeg"))
    return {
        "note_issuer": issuer,
        "note_reference": reference,
        "note_dated": note.dated,
        "note_file_id": stored.id,
    }


def _until(found: Offered, person: Delegate) -> date:
    """The last day on which the State can answer for the substitute."""
    session = db.session.get_one(Session, found.request.session_id)
    until = queries.limits_of(session).until_for(found.seat, person)
    if until is None:
        raise Conflict(lazy("%(name)s cannot get a visa and a ticket in time any more.", name=person.name))
    had = found.offered.until if found.is_open else None
    return min(until, had) if had is not None else until


def _select(person: Delegate) -> None:
    """The substitute has a seat from now on. Raises Conflict when somebody was quicker to give them one."""
    waits = Delegate.id == person.id, Delegate.status.in_(AWAITS_A_SEAT)
    if not update_where(Delegate, *waits, status=DelegateStatus.SELECTED.value, version=Delegate.version + 1):
        raise Conflict(lazy("%(name)s has a seat already or is not nominated any more.", name=person.name))
