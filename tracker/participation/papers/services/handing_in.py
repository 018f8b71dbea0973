"""A delegate, their helper or an officer hands in what the journey needs; an officer accepts a doubted passport."""

import uuid
from typing import Any

from tracker.calendar.now import now, today
from tracker.database.verbs import verb
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money.currencies import is_currency
from tracker.participation.lifecycle import full_name
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers import queries
from tracker.participation.papers.contents import Access, HandedBy, Passport, Payment, Visa
from tracker.participation.papers.lifecycle import Paper, PaysBy, doubts, is_bic, is_document_number, is_iban
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.queries import PapersOf
from tracker.participation.papers.services.keeping import keep, must_be_as_seen, recorded, required, to_hand_in, write
from tracker.reference.names import find_state
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

_NUMBER = lazy("Enter the number as it is printed: 3 to 20 letters and digits.")
_STATE = lazy("No State of this name is known.")
_NO_DAY = lazy("Enter the date.")


@verb
def hand_in_passport(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, passport: Passport, by: HandedBy
) -> str:
    """Keep a passport, in place of an earlier one; gives the seat's public id. What does not agree with the nomination,
    or is not valid long enough, is kept too, for the officer to decide. Raises Invalid by field."""
    found, problems = to_hand_in(public_id, Paper.PASSPORT, actor=actor, version=version, by=by)
    required(_problems_of_passport(passport), problems)
    person = found.journey.person
    nominated = full_name(person.given_name, person.family_name) or person.name
    doubted = doubts(
        names=(passport.name, nominated),
        nationalities=(passport.nationality, person.nationality_iso3),
        valid_until=passport.valid_until,
        least=queries.passport_valid_until(found),
    )
    facts = {"doubts": [doubt.value for doubt in doubted], "accepted_at": None, "accepted_by_id": None}
    return keep(found, Paper.PASSPORT, passport.as_json(), by, actor, **facts)


@verb
def hand_in_visa(public_id: uuid.UUID, *, actor: Actor, version: int | None, visa: Visa, by: HandedBy) -> str:
    """Keep a visa, or that none is needed; gives the seat's public id. Raises Invalid by field."""
    found, problems = to_hand_in(public_id, Paper.VISA, actor=actor, version=version, by=by)
    required(_problems_of_visa(visa, found) if visa.needed else {}, problems)
    kept = visa if visa.needed else Visa(needed=False)
    return keep(found, Paper.VISA, kept.as_json(), by, actor)


@verb
def say_access_needs(public_id: uuid.UUID, *, actor: Actor, version: int | None, access: Access, by: HandedBy) -> str:
    """Keep what somebody needs to take part; gives the seat's public id. Raises Invalid by field."""
    found, problems = to_hand_in(public_id, Paper.ACCESS, actor=actor, version=version, by=by)
    empty = {} if shown(access.needs) else {"access_needs": lazy("Enter what is needed.")}
    required(empty, problems)
    return keep(found, Paper.ACCESS, access.as_json(), by, actor)


@verb
def choose_payment(public_id: uuid.UUID, *, actor: Actor, version: int | None, payment: Payment, by: HandedBy) -> str:
    """Keep how somebody wants to be paid; bank data that were there go where they choose to be paid on arrival. Gives
    the seat's public id. Raises Invalid by field."""
    found, problems = to_hand_in(public_id, Paper.PAYMENT, actor=actor, version=version, by=by)
    transfer = payment.by == PaysBy.TRANSFER
    wrong: dict[str, Any] = {} if payment.by in list(PaysBy) else {"how": lazy("Choose how to be paid.")}
    required(_problems_of_account(payment) if transfer else wrong, problems)
    return keep(found, Paper.PAYMENT, payment.as_json() if transfer else None, by, actor, pays_by=payment.by)


@verb
def accept_passport(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Say that a passport serves although something in it does not agree; gives the seat's public id."""
    hold_requests({queries.get(public_id, actor).journey.request.id})
    found = queries.get(public_id, actor)
    authorize(RULES, PapersAction.ACCEPT, actor, queries.facts_of(found))
    must_be_as_seen(found, version)
    write(found, {"accepted_at": now(), "accepted_by_id": actor.person_id})
    return recorded("participation.passport_accepted", found, actor)


def _problems_of_passport(passport: Passport) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if not shown(passport.family_name):
        problems["passport_family_name"] = lazy("Enter the name.")
    if not is_document_number(passport.number):
        problems["passport_number"] = _NUMBER
    for field, iso3 in (("issued_by", passport.issued_by), ("passport_nationality", passport.nationality)):
        if find_state(iso3, invented=True) != iso3:
            problems[field] = _STATE
    if passport.born_on >= today():
        problems["born_on"] = lazy("This day has not come yet.")
    if passport.valid_until < today():
        problems["passport_valid_until"] = lazy("This passport is valid no more.")
    return problems


def _problems_of_visa(visa: Visa, found: PapersOf) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if not is_document_number(visa.number):
        problems["visa_number"] = _NUMBER
    first, last = visa.valid_from, visa.valid_until
    if first is None or last is None:
        return problems | {"visa_valid_from" if first is None else "visa_valid_until": _NO_DAY}
    person, session = found.journey.person, found.session
    arrives, leaves = person.arrives_on or session.starts_on, person.leaves_on or session.ends_on
    if last < first:
        problems["visa_valid_until"] = lazy("The last day comes after the first.")
    elif arrives and first > arrives:
        problems["visa_valid_from"] = lazy("The visa begins after the day of arrival.")
    elif leaves and last < leaves:
        problems["visa_valid_until"] = lazy("The visa ends before the day of departure.")
    return problems


def _problems_of_account(payment: Payment) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if not shown(payment.holder):
        problems["account_holder"] = lazy("Enter the holder of the account.")
    if not shown(payment.bank):
        problems["bank_name"] = lazy("Enter the bank.")
    if bool(shown(payment.iban)) == bool(shown(payment.account)):
        problems["iban"] = lazy("Enter the IBAN, or the number of an account that has none.")
    elif payment.iban and not is_iban(payment.iban):
        problems["iban"] = lazy("This is no IBAN: a sign is missing or mistyped.")
    if payment.bic and not is_bic(payment.bic):
        problems["bic"] = lazy("This is no BIC: it has 8 or 11 letters and digits.")
    if payment.account and not payment.bic:
        problems["bic"] = lazy("Enter the BIC: without an IBAN the bank is found by it.")
    if not is_currency(payment.currency):
        problems["account_currency"] = lazy("Enter a currency by its code of three letters.")
    return problems
