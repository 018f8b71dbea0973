"""The estimates of a delegation as pages show them: line by line, what each costs whom, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.costs import Estimate, Line, Payer, sentences
from tracker.costs.book import Book
from tracker.languages.formatting import format_money
from tracker.money import FUND_CURRENCY
from tracker.participation.estimating import estimates_of
from tracker.participation.lifecycle import PAYER_LABELS, REPLACED, seated
from tracker.participation.models import Delegate
from tracker.participation.support.lifecycle import PAID_LINES
from tracker.participation.support.terms import Support


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: `amount` is what the fund pays, empty where that is not known; `reasons` explain it, `missing` says
    what it lacks."""

    label: str
    amount: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownEstimate:
    """One person's estimate; `total` is empty while it is incomplete, `in_kind` where nobody else pays anything.
    `counts`: whether it is in the sum of the delegation."""

    delegate_id: int
    public_id: str
    name: str
    lines: tuple[ShownLine, ...]
    total: str
    in_kind: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Costing:
    """The estimates of a delegation in the State's order, without those who are replaced or do not come. `total` is the
    sum of the `counted` who can get a seat, empty while one of them is incomplete."""

    people: tuple[ShownEstimate, ...]
    total: str
    counted: int

    def named(self, public_id: str | None) -> ShownEstimate | None:
        """The estimate of one person by the public id; None for somebody new."""
        return next((one for one in self.people if one.public_id == public_id), None)

    def of(self, delegate_id: int) -> ShownEstimate | None:
        """The estimate of one person."""
        return next((one for one in self.people if one.delegate_id == delegate_id), None)


def costing(delegates: Sequence[Delegate], support: Support | None, *, book: Book | None = None) -> Costing | None:
    """What the seats of these people would cost; None while the session's support is not set up, or without people."""
    coming = [one for one in delegates if one.status not in REPLACED]
    if support is None or not coming:
        return None
    found = estimates_of(coming, support, book=book)
    counted = seated(coming, support.terms.seats_per_state)
    sums = [found[one.id].from_fund for one in counted]
    known = [cents for cents in sums if cents is not None]
    total = _money(sum(known)) if len(known) == len(sums) else ""
    return Costing(tuple(_person(one, found[one.id], one in counted) for one in coming), total, len(counted))


def _person(delegate: Delegate, estimate: Estimate, counts: bool) -> ShownEstimate:
    lines = tuple(_line(line, delegate) for line in estimate.lines)
    total = estimate.from_fund
    in_kind = _money(estimate.in_kind) if estimate.in_kind else ""
    said = "" if total is None else _money(total)
    return ShownEstimate(delegate.id, str(delegate.public_id), delegate.name, lines, said, in_kind, counts)


def _line(line: Line, delegate: Delegate) -> ShownLine:
    label = _(PAID_LINES[line.kind])
    known = "" if line.from_fund is None else _money(line.from_fund)
    missing = tuple(dict.fromkeys(sentences.lacks(one) for one in line.missing))
    reasons = [_one_line(sentences.explain(part)) for part in line.parts]
    if line.payer is not Payer.FUND:
        payer = delegate.payer_other if line.payer is Payer.OTHER else ""
        reasons.insert(0, _paid_by(payer or _(PAYER_LABELS[line.payer]), line.value))
        missing = ()
    return ShownLine(label, known, tuple(reasons), missing)


def _paid_by(payer: str, value: int | None) -> str:
    if value is None:
        return _("Paid by: %(payer)s", payer=payer)
    return _("Paid by: %(payer)s; worth %(amount)s", payer=payer, amount=_money(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _money(cents: int) -> str:
    return format_money(cents, FUND_CURRENCY)
