"""The delegate, or their helper, prepares a claim: each piece is kept by itself, so that a bad one loses nothing."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now, today
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.files import services as storing
from tracker.files.kinds import PHOTOGRAPHS
from tracker.files.models import File
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY, is_currency, to_usd
from tracker.participation.claims import queries
from tracker.participation.claims.lifecycle import (
    MOST_PAPERS,
    ClaimPaperKind,
    ClaimStatus,
    Days,
    Receipt,
    receipt_lines,
)
from tracker.participation.claims.models import ClaimPaper, DelegateClaim
from tracker.participation.claims.policies import ClaimAction
from tracker.participation.claims.queries import ClaimOf, Paper
from tracker.participation.claims.services.keeping import stale, to_do
from tracker.participation.papers.contents import HandedBy
from tracker.participation.travel.by_day import LONGEST, as_plain, at_the_place
from tracker.reference.queries import NoRate, rate_for
from tracker.rights.actor import Actor

OLDEST = timedelta(days=2 * 366)
"""How long before the journey something was paid for it."""


@verb(events=0)
def save_days(public_id: uuid.UUID, *, actor: Actor, version: int | None, days: Days, by: HandedBy) -> None:
    """Keep the days really spent, what others provided, and a word on anything else. Raises Invalid by field, Stale."""
    found = to_do(public_id, ClaimAction.PREPARE, actor=actor, by=by)
    if problems := _problems_of_days(days):
        raise Invalid(fields=problems)
    if version is not None and version != found.version:
        raise stale()
    draft = _draft(found)
    provided = as_plain(at_the_place(days.provided or {}, days.first_day, days.last_day))
    said = {"first_day": days.first_day, "last_day": days.last_day, "provided": provided, "remark": days.remark.strip()}
    _changed(draft, **said)


@verb(events=0)
def add_boarding_pass(public_id: uuid.UUID, *, actor: Actor, file: Any, by: HandedBy) -> None:
    """Keep a photograph of a boarding pass. Raises Invalid by field."""
    found = to_do(public_id, ClaimAction.PREPARE, actor=actor, by=by)
    if not file:
        raise Invalid(fields={"file": _NO_FILE})
    _add(found, file, actor, kind=ClaimPaperKind.BOARDING.value)


@verb(events=0)
def add_receipt(public_id: uuid.UUID, *, actor: Actor, receipt: Receipt, file: Any, by: HandedBy) -> None:
    """Keep a receipt, with the rate of its day where it is in another currency than dollars. Raises Invalid by
    field."""
    found = to_do(public_id, ClaimAction.PREPARE, actor=actor, by=by)
    problems = _problems_of_receipt(receipt, found)
    if not file:
        problems["file"] = _NO_FILE
    if problems:
        raise Invalid(fields=problems)
    said = {"line": receipt.line, "what": shown(receipt.what), "receipt_number": shown(receipt.number)}
    amount = {"amount_minor": receipt.amount_minor, "currency": receipt.currency, **_in_dollars(receipt)}
    kind = ClaimPaperKind.RECEIPT.value
    _add(found, file, actor, kind=kind, paid_on=receipt.paid_on, **said, **amount)


@verb(events=0)
def remove_paper(public_id: uuid.UUID, paper_id: uuid.UUID, *, actor: Actor, by: HandedBy) -> None:
    """Take a boarding pass or receipt out of what is prepared. One that an earlier version has stays with that."""
    found = to_do(public_id, ClaimAction.PREPARE, actor=actor, by=by)
    paper = queries.paper_of(found.draft, paper_id)
    delete_where(ClaimPaper, ClaimPaper.id == paper.row.id)
    if paper.file.handed_in_at is None:
        storing.remove(paper.file)
    _changed(_draft(found))


@verb(events=0)
def correct_claim(public_id: uuid.UUID, *, actor: Actor, by: HandedBy) -> None:
    """Begin a later version with what the last one says; it counts once it is sent."""
    _draft(to_do(public_id, ClaimAction.PREPARE, actor=actor, by=by))


_NO_FILE = lazy("Choose the photograph or the PDF.")


def _draft(found: ClaimOf) -> DelegateClaim:
    """The version that is prepared; begun now with what the last one says, where none is."""
    if found.draft is not None:
        return found.draft.row
    last = found.sent
    said: dict[str, Any] = {}
    if last is not None:
        said = {name: getattr(last.row, name) for name in ("first_day", "last_day", "provided", "remark")}
    seat, number = found.journey.seat, last.row.number + 1 if last else 1
    draft = DelegateClaim(seat_id=seat.id, delegate_id=seat.delegate_id, number=number, **said)
    db.session.add(draft)
    db.session.flush()
    kept = [
        column.key for column in sa.inspect(ClaimPaper).columns if column.key not in ("id", "public_id", "claim_id")
    ]
    for paper in last.papers if last else ():
        if paper.file.erased_at is None:
            db.session.add(ClaimPaper(claim_id=draft.id, **{name: getattr(paper.row, name) for name in kept}))
    db.session.flush()
    return draft


def _add(found: ClaimOf, upload: Any, actor: Actor, **said: Any) -> None:
    draft = _draft(found)
    there = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(ClaimPaper.number)).where(ClaimPaper.claim_id == draft.id)
    ).one()
    if there[0] >= MOST_PAPERS:
        raise Conflict(lazy("A claim takes %(most)d papers. Call the travel officer.", most=MOST_PAPERS))
    stored: File = storing.put(upload, actor=actor, subject=draft, kinds=PHOTOGRAPHS, handed_in=False)
    if "line" in said and stored.sha256 in {paper.file.sha256 for paper in _receipts(found)}:
        raise Invalid(fields={"file": lazy("This file is in the claim already: add each receipt once.")})
    db.session.add(ClaimPaper(claim_id=draft.id, number=(there[1] or 0) + 1, file_id=stored.id, **said))
    _changed(draft)


def _changed(draft: DelegateClaim, **said: Any) -> None:
    same = DelegateClaim.id == draft.id, DelegateClaim.status == ClaimStatus.DRAFT
    if not update_where(DelegateClaim, *same, version=DelegateClaim.version + 1, changed_at=now(), **said):
        raise stale()


def _in_dollars(receipt: Receipt) -> dict[str, Any]:
    """The amount in cents of the dollar with the rate of the day that was used; nothing where no rate is known."""
    if receipt.currency == FUND_CURRENCY:
        return {"dollars_minor": receipt.amount_minor}
    try:
        rate = rate_for(receipt.currency, receipt.paid_on)
    except NoRate:
        return {}
    cents = to_usd(receipt.amount_minor, receipt.currency, rate.units_per_usd)
    kept = {"rate": rate.units_per_usd, "rate_on": rate.valid_from, "rate_source": rate.source}
    return {"dollars_minor": cents, **kept}


def _problems_of_days(days: Days) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if days.first_day is None:
        problems["first_day"] = _NO_DAY
    if days.last_day is None:
        problems["last_day"] = _NO_DAY
    if days.first_day is None or days.last_day is None:
        return problems
    if days.last_day < days.first_day or (days.last_day - days.first_day).days > LONGEST:
        problems["last_day"] = lazy("The last day comes after the first, at most a year later.")
    elif days.last_day > today():
        problems["last_day"] = lazy("This day lies ahead: enter it once it has come.")
    return problems


_NO_DAY = lazy("Enter the date.")


def _problems_of_receipt(receipt: Receipt, found: ClaimOf) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    begins = found.journey.person.arrives_on or found.session.starts_on
    if receipt.line not in receipt_lines(found.journey.money.pays()):
        problems["line"] = lazy("This fund does not pay that line of your journey.")
    if not shown(receipt.what):
        problems["what"] = lazy("Say in a few words what it was.")
    if receipt.paid_on is None:
        problems["paid_on"] = _NO_DAY
    elif receipt.paid_on > today():
        problems["paid_on"] = lazy("This day lies ahead: enter it once it has come.")
    elif begins is not None and receipt.paid_on < begins - OLDEST:
        problems["paid_on"] = lazy("This day is more than two years before the journey: look at the year.")
    if not is_currency(receipt.currency):
        problems["currency"] = lazy("Enter a currency by its code of three letters.")
    elif receipt.amount_minor <= 0:
        problems["amount"] = lazy("Enter an amount.")
    if not problems and shown(receipt.number) and _said_of(receipt) in map(_said_of_row, _receipts(found)):
        problems["number"] = lazy("A receipt with this number, day and amount is in the claim already.")
    return problems


def _receipts(found: ClaimOf) -> list[Paper]:
    """The receipts of what is prepared, or of the version with which it begins."""
    claim = found.draft or found.sent
    return [paper for paper in claim.receipts if paper.file.erased_at is None] if claim else []


def _said_of(receipt: Receipt) -> tuple[Any, ...]:
    return shown(receipt.number).casefold(), receipt.paid_on, receipt.amount_minor, receipt.currency


def _said_of_row(paper: Paper) -> tuple[Any, ...]:
    row = paper.row
    return row.receipt_number.casefold(), row.paid_on, row.amount_minor, row.currency
