"""What the travel officer types about a journey that is over, and the reasons of the office."""

from datetime import date
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import StopValidation

from tracker.costs.lines import LineKind
from tracker.languages.formatting import format_amount
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.claims.queries import Claim
from tracker.participation.settling.claimed import as_claimed, is_new, mark_of
from tracker.participation.settling.dues import was_made
from tracker.participation.settling.lifecycle import BY_INVOICE, Billed, Entry, Spent
from tracker.participation.settling.queries import Settling
from tracker.participation.travel.by_day import as_plain, as_ticks, days_between, from_plain, read_ticks
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm, MoneyField, VersionField, read_cents
from tracker.web.reason_field import reason
from tracker.web.text_fields import line, paragraphs

_DAYS = ("arrives_on", "leaves_on")


class EntryForm(KeptForm):
    """How a journey went, and what was billed; for each line by invoice there are two fields more (below the class)."""

    claim = VersionField()
    arrives_on = DayField(lazy("Arrived on"), description=lazy("At the place of the session."))
    leaves_on = DayField(lazy("Left on"), description=lazy("At the place of the session."))
    provided = SelectMultipleField(lazy("Provided by somebody else"), validate_choice=False)
    remark = paragraphs(
        lazy("What differs, and why"),
        2_000,
        description=lazy("Needed where something comes back. Where the State owes it, the State reads this."),
    )

    answer = paragraphs(
        lazy("Answer to the delegate"),
        2_000,
        description=lazy("Needed where something else is accepted than was claimed. The delegate reads it."),
    )

    @classmethod
    def showing(cls, one: Settling, claim: Claim | None) -> "EntryForm":
        """The form for a seat: what was claimed and is not answered, or entered before, else what was planned and
        paid."""
        form = cls(data=_said(one, claim), version=str(one.seat.version), claim=mark_of(claim))
        unasked = set() if was_made(one) else {*_DAYS, "provided"}
        lines = set() if one.state_bears else {shown.kind for shown in one.lines}
        unasked |= {f"{kind}_{part}" for kind in BY_INVOICE if kind not in lines for part in ("amount", "invoice")}
        unasked |= set() if claim else {"answer"}
        for name in unasked:
            del form[name]
        return form

    @property
    def bills(self) -> list[tuple[Any, Any, Any]]:
        """Each line by invoice with its name and its two fields."""
        return [
            (LINE_LABELS[kind], self[f"{kind}_amount"], self[f"{kind}_invoice"])
            for kind in BY_INVOICE
            if f"{kind}_amount" in self
        ]

    @property
    def asks_for_days(self) -> bool:
        """Whether there was a journey."""
        return "arrives_on" in self

    @property
    def days(self) -> list[date]:
        """The days on which something can be ticked: as they are typed."""
        return days_between(*(self[name].data for name in _DAYS))

    def validate(self, extra_validators: Any = None) -> bool:
        """Amounts are read in dollars."""
        fine = bool(super().validate(extra_validators))
        self.amounts = {}
        for kind in BY_INVOICE:
            if f"{kind}_amount" in self:
                self.amounts[kind] = _minor(self[f"{kind}_amount"])
        return fine and None not in self.amounts.values()

    amounts: dict[LineKind, int | None]

    def entry(self) -> Entry:
        """What was typed, as the services take it; only after validation."""
        days: dict[str, Any] = {name: self[name].data for name in _DAYS if name in self}
        ticks = self["provided"].data if "provided" in self else ()
        bills = {
            str(kind): Billed(amount or 0, self[f"{kind}_invoice"].data or "") for kind, amount in self.amounts.items()
        }
        answer = (self["answer"].data or "") if "answer" in self else ""
        provided = read_ticks(ticks, *(days.get(name) for name in _DAYS))
        return Entry(Spent(**days, provided=provided), bills, self.remark.data or "", answer, self.claim.data or "")


def _minor(field: Any) -> int | None:
    """The amount of a field; None, with the sentence at the field, where there is none."""
    try:
        amount: int | None = field.minor(FUND_CURRENCY)
    except StopValidation as reason:
        field.errors = [*field.errors, str(reason)]
        return None
    if amount is None:
        field.errors = [*field.errors, lazy("Enter an amount.")]
    return amount


def _said(one: Settling, claim: Claim | None) -> dict[str, Any]:
    """What stands in the form at first, by the names of its fields."""
    fresh = is_new(claim) and was_made(one)
    kept, usual = one.settlement, as_claimed(one, claim if fresh else None)
    spent = usual.spent
    said: dict[str, Any] = {"answer": claim.row.answer} if claim else {}
    if kept is not None:
        said["remark"] = kept.remark
    if kept is not None and not fresh:
        spent = Spent(kept.arrives_on, kept.leaves_on, from_plain(kept.provided)) if not one.days_changed else spent
    said |= {name: getattr(spent, name) for name in _DAYS} | {"provided": as_ticks(as_plain(spent.provided))}
    for shown in one.lines:
        if shown.kind in BY_INVOICE:
            bill = usual.bills[shown.kind]
            if shown.due_minor is not None and not (fresh and claim and shown.kind in claim.totals):
                bill = Billed(shown.due_minor, shown.invoice)
            said[f"{shown.kind}_amount"] = format_amount(bill.amount_minor, FUND_CURRENCY)
            said[f"{shown.kind}_invoice"] = bill.invoice
    return said


for _kind in BY_INVOICE:
    setattr(EntryForm, f"{_kind}_amount", MoneyField(lazy("Due by invoice")))
    setattr(EntryForm, f"{_kind}_invoice", line(lazy("Number of the invoice, or finance reference"), 120))


class PressForm(KeyedForm):
    """A form without fields: the button confirms."""


class SettleForm(KeyedForm):
    """The button that settles a seat; `seen` is what is owed back by the page on which it stands, in cents."""

    seen = HiddenField()

    @property
    def seen_minor(self) -> int:
        """What whoever presses has read; -1, which is never owed, where that was not sent."""
        seen = read_cents(self.seen.data)
        return -1 if seen is None else seen


class WriteOffForm(KeptForm):
    """Why a claim is given up."""

    reason = reason(lazy("Reason"), lazy("Read by whoever confirms it."))


class EndUnfundedForm(KeptForm):
    """The published rule by which States had no seat."""

    rule = reason(lazy("The published rule"), lazy("Each of these States reads it."))
