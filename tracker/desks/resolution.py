"""The resolution's own words: paragraphs in French as adopted, in other languages where a text was found."""

import csv
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tracker.languages.marking import N_

HERE = Path(__file__).parent / "data"

# What in this product answers a paragraph: sentence and the endpoint of the page that does it.
ANSWERS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "PP5": (
        (N_("A State asks for technical assistance with one form, in its own language."), "accounts.ask"),
        (
            N_(
                "The areas in the form are the paragraph's own: legislation, frameworks, prevention, detection, "
                "investigation, prosecution."
            ),
            None,
        ),
        (
            N_("The office sees similar requests and existing projects before it decides."),
            None,
        ),
    ),
    "PP6": ((N_("The office reads, asks and decides within published deadlines."), None),),
    "PP15": ((N_("Donors see the needs that States agreed to share with them."), None),),
    "PP17": (
        (
            N_("Every request for technical assistance says how human rights and fundamental freedoms are respected."),
            None,
        ),
    ),
    "OP2": ((N_("The sessions of the committee are listed with their dates and places."), "sessions.index"),),
    "OP3": ((N_("The organizational session is in the list, with the dates on which it was held."), "sessions.index"),),
    "OP5": (
        (
            N_("Donors pledge money for travel and accommodation and follow it to each request that it pays."),
            "accounts.sign_in",
        ),
        (N_("Developing countries nominate delegates for a session and say what they need."), "sessions.index"),
    ),
}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, its wording in the languages we have, and what answers it here."""

    id: str
    kind: str
    number: int
    texts: dict[str, str]
    drafts: frozenset[str] = frozenset()  # languages whose wording is a draft's, not the final text's
    answers: tuple[tuple[str, str | None], ...] = field(default=())

    def wording(self, language: str) -> tuple[str, str]:
        """(language, text): in the reader's language when we have it whole, else in French."""
        shown = language if language in self.texts else "fr"
        return shown, self.texts[shown]


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    """The 17 preambular and 6 operative paragraphs in their order."""
    others: dict[str, dict[str, str]] = {}
    drafts: dict[str, set[str]] = {}
    with (HERE / "paragraphs_other_languages.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["complete"] != "Y":
                continue
            others.setdefault(row["id"], {})[row["lang"]] = row["text"]
            if row["final_text"] != "Y":
                drafts.setdefault(row["id"], set()).add(row["lang"])
    return tuple(
        Paragraph(
            id=item["id"],
            kind=item["kind"],
            number=int(item["number"]),
            texts={"fr": item["text"], **others.get(item["id"], {})},
            drafts=frozenset(drafts.get(item["id"], ())),
            answers=ANSWERS.get(item["id"], ()),
        )
        for item in _document()["paragraphs"]
    )


@cache
def titles() -> dict[str, str]:
    """The resolution's title by language."""
    with (HERE / "resolution_titles.csv").open(encoding="utf-8", newline="") as rows:
        return {row["lang"]: row["title"] for row in csv.DictReader(rows)}


def footnotes() -> list[dict[str, str]]:
    """The five footnotes of the French text: mark and text."""
    return _document()["footnotes"]


@cache
def _document() -> dict[str, Any]:
    return json.loads((HERE / "resolution_fr.json").read_text(encoding="utf-8"))
