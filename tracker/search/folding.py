"""Folding: text in any of the six languages becomes plain tokens, so that what is meant is found however it is typed.

Case, diacritics and ligatures go; so do Arabic vowel marks, tatweel, the variants of alef and a leading article;
ё and е are one letter; Chinese, which has no spaces, is cut into overlapping pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_TOKEN = 64
MOST_TOKENS = 20_000
MOST_QUERY_TOKENS = 16

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": None,
    "ґ": "г",
}  # fmt: skip


class _Fold(dict[int, str | int | None]):
    """What becomes of each character; looked up once each, since a table of all of Unicode takes long to make."""

    def __missing__(self, code: int) -> int | None:
        folded = None if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf") else code
        self[code] = folded
        return folded


_FOLD = _Fold({ord(letter): other for letter, other in _LETTERS.items()})

_HAN = "㐀-䶿一-鿿豈-﫿𠀀-\U0003134f々〇"
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_ARABIC_ARTICLE = re.compile(r"^[وفبك]?ال(?=\w{3})|^لل(?=\w{3})")


def flatten(text: str) -> str:
    """Return the text lower-cased, without marks and with plain spaces: for comparing and sorting names."""
    return " ".join(_TOKEN.findall(_plain(text)))


def fold(text: str) -> str:
    """Return the tokens under which a text is found, separated by single spaces.

    A run of Chinese gives its overlapping pairs and its last character, so that a single character is found too.
    """
    tokens: list[str] = []
    for run in _TOKEN.findall(_plain(text)):
        if _IS_HAN.match(run):
            tokens += _pairs(run)
            tokens.append(run[-1])
        else:
            tokens.append(_word(run))
        if len(tokens) >= MOST_TOKENS:
            break
    return " ".join(tokens[:MOST_TOKENS])


def query_tokens(text: str) -> list[str]:
    """Return the tokens all of which a text must have, each at least as the beginning of one of its own.

    The list is empty when nothing can be searched for, and never longer than MOST_QUERY_TOKENS.
    """
    tokens: list[str] = []
    for run in _TOKEN.findall(_plain(text[:1000])):
        if _IS_HAN.match(run):
            tokens += _pairs(run) or [run]
        else:
            tokens.append(_word(run))
    return list(dict.fromkeys(tokens))[:MOST_QUERY_TOKENS]


def _plain(text: str) -> str:
    """Lower-case, decompose, drop marks; compatibility forms (ligatures, full width, other digits) become plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLD)
    return plain if plain.isascii() else "".join(map(_digit, plain))


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char > "\x7f" and char.isdecimal() else char


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _word(run: str) -> str:
    return _ARABIC_ARTICLE.sub("", run)[:LONGEST_TOKEN]
