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
from tracker.costs.lines import Payer
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.lifecycle import ASKED_LINES, NOBODY, DelegateStatus, full_name, is_twice, same_person
from tracker.participation.models import Delegate
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import Outcome
from tracker.participation.offers.models import Offer
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.answering import recorded
from tracker.participation.offers.services.moving import close, hold_requests, move_person
from tracker.participation.queries import airport_meant, delegates_of, people_elsewhere
from tracker.participation.seats.leaving import must_be_free_to_leave
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, SeatAction
from tracker.participation.services import is_elsewhere
from tracker.reference.models import Session
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

_ASKED = {
    "family_name": lazy("Enter the name."),
    "function": lazy("Enter the function."),
    "office": lazy("Enter the institution."),
    "email": lazy("Enter the e-mail address."),
    "nationality_iso3": lazy("Choose the nationality."),
    "departure_airport": lazy("Enter an airport by its code or its city, as the list of airports has it."),
}
"""What is asked of somebody new, as of everybody who is nominated (`completeness.REQUIRED`); the days are those of the
person replaced."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom the State names, with names as in the passport. Days are those of the person replaced, who pays stands with
    the lines of the seat."""

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
    must_be_free_to_leave([found.seat.id])
    if version is not None and version != found.offered.version:
        raise Stale(lazy("Somebody changed this while you had the page open."))
    if delegate is not None:
        person, kept = _of_the_delegation(found, delegate), {}
    else:
        person, kept = _newly_named(found, new), _note(found.request, note, actor)
    _must_not_be_elsewhere(found, person, "who" if delegate is not None else "family_name")
    until = _until(found, person)
    if found.is_open:
        close(found.offered, Outcome.SUBSTITUTED, actor=actor, version=None)
    move_person(found.seat.delegate_id, DelegateStatus.SUBSTITUTED)
    _select(person, _payers(found, person))
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
    """The row of somebody whom the State names now, at the end of its order; of them everything is asked that
    nominating asks."""
    if new is None:
        raise Invalid(fields={"family_name": _ASKED["family_name"]})
    airport = airport_meant(new.departure_airport)
    said = {**asdict(new), "departure_airport": airport}
    if lacking := {name: sentence for name, sentence in _ASKED.items() if not shown(said[name])}:
        raise Invalid(fields=lacking)
    present = delegates_of(found.request.id)
    again = [one for one in present if same_person(one, new)]
    if again:
        message = lazy("%(name)s is nominated already.", name=again[0].name)
        raise Invalid(fields={"family_name": message})
    highest = sa.select(sa.func.max(Delegate.position)).where(Delegate.request_id == found.request.id)
    stays = {name: getattr(found.person, name) for name in ("arrives_on", "leaves_on")}
    person = Delegate(
        request_id=found.request.id,
        position=(db.session.scalar(highest) or 0) + 1,
        name=new.name,
        departure_iata=airport,
        **{**asdict(new), "email": normal_email(new.email)},
        **stays,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _must_not_be_elsewhere(found: Offered, person: Delegate, field: str) -> None:
    """Raises Invalid where the person is nominated, or has a seat, for another session on overlapping days."""
    for other, session in people_elsewhere(found.request):
        if is_twice(person, other):
            raise Invalid(fields={field: is_elsewhere(other, session)})


def _payers(found: Offered, person: Delegate) -> dict[str, str | None]:
    """Who pays each line for the person: as the lines of the seat say, whose money stays. Whether a visa is needed is
    the person's own."""
    lines = {line.kind: line.payer for line in queries.lines_of(found.seat.id) if line.number == 1}
    payers: dict[str, str | None] = {f"payer_{line}": lines.get(line) for line in ASKED_LINES}
    if person.payer_visa == NOBODY:
        payers["payer_visa"] = NOBODY
    return payers | {"payer_other": found.person.payer_other if Payer.OTHER in payers.values() else ""}


def _note(request: AssistanceRequest, note: Note | None, actor: Actor) -> dict[str, Any]:
    """The columns of the note verbale that names somebody new."""
    if note is None or not note.file:
        raise Invalid(fields={"file": lazy("Choose the file of the note verbale.")})
    if note.dated is None:
        raise Invalid(fields={"dated": lazy("Enter the date.")})
    check_note(note)
    issuer, reference = needed(note.issuer, "issuer"), needed(note.reference, "note_reference")
    stored = files.put(note.file, actor=actor, subject=request, kinds=PHOTOGRAPHS)
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


def _select(person: Delegate, payers: dict[str, str | None]) -> None:
    """The substitute has a seat from now on. Raises Conflict when somebody was quicker to give them one."""
    waits = Delegate.id == person.id, Delegate.status.in_(AWAITS_A_SEAT)
    facts = {"status": DelegateStatus.SELECTED.value, "version": Delegate.version + 1}
    if not update_where(Delegate, *waits, **facts, **payers):
        raise Conflict(lazy("%(name)s has a seat already or is not nominated any more.", name=person.name))
