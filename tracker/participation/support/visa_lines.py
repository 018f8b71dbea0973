"""How many days a visa takes, written one a line: State, kind of passport if need be, days."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation.support.lifecycle import MOST_DAYS, PASSPORT_LABELS, Passport
from tracker.participation.support.terms import VisaNeed
from tracker.reference.names import find_state, state_name
from tracker.search.folding import flatten


def write(needs: Iterable[VisaNeed]) -> str:
    """The lines in the reader's language, as `read` takes them."""
    language = current_language()
    return "\n".join(
        f"{state_name(need.nationality_iso3, language)}, {_(PASSPORT_LABELS[Passport(need.passport)])}, {need.days}"
        for need in needs
    )


def read(text: str, known: frozenset[str]) -> tuple[tuple[VisaNeed, ...], list[Any]]:
    """What the lines say, of the States that are `known`, and a sentence for each line that says nothing clear."""
    found: list[VisaNeed] = []
    wrong: list[Any] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        need = _need(line, known)
        if need is None:
            wrong.append(
                lazy(
                    "Line %(number)d: write State, kind of passport, days; only the State and days are needed.",
                    number=number,
                )
            )
        else:
            found.append(need)
    return tuple(found), wrong


def _need(line: str, known: frozenset[str]) -> VisaNeed | None:
    """One line; a comma may stand in the name of a State, so it is read from its end."""
    before, _comma, days = line.replace(";", ",").rpartition(",")
    name, _comma, kind = before.rpartition(",")
    passport = _passport(kind) if name else None
    if passport is None:
        name, passport = before, Passport.ANY
    iso3 = find_state(name.strip(), invented=True)
    plain = days.strip()
    if iso3 not in known or not (plain.isdecimal() and int(plain) <= MOST_DAYS):
        return None
    return VisaNeed(str(iso3), passport, int(plain))


def _passport(words: str) -> Passport | None:
    """A kind of passport by its label in the reader's language or in English, or by its name alone."""
    said = flatten(words)
    for kind, label in PASSPORT_LABELS.items():
        if said in (flatten(_(label)), flatten(label), kind.value):
            return kind
    return None
