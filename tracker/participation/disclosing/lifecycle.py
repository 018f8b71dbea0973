"""Who may get which fields of sealed papers, and how. Pure, knows no database."""

import enum
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.contents import FIELD_LABELS
from tracker.participation.papers.lifecycle import Paper


class Recipient(enum.StrEnum):
    """To whom sealed data are given out."""

    AGENCY = "agency"
    HOST = "host"
    FINANCE = "finance"


RECIPIENT_LABELS: dict[str, Any] = {
    Recipient.AGENCY: lazy("The travel agency or airline"),
    Recipient.HOST: lazy("The host of the session"),
    Recipient.FINANCE: lazy("The finance office"),
}


class How(enum.StrEnum):
    """How they are given out."""

    ZIP = "zip"
    SCREEN = "screen"


HOW_LABELS: dict[str, Any] = {
    How.ZIP: lazy("As an encrypted ZIP, with a password that is shown once"),
    How.SCREEN: lazy("Read on the screen, once"),
}
_NAMES = ("given_name", "family_name")
_PASSPORT = tuple(FIELD_LABELS[Paper.PASSPORT])
MAY_GET: Mapping[Recipient, Mapping[Paper, tuple[str, ...]]] = {
    # An airline asks for the data of the passport and the visa in advance (APIS), and for help on the way.
    Recipient.AGENCY: {
        Paper.PASSPORT: _PASSPORT,
        Paper.VISA: ("number", "valid_from", "valid_until"),
        Paper.ACCESS: ("needs",),
    },
    # Whoever lets people into the country and the building.
    Recipient.HOST: {
        Paper.PASSPORT: _PASSPORT,
        Paper.VISA: ("needed", "number", "valid_from", "valid_until"),
        Paper.ACCESS: ("needs",),
    },
    # Whoever makes somebody a payee.
    Recipient.FINANCE: {Paper.PASSPORT: _NAMES, Paper.PAYMENT: tuple(FIELD_LABELS[Paper.PAYMENT])},
}
"""The fields that each may get; nothing else leaves."""

Field = tuple[Paper, str]


def fields_of(recipient: Recipient) -> tuple[Field, ...]:
    """What a recipient may get, in the order in which it is read."""
    return tuple((paper, name) for paper, names in MAY_GET[recipient].items() for name in names)


def read_fields(texts: Iterable[str]) -> tuple[Field, ...]:
    """Fields as a form sends them ("passport.number"), in the order of papers; what is none is left out."""
    sent = set(texts)
    known = [(paper, name) for paper, names in FIELD_LABELS.items() for name in names]
    return tuple((Paper(paper), name) for paper, name in known if f"{paper}.{name}" in sent)


def not_for(recipient: Recipient, chosen: Collection[Field]) -> tuple[Field, ...]:
    """What of the chosen fields the recipient may not get."""
    allowed = fields_of(recipient)
    return tuple(field for field in chosen if field not in allowed)
