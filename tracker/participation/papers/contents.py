"""What is in each paper, as it is handed in and as it is opened again; and who hands it in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import By, Paper
from tracker.sealing.secrets import Secret


@dataclass(frozen=True, slots=True, repr=False)
class Passport(Secret):
    """A passport: the names as in it, the States by their ISO 3166 codes of three letters."""

    given_name: str
    family_name: str
    number: str
    issued_by: str
    nationality: str
    born_on: date
    valid_until: date

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Visa(Secret):
    """The visa for the journey, or that the person needs none for it."""

    needed: bool
    number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Access(Secret):
    """What somebody needs to take part: on the way, in the rooms, in documents."""

    needs: str


@dataclass(frozen=True, slots=True, repr=False)
class Payment(Secret):
    """How to pay somebody (`lifecycle.PaysBy`). By transfer: holder, bank, either an IBAN or another number of the
    account, the bank's code where it is known, and the account's currency."""

    by: str
    holder: str = ""
    bank: str = ""
    iban: str = ""
    account: str = ""
    bic: str = ""
    currency: str = ""


FIELD_LABELS: dict[str, dict[str, Any]] = {
    Paper.PASSPORT: {
        "given_name": lazy("Given name"),
        "family_name": lazy("Family name"),
        "number": lazy("Number of the passport"),
        "issued_by": lazy("Issued by"),
        "nationality": lazy("Nationality"),
        "born_on": lazy("Date of birth"),
        "valid_until": lazy("Valid until"),
    },
    Paper.VISA: {
        "needed": lazy("A visa is needed"),
        "number": lazy("Number of the visa"),
        "valid_from": lazy("Valid from"),
        "valid_until": lazy("Valid until"),
    },
    Paper.ACCESS: {"needs": lazy("Access needs")},
    Paper.PAYMENT: {
        "by": lazy("How to be paid"),
        "holder": lazy("Holder of the account"),
        "bank": lazy("Bank"),
        "iban": lazy("IBAN"),
        "account": lazy("Number of the account"),
        "bic": lazy("Code of the bank (BIC)"),
        "currency": lazy("Currency of the account"),
    },
}
"""Each field of each paper with its label, in the order in which it is read."""


@dataclass(frozen=True, slots=True)
class HandedBy:
    """Who hands something in, made by one of the three functions below: an officer from paper or mail, with what it
    was, or whoever opened the delegate's own page, with whose page it is."""

    who: By
    delegate_id: int | None = None
    source: str = ""
    received_on: date | None = None


def officer(source: str, received_on: date | None) -> HandedBy:
    """An officer, who enters what came: `source` says what it was and from whom."""
    return HandedBy(By.OFFICER, None, source, received_on)


def delegate(delegate_id: int) -> HandedBy:
    """The delegate, on their own page."""
    return HandedBy(By.DELEGATE, delegate_id)


def helper(delegate_id: int) -> HandedBy:
    """The helper whom the delegate named, on a page of their own: never bank data."""
    return HandedBy(By.HELPER, delegate_id)
