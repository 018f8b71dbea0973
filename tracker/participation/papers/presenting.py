"""What was opened, in words: each field with its label."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.participation.papers.contents import FIELD_LABELS
from tracker.participation.papers.lifecycle import PAYS_BY_LABELS, Paper
from tracker.participation.papers.services.reading_proofs import Proof
from tracker.reference.names import state_name

_DAYS = ("born_on", "valid_from", "valid_until")
_STATES = ("issued_by", "nationality")


def in_words(paper: Paper, content: dict[str, Any]) -> list[tuple[Any, str]]:
    """The fields of a paper that say something, as label and words."""
    words = [(label, field_in_words(name, content.get(name))) for name, label in FIELD_LABELS[paper].items()]
    return [(label, said) for label, said in words if said]


def field_in_words(name: str, value: Any) -> str:
    """The value of a field in words; empty where it says nothing."""
    if name == "needed":
        return _("Yes") if value else _("No")
    if not value:
        return ""
    if name in _DAYS:
        return format_day(date.fromisoformat(value))
    if name in _STATES:
        return state_name(value, current_language()) or value
    return str(PAYS_BY_LABELS[value]) if name == "by" else str(value)


def proof_in_words(proof: Proof) -> tuple[str, list[tuple[Any, str]]]:
    """A payment as a title, and the account to which it went as label and words."""
    labels, account = FIELD_LABELS[Paper.PAYMENT], proof.account
    rows = [(labels[name], account[name]) for name in ("holder", "bank", "currency")]
    if account.get("late"):
        rows.append((_("Named"), _("on the day of payment or later: compare it with the finance system")))
    title = _("Payments to this account")
    if proof.value_date is not None:
        sums = {"amount": format_money(proof.amount_minor, FUND_CURRENCY), "day": format_day(proof.value_date)}
        title = _("%(amount)s on %(day)s, %(reference)s", reference=proof.reference, **sums)
    return title, [*rows, (_("The number ends with"), account["ends_with"])]
