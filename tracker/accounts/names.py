"""Which names mean the same organisation: case, accents, apostrophes and what stands around a name do not matter."""

import re

from tracker.reference.names import find_state
from tracker.search.folding import flatten

_INVERTED = re.compile(r"^(?P<name>.+), *(?:the )?government of$", re.IGNORECASE)
_QUALIFIED = re.compile(r"^(?P<name>[^(]+)\(.+\)$")
_ARTICLE = re.compile(r"^(?:the|le|la|les|l|el|los|las) ")


def key_of(name: str) -> str:
    """What is equal for all spellings of one name: a State's code, else the folded name without its article."""
    return state_named_by(name) or _ARTICLE.sub("", flatten(name)) or name


def state_named_by(name: str) -> str | None:
    """The State that a donor's name means: "Norway", "Government of Norway", "Norway, Government of"."""
    inverted = _INVERTED.match(name.strip())
    return find_state(name, invented=True) or (_inner(inverted["name"]) if inverted else None)


def _inner(name: str) -> str | None:
    # "Korea, Republic of" is written the other way round in lists.
    head, comma, tail = name.partition(",")
    turned = find_state(f"{tail.strip()} {head.strip()}", invented=True) if comma else None
    plain = _QUALIFIED.match(name)
    return find_state(name, invented=True) or turned or (find_state(plain["name"], invented=True) if plain else None)
