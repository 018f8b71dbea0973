"""From an offer to an accepted pledge: the donor offers and signs, the office accepts or refuses."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.assistance.lifecycle import Kind
from tracker.calendar.now import now, today
from tracker.database.reference_numbers import next_reference
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.files import services as files
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.languages.seen_text import one_line, shown
from tracker.money import LARGEST, is_currency
from tracker.pledges import doubts, ledger, queries
from tracker.pledges.actions import Action
from tracker.pledges.earmarks import EARMARKS, Rule
from tracker.pledges.ledger import Posting, Slot, Step
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Earmark, Instalment, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.queries.donors import donor_to_file_for
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.women import least_of
from tracker.reference.doubts import unless
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment of an offer."""

    due_on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a donor offers: minor units of `currency`, earmarks as rules, parts that add up to the amount."""

    title: str
    amount_minor: int
    currency: str
    instalments: tuple[Part, ...]
    earmarks: tuple[Rule, ...] = ()
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The paper that makes a pledge binding; `file` is an upload (werkzeug FileStorage)."""

    reference: str
    signed_on: date
    ends_on: date
    file: Any


@verb
def offer(terms: Terms, *, actor: Actor, sure: bool = False) -> str:
    """A donor officer offers money. Gives the pledge's public id; raises Invalid with sentences by field, Doubtful
    unless `sure` where an instalment is due on a day that has passed."""
    authorize(RULES, Action.OFFER, actor, None)
    pledge = _promised(terms, actor.organisation_code, actor.organisation_id, actor=actor, sure=sure)
    db.session.add(pledge)
    record("pledges.offered", pledge, actor=actor, amount_minor=terms.amount_minor, currency=terms.currency)
    return str(pledge.public_id)


@verb
def file_pledge(
    donor_id: uuid.UUID, terms: Terms, *, actor: Actor, agreement: Agreement, signed_by: str, sure: bool = False
) -> str:
    """A manager files an agreement that came on paper: it counts as signed, and somebody else accepts it. Gives the
    pledge's public id; raises as `offer` does."""
    authorize(RULES, Action.FILE, actor, None)
    donor = donor_to_file_for(donor_id)
    if not shown(signed_by):
        raise Invalid(fields={"signed_by": lazy("Enter who signed the agreement.")})
    pledge = _promised(terms, donor.code, donor.id, actor=actor, sure=sure)
    db.session.add(pledge)
    db.session.flush()
    signed = {"signed_by_id": actor.person_id, "signed_at": now(), "signed_on_paper_by": shown(signed_by)}
    pledge.apply(Action.SIGN, version=None, **signed, **_kept(agreement, pledge, actor))
    record("pledges.filed", pledge, actor=actor, amount_minor=terms.amount_minor, currency=terms.currency)
    return str(pledge.public_id)


def _promised(terms: Terms, code: str, organisation_id: int | None, *, actor: Actor, sure: bool) -> Pledge:
    problems = problems_of(terms)
    if problems:
        raise Invalid(fields=problems)
    unless(sure, doubts.of_due_days((part.due_on for part in terms.instalments), "instalments"))
    return Pledge(
        reference=next_reference("PL", code),
        organisation_id=organisation_id,
        title=one_line(terms.title),
        amount_minor=terms.amount_minor,
        currency=terms.currency,
        support_rate_bp=queries.support_rate_bp(today()),
        conditions=terms.conditions,
        language=actor.language,
        offered_by_id=actor.person_id,
        earmarks=[Earmark(rule=r.rule, codes=list(r.codes), share_bp=r.share_bp) for r in terms.earmarks],
        instalments=[Instalment(due_on=p.due_on, amount_minor=p.amount_minor) for p in terms.instalments],
    )


def problems_of(terms: Terms) -> dict[str, Any]:
    """What is wrong with an offer, by form field; empty when nothing is."""
    problems: dict[str, Any] = {}
    if not shown(terms.title):
        problems["title"] = lazy("Enter a title by which you will know this pledge.")
    if not is_currency(terms.currency) or not queries.has_rate(terms.currency, today()):
        problems["currency"] = lazy("Choose a currency for which the office keeps a rate of exchange.")
    if not 0 < terms.amount_minor <= LARGEST:
        problems["amount"] = lazy("Enter an amount above zero.")
    if not terms.instalments:
        problems["instalments"] = lazy("Enter at least one instalment.")
    elif any(part.amount_minor <= 0 for part in terms.instalments):
        problems["instalments"] = lazy("Every instalment needs an amount above zero.")
    elif (total := sum(part.amount_minor for part in terms.instalments)) != terms.amount_minor:
        problems["instalments"] = lazy(
            "The instalments must add up to the pledge: they come to %(total)s, the pledge to %(amount)s.",
            total=format_money(total, terms.currency),
            amount=format_money(terms.amount_minor, terms.currency),
        )
    return problems | problems_of_use(terms.earmarks)


def problems_of_use(rules: Sequence[Rule]) -> dict[str, Any]:
    """What is wrong with earmarks, by form field; empty when nothing is."""
    problems: dict[str, Any] = {}
    if any(rule.rule not in EARMARKS or not rule.codes for rule in rules):
        problems["earmarks"] = lazy("An earmark names nothing.")
    if least_of(rules) is not None and not _may_pay_seats(rules):
        problems["women"] = lazy("Seats are paid for taking part in sessions: this pledge is for something else.")
    return problems


def _may_pay_seats(rules: Iterable[Rule]) -> bool:
    """Whether earmarks leave it to a pledge to pay for taking part in a session."""
    kinds = [rule.codes for rule in rules if rule.rule == "kinds" and not rule.is_cap]
    return all(Kind.PARTICIPATION.value in codes for codes in kinds)


@verb
def sign(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """A signatory of the donor signs; the office is told."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.SIGN, actor, rule_facts_of(pledge))
    pledge.apply(Action.SIGN, version=version, signed_by_id=actor.person_id, signed_at=now())
    record("pledges.signed", pledge, actor=actor)


@verb
def accept(public_id: uuid.UUID, *, actor: Actor, version: int | None, agreement: Agreement | None = None) -> None:
    """The office accepts; the amount is expected from now on, and the ledger of the pledge begins. What came on paper
    has its agreement."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.ACCEPT, actor, rule_facts_of(pledge))
    facts: dict[str, Any] = {"accepted_by_id": actor.person_id, "accepted_at": now()}
    if pledge.signed_on_paper_by is None:
        facts |= _kept(agreement, pledge, actor)
    pledge.apply(Action.ACCEPT, version=version, **facts)
    event = record("pledges.accepted", pledge, actor=actor, amount_minor=pledge.amount_minor, currency=pledge.currency)
    ledger.open_accounts(pledge)
    donor, expected = (Slot(kind, pledge.currency) for kind in (AccountKind.DONOR, AccountKind.EXPECTED))
    ledger.post(pledge.id, [Posting(donor, expected, pledge.amount_minor)], Step("accept", actor, event))


def _kept(agreement: Agreement | None, pledge: Pledge, actor: Actor) -> dict[str, Any]:
    if agreement is None:
        raise Invalid(fields={"file": lazy("Choose the file of the agreement.")})
    _check(agreement)
    stored = files.put(agreement.file, actor=actor, subject=pledge)
    return {
        "agreement_reference": agreement.reference,
        "agreement_date": agreement.signed_on,
        "agreement_file_id": stored.id,
        "ends_on": agreement.ends_on,
    }


def _check(agreement: Agreement) -> None:
    problems: dict[str, Any] = {}
    if not shown(agreement.reference):
        problems["agreement_reference"] = lazy("Enter the agreement's reference.")
    if agreement.signed_on > today():
        problems["agreement_date"] = lazy("The agreement's date cannot be in the future.")
    if agreement.ends_on < agreement.signed_on:
        problems["ends_on"] = lazy("The agreement cannot end before its date.")
    if not agreement.file:
        problems["file"] = lazy("Choose the file of the agreement.")
    if problems:
        raise Invalid(fields=problems)


@verb
def refuse(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """The office does not take the pledge, and says why to the donor."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.REFUSE, actor, rule_facts_of(pledge))
    pledge.apply(Action.REFUSE, version=version, reason=required_reason(reason), ended_at=now())
    record("pledges.refused", pledge, actor=actor)


def required_reason(reason: str) -> str:
    """The reason without blanks around it. Raises Invalid at the field `reason` when it is empty."""
    if not shown(reason):
        raise Invalid(fields={"reason": lazy("Enter the reason.")})
    return shown(reason)
