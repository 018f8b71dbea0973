"""What is given out, in words: fields with their papers, and the table that goes into the ZIP."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.documents.describing import Column, Document, Table
from tracker.participation.disclosing.lifecycle import MAY_GET, RECIPIENT_LABELS, Field, Recipient, fields_of
from tracker.participation.disclosing.services import Taken
from tracker.participation.papers.contents import FIELD_LABELS
from tracker.participation.papers.lifecycle import PAPER_LABELS, Paper
from tracker.participation.papers.presenting import field_in_words
from tracker.web.components import listed


def field_label(field: Field) -> str:
    """A field with its paper: "Passport: Valid until"."""
    paper, name = field
    return _("%(paper)s: %(field)s", paper=_(PAPER_LABELS[paper]), field=FIELD_LABELS[paper][name])


def choices() -> list[tuple[str, str]]:
    """Every field that somebody may get, as a form sends it, with its label."""
    every = [(paper, name) for paper in Paper for name in FIELD_LABELS[paper]]
    allowed = {field for recipient in Recipient for field in fields_of(recipient)}
    return [(f"{field[0].value}.{field[1]}", field_label(field)) for field in every if field in allowed]


def table_of_rights() -> list[tuple[str, str]]:
    """What each recipient may get, in a sentence for each."""
    return [(str(RECIPIENT_LABELS[one]), listed(_parts(one))) for one in Recipient]


def _parts(recipient: Recipient) -> list[str]:
    found = []
    for paper, names in MAY_GET[recipient].items():
        whole = len(names) == len(FIELD_LABELS[paper])
        labels = [str(FIELD_LABELS[paper][name]) for name in names]
        found.append(_(PAPER_LABELS[paper]) if whole else f"{_(PAPER_LABELS[paper])} ({', '.join(labels)})")
    return found


def rows_of(taken: Taken) -> list[list[str]]:
    """The table of what is given out, its head first: a row for each person."""
    head = [_("Person"), *map(field_label, taken.fields)]
    return [head, *([name, *_cells(values, taken.fields)] for name, values in taken.people)]


def document_of(taken: Taken, day: date) -> Document:
    """The same for a spreadsheet: every cell is text, so that a number keeps the noughts with which it begins."""
    head, *rows = rows_of(taken)
    table = Table(_("Papers"), tuple(map(Column, head)), tuple(map(tuple, rows)))
    return Document(_("Papers"), (table,), day)


def people_in(taken: Taken) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each person with what is said of them, as label and words."""
    head, *rows = rows_of(taken)
    return [(row[0], [(label, words) for label, words in zip(head[1:], row[1:], strict=True) if words]) for row in rows]


def _cells(values: dict[Field, Any], fields: Iterable[Field]) -> list[str]:
    return [field_in_words(field[1], values[field]) if field in values else "" for field in fields]
