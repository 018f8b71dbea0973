"""What of a text can be seen: an answer that shows nothing is none, and a name stands on one line as it is written."""

import re
import unicodedata

# Letters and signs by their category that draw nothing: fillers of Hangul, and Braille without a dot.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SEEN = ("L", "N", "P", "S")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Overrides and embeddings turn what stands after them around; marks and joiners, which some scripts need, stay.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def shows_nothing(text: str) -> bool:
    """Whether a text is empty to the eye: made of blanks, controls, joiners and marks without a letter to stand on."""
    return not any(unicodedata.category(char)[0] in _SEEN and char not in _BLANK for char in text)


def shown(text: str | None) -> str:
    """The text without blanks around it, empty where it shows nothing."""
    return "" if text is None or shows_nothing(text) else text.strip()


def one_line(text: str) -> str:
    """A name, a title or a subject: on one line, and read in the order in which it is written."""
    parts = (part.strip() for part in _BREAKS.split(_TURNS.sub("", text)))
    return " ".join(part for part in parts if part)
