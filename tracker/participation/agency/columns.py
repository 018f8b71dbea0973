"""The agency's statement, column by column, and how a row of it is read."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.errors import Invalid
from tracker.imports.cells import code, read_amount, read_currency, read_day, storable
from tracker.imports.report import Finding, Remarks
from tracker.imports.tables import Row, fault_of_extra_cells
from tracker.languages.marking import N_, lazy
from tracker.languages.seen_text import one_line
from tracker.participation.agency.models import LineKindOfAgency

COLUMNS = {
    "statement": N_("reference of the statement, the same for all its rows; also read as “invoice”, “relevé”"),
    "date": N_("day of the statement, YYYY-MM-DD; also read as “statement date”"),
    "ticket": N_("number of the ticket, with or without the airline's three digits; also read as “ticket number”"),
    "kind": N_("sale, exchange, fee or refund; also read as “type”"),
    "amount": N_("amount; of a refund with or without a minus"),
    "currency": N_("ISO 4217 code of the currency"),
}
DAYS = ("date",)
_ALSO = {
    "statement": "invoice, reference, statement_number, statement_reference, relevé, facture, référence",
    "date": "statement_date, invoice_date, date_du_relevé",
    "ticket": "ticket_number, ticket_no, ticket_nr, document_number, numéro_de_billet, billet, n°_de_billet",
    "kind": "type, transaction, transaction_type, nature",
    "amount": "total, fare, montant",
    "currency": "curr, devise, monnaie",
}
NAMES = {**{name: name for name in COLUMNS}, **{a: name for name, all_ in _ALSO.items() for a in all_.split(", ")}}
"""Every heading that is understood, with the column that it means."""
_KINDS = {
    LineKindOfAgency.SALE: "sale, sales, ticket, issue, tktt, vente, émission",
    LineKindOfAgency.EXCHANGE: "exchange, reissue, change, exch, échange, réémission",
    LineKindOfAgency.FEE: "fee, fees, service fee, charge, frais",
    LineKindOfAgency.REFUND: "refund, rfnd, credit, remboursement, avoir",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split(", ")}
_WITH_AIRLINE = re.compile(r"(?:[A-Z]{2})?\d{3}(\d{10})\d?", re.ASCII)
_LONGEST_STATEMENT, _LONGEST_NUMBER = 80, 40


def folded(number: str) -> str:
    """The form in which numbers of tickets are compared: letters and digits alone, of a number of an airline without
    its three digits in front and the digit that proves it."""
    plain = "".join(char for char in code(number).upper() if char.isalnum())
    found = _WITH_AIRLINE.fullmatch(plain)
    return found[1] if found else plain


@dataclass(frozen=True, slots=True)
class Stated:
    """A row as it is understood; the amount is above zero, in minor units of its currency."""

    statement: str
    stated_on: date
    number: str
    ticket: str
    kind: str
    amount_minor: int
    currency: str

    @property
    def key(self) -> tuple[str, ...]:
        """What no two rows have in common: one sale for a ticket in a statement; of the rest the amount, too."""
        beside = () if self.kind == LineKindOfAgency.SALE else (str(self.amount_minor), self.currency)
        return self.statement, self.ticket, self.kind, *beside


def by_column(rows: list[Row]) -> list[Row]:
    """The rows with their cells under our names of the columns. Raises Invalid where one is missing or stands twice."""
    meant: dict[str, str] = {}
    for heading in rows[0][1] if rows else ():
        name = NAMES.get(heading)
        if name in meant:
            raise Invalid(
                lazy("Two columns hold the same: %(one)s and %(other)s. Keep one.", one=meant[name], other=heading)
            )
        if name is not None:
            meant[name] = heading
    if missing := [name for name in COLUMNS if name not in meant]:
        raise Invalid(lazy("The file needs the columns %(columns)s.", columns=", ".join(missing)))
    return [
        (number, {name: cells[meant[name]] for name in COLUMNS} | {k: v for k, v in cells.items() if k == ""})
        for number, cells in rows
    ]


def check(row: int, cells: dict[str, str], today: date) -> tuple[Stated | None, list[Finding]]:
    """A row of the statement, or None; with a finding for each field that has a fault."""
    remarks = Remarks(row, "")
    for field, reason, said in fault_of_extra_cells(cells):
        remarks.fault(field, reason, **said)
    statement = _text(cells, "statement", _LONGEST_STATEMENT, remarks)
    number = _text(cells, "ticket", _LONGEST_NUMBER, remarks)
    kind = _KIND_OF.get(" ".join(code(cells["kind"]).casefold().split()))
    if kind is None:
        remarks.fault("kind", N_("Write sale, exchange, fee or refund."))
    day = _day(cells, today, remarks)
    currency = read_currency(cells["currency"], "currency", remarks)
    amount = _amount(cells["amount"], kind, currency, remarks) if currency else None
    if remarks.refused or kind is None or day is None or amount is None or currency is None:
        return None, remarks.findings
    return Stated(statement, day, number, folded(number), kind, amount, currency), remarks.findings


def _text(cells: dict[str, str], field: str, longest: int, remarks: Remarks) -> str:
    text = " ".join(one_line(storable(cells[field])).split())
    if not text or (field == "ticket" and not folded(text)):
        remarks.fault(field, N_("This cell is empty."))
    elif len(text) > longest:
        remarks.fault(
            field, N_("The text has %(length)d characters; at most %(most)d."), length=len(text), most=longest
        )
    return text


def _day(cells: dict[str, str], today: date, remarks: Remarks) -> date | None:
    if not cells["date"].strip():
        remarks.fault("date", N_("The row has no date."))
        return None
    day = read_day(cells["date"], "date", remarks)
    if day is not None and day > today:
        remarks.fault("date", N_("This day lies ahead."))
        return None
    return day


def _amount(text: str, kind: str | None, currency: str, remarks: Remarks) -> int | None:
    """The amount; what comes back is written with a minus, in brackets, or plainly."""
    written = code(text).replace("−", "-")
    if kind == LineKindOfAgency.REFUND:
        written = written.removeprefix("-").removeprefix("(").removesuffix(")")
    return read_amount(written, currency, "amount", remarks)
