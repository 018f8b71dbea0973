"""Statements of a bank in camt.053 (ISO 20022): booked entries with their details. Of whom and which account is not
kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from tracker.errors import Invalid
from tracker.imports.cells import code, read_amount, read_currency, storable
from tracker.imports.reading import Source, xml_root
from tracker.imports.report import Finding, Remarks
from tracker.languages.marking import N_, lazy
from tracker.languages.seen_text import one_line
from tracker.reconciling.columns import MOST_ROWS, Stated, past_day

_NOTHING = {"", "NOTPROVIDED", "NONREF"}
_REFERENCES = ("Refs/EndToEndId", "Refs/InstrId", "Refs/TxId", "Refs/AcctSvcrRef")
_DAYS = ("ValDt/Dt", "ValDt/DtTm", "BookgDt/Dt", "BookgDt/DtTm")
Item = tuple[int, dict[str, str]]


def items(source: Source) -> list[Item]:
    """The booked entries as cells by our names, a row for each detail where an entry has several. Raises Invalid."""
    root = xml_root(source)
    if "camt.053" not in (etree.QName(root).namespace or ""):
        raise Invalid(lazy("This XML file is no statement of a bank in camt.053."))
    found: list[Item] = []
    for statement in root.iter("{*}Stmt"):
        for entry in _all(statement, "Ntry"):
            if _text(entry, "Sts") in ("PDNG", "INFO") or _text(entry, "Sts/Cd") in ("PDNG", "INFO"):
                continue
            of_entry = _of_entry(entry, _text(statement, "Id"))
            found += [(len(found) + number, cells) for number, cells in enumerate(of_entry, start=1)]
            if len(found) > MOST_ROWS:
                return found  # more than are taken: the rest is not read
    return found


def _of_entry(entry: Any, statement: str) -> Iterator[dict[str, str]]:
    """An entry of a statement, or each of its details where all have an amount of their own in its currency."""
    details = [one for group in _all(entry, "NtryDtls") for one in _all(group, "TxDtls")]
    amounts = [_amount_of(one) for one in details]
    currency = _first(entry, "Amt")
    own = currency.get("Ccy", "") if currency is not None else ""
    apart = len(details) > 1 and all(one is not None and one.get("Ccy", "") == own for one in amounts)
    reference = _text(entry, "NtryRef")  # many banks count it from 1 in each statement
    number = _text(entry, "AcctSvcrRef") or (f"{statement} {reference}".strip() if reference else "")
    day = next((text for path in _DAYS if (text := _text(entry, path))), "")
    for place, detail in enumerate(details if apart else details if len(details) == 1 else [None]):
        amount = amounts[place] if apart else currency
        direction = (_text(detail, "CdtDbtInd") if apart else "") or _text(entry, "CdtDbtInd")
        yield {
            "reference": _reference(detail) or _text(entry, "AcctSvcrRef") or reference,
            "day": day[:10],
            "amount": (amount.text or "") if amount is not None else "",
            "currency": own,
            "direction": direction,
            "entry": f"{number}/{place}" if number and apart else number,
        }


def _amount_of(detail: Any) -> Any:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        if (found := _first(detail, path)) is not None:
            return found
    return None


def _reference(detail: Any) -> str:
    found = (_text(detail, path) for path in _REFERENCES) if detail is not None else ()
    return next((one for one in found if one.upper() not in _NOTHING), "")


def _first(element: Any, path: str) -> Any:
    return element.find("/".join(f"{{*}}{part}" for part in path.split("/")))


def _all(element: Any, name: str) -> list[Any]:
    return list(element.findall(f"{{*}}{name}"))


def _text(element: Any, path: str) -> str:
    found = _first(element, path) if element is not None else None
    return " ".join(one_line(storable((found.text or "") if found is not None else "")).split())


def check(row: int, cells: dict[str, str], today: date) -> tuple[Stated | None, list[Finding]]:
    """A booked entry, or None; with a finding for each field that has a fault."""
    remarks = Remarks(row, cells["entry"][:64])
    day = past_day(cells["day"], today, remarks)
    currency = read_currency(cells["currency"], "currency", remarks)
    amount = read_amount(code(cells["amount"]), currency, "amount", remarks) if currency else None
    if cells["direction"] not in ("CRDT", "DBIT"):
        remarks.fault("direction", N_("The entry says neither that it is a credit nor that it is a debit."))
    if remarks.refused or day is None or currency is None or amount is None:
        return None, remarks.findings
    is_out = cells["direction"] == "DBIT"
    return Stated(cells["reference"][:120], day, amount, currency, is_out, "", cells["entry"][:64]), remarks.findings
