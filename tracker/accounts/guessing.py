"""How many guesses a password takes: zxcvbn's English lists, and before them what people in this work choose first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tracker.search.folding import flatten

ENOUGH = 10**9
"""Guesses from which a password is taken: three words that do not belong together, far beyond what the throttle lets
through in a life, and years of work for whoever has stolen the hash."""
JUDGED = 40
"""Characters that are looked at; who needs so many is counted by the first ones, and no text makes the count slow."""

_KEPT_FIRST_WORDS = Path(__file__).parent / "data" / "first_guesses.txt"
# What may stand for a letter. Where many of the rare ones come together no word is meant, and trying each would take
# seconds.
_RARE = frozenset("({[<|+%")
_MOST_RARE = 1
# So many words of the kept list are tried one as soon as the other.
_ALIKE = 20
# "UNODC-Vienna-2026" is no harder to guess than the same without its dashes.
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@cache
def first_guesses() -> tuple[str, ...]:
    """The words of the kept list, most likely first."""
    lines = _KEPT_FIRST_WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def weakness(password: str, known: Iterable[str]) -> str | None:
    """What makes a password easy to guess for somebody who knows the texts `known` of its owner: "owner", "word",
    "keys", "repeat" or "date"; None where it takes enough guesses."""
    from zxcvbn import scoring

    text = unicodedata.normalize("NFKC", password)[:JUDGED]
    of_owner = _words(known)
    ways = [
        scoring.most_guessable_match_sequence(form, _matches(form, of_owner))
        for form in dict.fromkeys((text, _BETWEEN_WORDS.sub("", text) or text))
    ]
    easiest = min(ways, key=lambda way: way["guesses"])
    return None if easiest["guesses"] >= ENOUGH else _kind(easiest["sequence"], frozenset(of_owner))


def _words(texts: Iterable[str]) -> list[str]:
    """The texts, as they are written and folded, whole and word by word."""
    words: dict[str, None] = {}
    for text in texts:
        for form in (text.lower(), flatten(text)):
            parts = [part for part in form.split() if len(part) > 1]
            words.update(dict.fromkeys((*parts, form, "".join(parts))))
    words.pop("", None)
    return list(words)


@cache
def _ranks_of_first_guesses() -> dict[str, int]:
    return _ranks(_words(first_guesses()), alike=_ALIKE)


def _ranks(words: Iterable[str], *, alike: int = 1) -> dict[str, int]:
    return {word: 1 + place // alike for place, word in enumerate(words)}


def _matches(text: str, of_owner: list[str]) -> list[dict[str, Any]]:
    """What zxcvbn finds in the text. Its own function keeps the words of the last caller for all threads."""
    from zxcvbn import matching

    lists = {**matching.RANKED_DICTIONARIES, "owner": _ranks(of_owner), "first_guesses": _ranks_of_first_guesses()}
    finders = [matching.dictionary_match, matching.reverse_dictionary_match, matching.spatial_match]
    finders += [matching.sequence_match, matching.regex_match, matching.date_match]
    if len(_RARE & set(text)) <= _MOST_RARE:
        finders += [matching.l33t_match, matching.repeat_match]
    found = [match for finder in finders for match in finder(text, _ranked_dictionaries=lists)]
    return sorted(found, key=lambda match: (match["i"], match["j"]))


def _kind(sequence: list[dict[str, Any]], of_owner: frozenset[str]) -> str:
    """What the cheapest way to the password is made of: words of its owner before all, else its longest part."""
    if any(match.get("matched_word") in of_owner for match in sequence):
        return "owner"
    parts = [match for match in sequence if match["pattern"] != "bruteforce"]
    longest = max(parts, key=lambda match: len(match["token"]), default={"pattern": "repeat"})
    kinds = {"dictionary": "word", "spatial": "keys", "sequence": "keys", "repeat": "repeat"}
    return kinds.get(longest["pattern"], "date")
