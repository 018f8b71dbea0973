"""Names of States: how they are shown in six languages and how they are recognised in files.

They are read once from `data/states.csv` (UNTERM), the only source; the names of CLDR differ for dozens of States and
are never shown. Invented States of the demonstration are known here too, so that they are shown like any other, but
are recognised only where a caller allows it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.languages.choosing import LANGUAGES
from tracker.search.folding import flatten

DATA = Path(__file__).parent / "data"

_ENGLISH_ARTICLE = re.compile(
    r"^(Bahamas|Central African|Comoros|Congo$|Democratic|Dominican|Gambia|Holy See|Lao|Marshall|Netherlands|Niger$"
    r"|Orinasi|Philippines|Republic of|Russian|State of|Sudan$|Syrian|United)"
)
_QUALIFIED = re.compile(r"^(?P<name>.+) \((?P<kind>.+)\)$")
_KIND_ARTICLE = {
    "fr": {"État": "l’", "États": "les", "République": "la"},
    "es": {"Estado": "el", "Estados": "los", "República": "la"},
}
_FRENCH_OF = {"le": "du ", "les": "des ", "la": "de la ", "l’": "de l’"}
_FRENCH_TO = {"le": "au ", "les": "aux ", "la": "à la ", "l’": "à l’"}
_VOWELS = (*"AEIOUÉÈÊÎÔ", "Haïti")
_OFFICE = re.compile(
    r"^(?:(?:the |le |la |el )?(?:permanent mission|government|ministry of foreign affairs|mission permanente|"
    r"gouvernement|mision permanente|gobierno) (?:of|de|du|des|del|d) |"
    r"правительство |постоянное представительство |حكومه |حكومة |البعثه الدايمه ل)"
)
_ARTICLE = re.compile(r"^(?:the|le|la|les|l|el|los|las|de la|de los|de las) ")
# Formal names outside English; the Republic of China is no name of a State here.
_FORMAL = re.compile(
    r"^(?:(?:republique|royaume|republica|reino) (?:de la|de los|du|des|del|de|d) |республика |королевство |دوله )"
    r"(?!chin|кита)"
)
_ENDINGS = ("政府", "常驻代表团")


@dataclass(frozen=True, slots=True)
class StateNames:
    """One State's names as UNTERM gives them, articles apart; `french` with typographic apostrophes."""

    iso3: str
    iso2: str
    formal_en: str
    short: dict[str, str]
    article_fr: str
    article_es: str
    invented: bool


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of reference data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def all_names() -> dict[str, StateNames]:
    """Return the names of every State, the invented ones too, by ISO 3166-1 alpha-3 code."""
    rows = [(row, False) for row in read_csv("states.csv")] + [(row, True) for row in read_csv("invented_states.csv")]
    return {row["iso3"]: _names(row, invented) for row, invented in rows}


def _names(row: dict[str, str], invented: bool) -> StateNames:
    short = {language: row[f"name_{language}"] for language in LANGUAGES}
    short["fr"] = short["fr"].replace("'", "’")
    return StateNames(
        iso3=row["iso3"],
        iso2=row["iso2"],
        formal_en=row["un_formal_en"],
        short=short,
        article_fr=row["article_fr"].replace("'", "’"),
        article_es=row["article_es"],
        invented=invented,
    )


def state_name(iso3: str | None, language: str = "en") -> str:
    """Return the short name for lists and headings, without article; an unknown code is returned as it is."""
    if not iso3:
        return ""
    names = all_names().get(iso3)
    return names.short.get(language, names.short["en"]) if names else iso3


def with_article(iso3: str, language: str = "en") -> str:
    """Return the name as it stands in a sentence: "the Bahamas", « la Côte d’Ivoire », «el Brasil».

    Arabic, Chinese and Russian names are returned plain: sentences in those languages are built around them.
    """
    article, name = _article_and_name(iso3, language)
    return _joined(article, name)


def of_state(iso3: str, language: str = "en") -> str:
    """Return the name after "of" in English, French and Spanish: « du Kenya », « d’Haïti », «del Perú»."""
    article, name = _article_and_name(iso3, language)
    if language == "fr":
        return f"{_FRENCH_OF[article]}{name}" if article else f"{_elided('de', name)}{name}"
    if language == "es":
        return f"del {name}" if article == "el" else f"de {_joined(article, name)}"
    return f"of {_joined(article, name)}" if language == "en" else name


def to_state(iso3: str, language: str = "en") -> str:
    """Return the name after "to" in English, French and Spanish: « au Kenya », « à Cuba », «al Perú»."""
    article, name = _article_and_name(iso3, language)
    if language == "fr":
        return f"{_FRENCH_TO[article]}{name}" if article else f"à {name}"
    if language == "es":
        return f"al {name}" if article == "el" else f"a {_joined(article, name)}"
    return f"to {_joined(article, name)}" if language == "en" else name


def _joined(article: str, name: str) -> str:
    return f"{article}{name}" if article.endswith("’") else f"{article} {name}".strip()


def _elided(word: str, name: str) -> str:
    return f"{word[:-1]}’" if name.startswith(_VOWELS) else f"{word} "


def _article_and_name(iso3: str, language: str) -> tuple[str, str]:
    name = state_name(iso3, language)
    names = all_names().get(iso3)
    if names is None or language not in ("en", "fr", "es"):
        return "", name
    if qualified := _QUALIFIED.match(name):
        kind = qualified["kind"]
        gap = "" if kind.endswith(("’", "'")) else " "
        article = "the" if language == "en" else _KIND_ARTICLE[language][kind.split()[0]]
        return article, f"{kind}{gap}{qualified['name']}"
    if language == "en":
        return ("the" if _ENGLISH_ARTICLE.match(name) else ""), name
    return (names.article_fr if language == "fr" else names.article_es), name


def sort_key(name: str, language: str) -> tuple[bytes, str]:
    """Return the key that puts names in the order of a language: folded letters; in Chinese, the GB 18030 order,
    which is by pinyin for common characters."""
    return (name.encode("gb18030") if language == "zh" else flatten(name).encode(), name)


def sorted_states(codes: list[str], language: str) -> list[tuple[str, str]]:
    """Return (code, name) pairs in the alphabetical order of the language, for lists and select fields."""
    pairs = [(code, state_name(code, language)) for code in codes]
    return sorted(pairs, key=lambda pair: sort_key(pair[1], language))


def find_state(text: str | None, *, invented: bool = False) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the State that a text names, or None when none or several could be meant.

    Understands alpha-2 and alpha-3 codes, short names in six languages, the formal English name, common other
    spellings, articles, "Government of …" and its likes; case, accents and punctuation do not matter.
    """
    if not text or len(text) > 200:
        return None
    known = _index(invented)
    plain = flatten(text)
    for candidate in (plain, *_without_wrapping(plain)):
        if found := known.get(candidate):
            return found
    return None


def _without_wrapping(plain: str) -> list[str]:
    """Return the name without what stands around it, from the least taken away to the most."""
    bare = _OFFICE.sub("", plain)
    for ending in _ENDINGS:
        bare = bare.removesuffix(ending)
    return [bare, _ARTICLE.sub("", bare), _ARTICLE.sub("", plain), plain.removesuffix(" the"), _FORMAL.sub("", bare)]


@cache
def _index(invented: bool) -> dict[str, str | None]:
    """Map every flattened spelling to its State; a spelling of two States maps to None."""
    known: dict[str, str | None] = {}
    for names in all_names().values():
        if names.invented and not invented:
            continue
        for spelling in (names.iso3, names.iso2, names.formal_en, *names.short.values(), *_unqualified(names)):
            _enter(known, spelling, names.iso3)
    for row in read_csv("other_spellings.csv"):
        known.setdefault(flatten(row["spelling"]), row["iso3"])
    return known


def _enter(known: dict[str, str | None], spelling: str, iso3: str) -> None:
    flat = flatten(spelling)
    if flat:
        known[flat] = iso3 if known.get(flat, iso3) == iso3 else None


def _unqualified(names: StateNames) -> list[str]:
    """Return "Bolivia" for "Bolivia (Plurinational State of)", and "Plurinational State of Bolivia"."""
    spellings = [_article_and_name(names.iso3, language)[1] for language in ("en", "fr", "es")]
    matches = [_QUALIFIED.match(name) for name in names.short.values()]
    return spellings + [match["name"] for match in matches if match]
