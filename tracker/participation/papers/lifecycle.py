"""Which papers a delegate hands in, what is doubted of a passport, and when all goes. Pure, knows no database."""

import enum
import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from tracker.costs.lines import LineKind
from tracker.languages.marking import N_, lazy
from tracker.search.folding import flatten

ERASED_AFTER = timedelta(days=90)
"""How long after the settlement of the seat papers are kept (product.md, "Participation")."""
EVIDENCE_IS_KEPT_YEARS = 7
"""How long after that what proves a payment is kept: what an agreement asks where it says nothing else."""


class Paper(enum.StrEnum):
    """What is handed in."""

    PASSPORT = "passport"
    VISA = "visa"
    ACCESS = "access"
    PAYMENT = "payment"


PAPER_LABELS: dict[str, str] = {
    Paper.PASSPORT: N_("Passport"),
    Paper.VISA: N_("Visa"),
    Paper.ACCESS: N_("Access needs"),
    Paper.PAYMENT: N_("How to be paid"),
}


EVIDENCE = "evidence"
OPENED_LABELS: dict[str, str] = {**PAPER_LABELS, EVIDENCE: N_("What proves payments")}
"""What somebody of the office can open."""


class By(enum.StrEnum):
    """Who handed something in."""

    DELEGATE = "delegate"
    HELPER = "helper"
    OFFICER = "officer"


BY_LABELS: dict[str, Any] = {
    By.DELEGATE: lazy("by the delegate"),
    By.HELPER: lazy("by the helper whom the delegate named"),
    By.OFFICER: lazy("by the office, from paper or mail"),
}


class PaysBy(enum.StrEnum):
    """How a delegate wants to be paid."""

    TRANSFER = "transfer"
    ARRIVAL = "arrival"


PAYS_BY_LABELS: dict[str, Any] = {
    PaysBy.TRANSFER: lazy("To an account of a bank"),
    PaysBy.ARRIVAL: lazy("On arrival"),
}


class Doubt(enum.StrEnum):
    """What does not agree in a passport that was handed in: the officer decides whether it serves all the same."""

    NAME = "name"
    NATIONALITY = "nationality"
    VALIDITY = "validity"


DOUBT_LABELS: dict[str, Any] = {
    Doubt.NAME: lazy("The name in the passport is not the one that was nominated."),
    Doubt.NATIONALITY: lazy("The nationality in the passport is not the one that was nominated."),
    Doubt.VALIDITY: lazy("The passport is not valid as long after the journey as the session asks."),
}


def asked(*, visa_days: int, paid_lines: Collection[str], on_arrival: bool) -> frozenset[Paper]:
    """What must be handed in: a passport by everybody, a visa where one is needed, how to be paid where the fund pays
    something to the person and the office has not recorded that it is handed over on arrival. Access needs are said by
    whoever has some."""
    found = {Paper.PASSPORT}
    if visa_days:
        found.add(Paper.VISA)
    if not on_arrival and {LineKind.ALLOWANCE, LineKind.TERMINALS}.intersection(paid_lines):
        found.add(Paper.PAYMENT)
    return frozenset(found)


def missing(asked_for: Collection[Paper], handed_in: Collection[str]) -> tuple[Paper, ...]:
    """What is asked and not there, in the order of `Paper`."""
    return tuple(paper for paper in Paper if paper in asked_for and paper not in handed_in)


def doubts(
    *, names: tuple[str, str], nationalities: tuple[str, str | None], valid_until: date, least: date | None
) -> tuple[Doubt, ...]:
    """What does not agree in a passport: `names` and `nationalities` are as in it and as nominated, `least` is the day
    until which it must be valid; without that day nobody can say that it is valid long enough."""
    in_it, nominated = (sorted(flatten(name).split()) for name in names)
    found = []
    if in_it != nominated:
        found.append(Doubt.NAME)
    if nationalities[0] != nationalities[1]:
        found.append(Doubt.NATIONALITY)
    if least is None or valid_until < least:
        found.append(Doubt.VALIDITY)
    return tuple(found)


def passport_serves_until(leaves_on: date | None, months: int) -> date | None:
    """The day until which a passport must be valid at least, so many months after the journey as the session asks; None
    while nobody can say it."""
    return months_after(leaves_on, months) if leaves_on else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def erased_on(last: Iterable[date]) -> date | None:
    """The day on which papers go: 90 days after the last of these (settlements, ends of seats); None without any."""
    days = list(last)
    return max(days) + ERASED_AFTER if days else None


def plain(text: str) -> str:
    """A number as it is compared: without blanks and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_document_number(text: str) -> bool:
    """Whether this can be the number of a passport or visa (ICAO Doc 9303: letters and digits)."""
    return re.fullmatch(r"[A-Z0-9]{3,20}", plain(text)) is not None


def is_iban(text: str) -> bool:
    """Whether the check digits of an account's number are right (ISO 13616, modulo 97 of ISO 7064)."""
    number = plain(text)
    if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", number) is None:
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def is_bic(text: str) -> bool:
    """Whether this can be the code of a bank (ISO 9362)."""
    return re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", plain(text)) is not None
