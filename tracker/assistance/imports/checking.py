"""What can be taken from a record, and what must be said about it. Rules only; the database is asked before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker import money
from tracker.assistance.imports.incoming import Incoming
from tracker.assistance.lifecycle import Kind, Marking
from tracker.i18n import LANGUAGES, N_
from tracker.intake.comparing import content_hash
from tracker.intake.report import Done, Finding
from tracker.reference.names import find_state

_TEXTS = ("problem", "objectives", "expected_results", "human_rights", "earlier_assistance", "place")
_LONGEST = {"title": 300, "place": 200, "source_id": 120, "source": 80}
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: area codes, IATI sectors to areas, sessions by code, and today."""

    areas: frozenset[str]
    sectors: dict[str, str]
    sessions: dict[str, int]
    today: date
    invented: bool = False  # States of the demonstration are recognised too


@dataclass(slots=True)
class Taken:
    """A record that can be imported: columns of the request, and what belongs to it."""

    row: int
    iso3: str
    values: dict[str, Any]
    areas: list[str]
    beneficiaries: list[str]
    hash: str


class _Refused(Exception):
    """The record cannot be taken: `finding` says why."""

    def __init__(self, field: str, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.field, self.reason, self.values = field, reason, values


def check(incoming: Incoming, known: Known) -> tuple[Taken | None, list[Finding]]:
    """The record as columns, or None; with a finding for everything that was refused or changed."""
    changes: list[tuple[str, str, dict[str, Any]]] = []
    try:
        taken = _take(incoming, known, changes)
    except _Refused as refused:
        return None, [
            Finding(incoming.row, refused.field, refused.reason, Done.SKIPPED, refused.values, incoming.source_id[:120])
        ]
    return taken, [
        Finding(incoming.row, field, reason, Done.CHANGED, values, incoming.source_id)
        for field, reason, values in changes
    ]


def _take(incoming: Incoming, known: Known, changes: list[tuple[str, str, dict[str, Any]]]) -> Taken:
    if not incoming.source_id:
        raise _Refused("id", N_("The row has no identifier."))
    iso3 = _state(incoming.state, known)
    title = _text(incoming, "title", changes)
    if not title:
        raise _Refused("title", N_("The row has no title."))
    kind = _choice("kind", incoming.kind, list(Kind))
    starts_on, ends_on = _day("starts_on", incoming.starts_on), _day("ends_on", incoming.ends_on)
    if starts_on and ends_on and ends_on < starts_on:
        raise _Refused("ends_on", N_("The end lies before the start."))
    submitted_on = _day("submitted_on", incoming.submitted_on)
    if submitted_on and submitted_on > known.today:
        raise _Refused("submitted_on", N_("The date of the request lies in the future."))
    amount, currency = _amount(incoming)
    values = {
        "kind": kind,
        "language": _choice("language", incoming.language, list(LANGUAGES)),
        "marking": _choice("marking", incoming.marking, list(Marking)),
        "title": title,
        **{name: _text(incoming, name, changes) for name in _TEXTS},
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount_minor": amount,
        "currency": currency or "USD",
        "session_id": _session(incoming, kind, known),
        "source": incoming.source[: _LONGEST["source"]],
        "source_id": incoming.source_id[: _LONGEST["source_id"]],
        "source_texts": [list(text) for text in incoming.texts] or None,
        "submitted_on": submitted_on,
    }
    areas = _areas(incoming, known, changes)
    beneficiaries = [name.strip()[:200] for name in incoming.beneficiaries]
    return Taken(incoming.row, iso3, values, areas, beneficiaries, content_hash(iso3, values, areas, beneficiaries))


def _state(text: str, known: Known) -> str:
    if not text.strip():
        raise _Refused("state", N_("The row names no State."))
    if "|" in text:
        raise _Refused("state", N_("The row names several States; a request is one State's."))
    iso3 = find_state(text, invented=known.invented)
    if iso3 is None:
        raise _Refused("state", N_("The State is not known: %(text)s."), text=text.strip()[:60])
    return iso3


def _text(incoming: Incoming, name: str, changes: list[tuple[str, str, dict[str, Any]]]) -> str:
    text = getattr(incoming, name)
    if "\x00" in text:  # PostgreSQL cannot store it
        text = text.replace("\x00", "")
        changes.append((name, N_("A character that cannot be stored was taken out."), {}))
    most = _LONGEST.get(name, _LONGEST_TEXT)
    if len(text) > most:
        changes.append(
            (name, N_("The text has %(length)d characters; %(most)d were kept."), {"length": len(text), "most": most})
        )
        text = text[:most]
    return text.strip() if name == "title" else text


def _choice(name: str, text: str, allowed: list[Any]) -> str:
    value = text.strip().lower()
    if value not in allowed:
        raise _Refused(
            name,
            N_("“%(text)s” is not one of: %(allowed)s."),
            text=text.strip()[:40],
            allowed=", ".join(map(str, allowed)),
        )
    return str(value)


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise _Refused(name, N_("“%(text)s” is no date of the form YYYY-MM-DD."), text=text.strip()[:40]) from None


def _amount(incoming: Incoming) -> tuple[int | None, str]:
    """The amount in minor units, None when the row names none. Zero and negative amounts are refused."""
    text, currency = incoming.amount.strip(), incoming.currency.strip().upper()
    if not text:
        return None, currency if money.is_currency(currency) else ""
    if not currency:
        raise _Refused("currency", N_("The amount has no currency."))
    if not money.is_currency(currency):
        raise _Refused("currency", N_("The currency is not known: %(text)s."), text=currency[:10])
    try:
        major = Decimal(text.replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    except ArithmeticError:
        raise _Refused("amount", N_("“%(text)s” is no amount."), text=text[:40]) from None
    if not major.is_finite() or major <= 0:
        raise _Refused("amount", N_("The amount must be above zero; it is %(text)s."), text=text[:40])
    minor = (major * 10 ** money.digits(currency)).to_integral_value()
    if minor > 10**15 or minor < 1:
        raise _Refused("amount", N_("The amount is beyond what can be kept: %(text)s."), text=text[:40])
    return int(minor), currency


def _session(incoming: Incoming, kind: str, known: Known) -> int | None:
    code = incoming.session.strip()
    if kind != Kind.PARTICIPATION or not code:
        return None
    if code not in known.sessions:
        raise _Refused("session", N_("The session is not known: %(text)s."), text=code[:40])
    return known.sessions[code]


def _areas(incoming: Incoming, known: Known, changes: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    found = {known.sectors[code] for code in incoming.sectors if code in known.sectors}
    for code in (text.strip() for text in incoming.areas):
        if code in known.areas:
            found.add(code)
        else:
            changes.append(("areas", N_("The area is not known and was left out: %(text)s."), {"text": code[:40]}))
    return sorted(found)
