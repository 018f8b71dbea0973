"""What can be taken from a record, and what must be said about it. Rules only; the database is asked before."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tracker import money
from tracker.assistance.fields import table
from tracker.assistance.fields.shape import LONGEST_TEXT
from tracker.assistance.imported.incoming import Incoming
from tracker.assistance.lifecycle import Kind, Marking
from tracker.imports.cells import code, read_amount, read_currency, read_day, storable
from tracker.imports.comparing import content_hash
from tracker.imports.report import Finding, Remarks
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import N_
from tracker.languages.seen_text import one_line
from tracker.reference.names import find_state

_LONGEST_NAME = 200
_MOST_BENEFICIARIES = 100
_IDENTITY = {"source_id": ("id", 120), "source": ("source", 80)}
_CUT = N_("The text has %(length)d characters; %(most)d were kept.")


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """What the database knows: area codes, IATI sectors to areas, sessions by code, and today."""

    areas: frozenset[str]
    sectors: dict[str, str]
    sessions: dict[str, int]
    today: date
    invented: bool = False  # States of the demonstration are recognised too


@dataclass(slots=True)
class ImportableRecord:
    """A record that can be imported: columns of the request, and what belongs to it."""

    row: int
    iso3: str
    values: dict[str, Any]
    areas: list[str]
    beneficiaries: list[str]
    hash: str


def check(incoming: Incoming, known: ReferenceData) -> tuple[ImportableRecord | None, list[Finding]]:
    """The record as columns, or None; with a finding for each field that has a fault, or for each change."""
    unstorable = _make_storable(incoming)
    remarks = Remarks(incoming.row, incoming.source_id.strip()[:120])
    for name in unstorable:
        remarks.change(name, N_("A character that cannot be stored was taken out."))
    for field, reason, said in incoming.faults:
        remarks.fault(field, reason, **said)
    for field, reason, said in incoming.changes:
        remarks.change(field, reason, **said)
    iso3 = _state(incoming.state, known, remarks)
    values = {**_identity(incoming, remarks), **_facts(incoming, known, remarks)}
    areas = _areas(incoming, known, remarks)
    beneficiaries = _beneficiaries(incoming, remarks)
    if remarks.refused:
        return None, remarks.findings
    # Empty answers do not count, so that a row stays what it was when the requests are given one field more.
    digest = content_hash(iso3, {name: said for name, said in values.items() if said}, areas, beneficiaries)
    return ImportableRecord(incoming.row, iso3, values, areas, beneficiaries, digest), remarks.findings


def _make_storable(incoming: Incoming) -> list[str]:
    """Take out what no database can hold, wherever it stands; gives the fields that it stood in."""
    changed = []
    for name in (field.name for field in fields(incoming)):
        value = getattr(incoming, name)
        if name == "words":
            incoming.words = {column: storable(text) for column, text in value.items()}
            changed += [column for column, text in value.items() if incoming.words[column] != text]
            continue
        if isinstance(value, str):
            plain: Any = storable(value)
        elif name == "texts":
            plain = [(field, language, storable(text)) for field, language, text in value]
        elif name in ("areas", "beneficiaries", "sectors"):
            plain = [storable(text) for text in value]
        else:
            continue
        if plain != value:
            setattr(incoming, name, plain)
            changed.append("id" if name == "source_id" else name)
    return changed


def _identity(incoming: Incoming, remarks: Remarks) -> dict[str, str]:
    """Source and id. They are never cut: two long ones could become the same."""
    found = {}
    for name, (field, most) in _IDENTITY.items():
        found[name] = text = getattr(incoming, name).strip()
        if not text:
            remarks.fault(field, N_("The row has no identifier."))
        elif len(text) > most:
            remarks.fault(
                field, N_("The text has %(length)d characters; at most %(most)d."), length=len(text), most=most
            )
    return found


def _facts(incoming: Incoming, known: ReferenceData, remarks: Remarks) -> dict[str, Any]:
    most = table.text_columns()
    title = one_line(_text("title", incoming.title, most.pop("title"), remarks))
    if not title:
        remarks.fault("title", N_("The row has no title."))
    kind = _choice("kind", incoming.kind, list(Kind), remarks)
    language = _choice("language", incoming.language, list(LANGUAGES), remarks)
    amount, currency = _amount(incoming, language, remarks)
    return {
        "kind": kind,
        "language": language,
        "marking": _choice("marking", incoming.marking, list(Marking), remarks),
        "title": title,
        **{name: _text(name, incoming.words.get(name, ""), longest, remarks) for name, longest in most.items()},
        **_days(incoming, known, remarks),
        "amount_minor": amount,
        "currency": currency or "USD",
        "session_id": _session(incoming, kind, known, remarks),
        "source_texts": _versions(incoming, remarks),
    }


def _days(incoming: Incoming, known: ReferenceData, remarks: Remarks) -> dict[str, date | None]:
    starts_on = read_day(incoming.starts_on, "starts_on", remarks)
    ends_on = read_day(incoming.ends_on, "ends_on", remarks)
    submitted_on = read_day(incoming.submitted_on, "submitted_on", remarks)
    if starts_on and ends_on and ends_on < starts_on:
        remarks.fault("ends_on", N_("The end lies before the start."))
    if submitted_on and submitted_on > known.today:
        remarks.fault("submitted_on", N_("The date of the request lies in the future."))
    return {"starts_on": starts_on, "ends_on": ends_on, "submitted_on": submitted_on}


def _state(text: str, known: ReferenceData, remarks: Remarks) -> str:
    """The State's code; empty when there is a fault."""
    iso3 = find_state(text, invented=known.invented) if "|" not in text else None
    if iso3 is None:
        if not text.strip():
            remarks.fault("state", N_("The row names no State."))
        elif "|" in text:
            remarks.fault("state", N_("The row names several States; a request is one State's."))
        else:
            remarks.fault("state", N_("The State is not known: %(text)s."), text=text.strip()[:60])
    return iso3 or ""


def _text(name: str, text: str, most: int, remarks: Remarks) -> str:
    if len(text) > most:
        remarks.change(name, _CUT, length=len(text), most=most)
    return text[:most]


def _versions(incoming: Incoming, remarks: Remarks) -> list[list[str]] | None:
    """The texts in further languages."""
    for field, _language, text in incoming.texts:
        if len(text) > LONGEST_TEXT:
            remarks.change(field, _CUT, length=len(text), most=LONGEST_TEXT)
    return [[field, language, text[:LONGEST_TEXT]] for field, language, text in incoming.texts] or None


def _choice(name: str, text: str, allowed: list[Any], remarks: Remarks) -> str:
    value = code(text).lower()
    if value not in allowed:
        listed = ", ".join(map(str, allowed))
        remarks.fault(name, N_("“%(text)s” is not one of: %(allowed)s."), text=text.strip()[:40], allowed=listed)
    return value


def _amount(incoming: Incoming, language: str, remarks: Remarks) -> tuple[int | None, str]:
    """The amount in minor units, None when the row names none, and its currency."""
    if not incoming.amount.strip():
        named = code(incoming.currency).upper()
        return None, named if money.is_currency(named) else ""
    currency = read_currency(incoming.currency, "currency", remarks)
    typed_in = None if incoming.by_machine else language
    # Without a currency the figure is looked at all the same, so that both faults are told at once.
    return read_amount(incoming.amount, currency or "USD", "amount", remarks, language=typed_in), currency or ""


def _session(incoming: Incoming, kind: str, known: ReferenceData, remarks: Remarks) -> int | None:
    name = code(incoming.session)
    if kind != Kind.PARTICIPATION or not name:
        return None
    if name not in known.sessions:
        remarks.fault("session", N_("The session is not known: %(text)s."), text=name[:40])
    return known.sessions.get(name)


def _areas(incoming: Incoming, known: ReferenceData, remarks: Remarks) -> list[str]:
    named = {code(text) for text in incoming.areas} - {""}
    if unknown := ", ".join(sorted(named - known.areas)):
        remarks.change("areas", N_("The area is not known and was left out: %(text)s."), text=unknown[:80])
    return sorted(
        named & known.areas | {known.sectors[sector] for sector in incoming.sectors if sector in known.sectors}
    )


def _beneficiaries(incoming: Incoming, remarks: Remarks) -> list[str]:
    names = [name.strip() for name in incoming.beneficiaries if name.strip()]
    if len(names) > _MOST_BENEFICIARIES:
        remarks.fault("beneficiaries", N_("The row names more than %(most)d authorities."), most=_MOST_BENEFICIARIES)
    longest = max(map(len, names), default=0)
    if longest > _LONGEST_NAME:
        remarks.change("beneficiaries", _CUT, length=longest, most=_LONGEST_NAME)
    return [name[:_LONGEST_NAME] for name in names[:_MOST_BENEFICIARIES]]
