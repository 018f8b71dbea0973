"""What an answer changed in a field: the value before and the value now as words, without what stayed as it was."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.fields import table
from tracker.assistance.fields.shape import Shape
from tracker.assistance.terms import Parts, difference, plain
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_days, format_money
from tracker.reference import queries as reference

Papers = Mapping[int, str]
"""Names of the request's documents by id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after an answer, in pieces; those that differ are marked. `typed` are a person's words."""

    before: Parts
    after: Parts
    typed: bool


def between(field: str, before: Any, after: Any, papers: Papers) -> Difference | None:
    """What `after` changes in `before`, both plain values (see `editing`); None when it changes nothing."""
    if after is None or after == before:
        return None
    if _is_text(field):
        return Difference(*difference(plain(before), plain(after)), typed=True)
    told = _told.get(field, _entries)
    old, new = _only_on_one_side(told(before, papers), told(after, papers))
    return Difference(_marked(old), _marked(new), typed=False)


def lines_of(field: str, value: Any) -> list[str]:
    """One value of a field as words."""
    return [plain(value)] if _is_text(field) else _told.get(field, _entries)(value, {})


def by_question(questions: Iterable[Any], papers: Iterable[Any]) -> dict[int, Difference]:
    """What answers change, by the question's id. `papers` are the request's documents as pages list them."""
    names = {paper.id: paper.label or paper.name for paper in papers}
    found = {question.id: between(question.field, question.before, question.after, names) for question in questions}
    return {question_id: change for question_id, change in found.items() if change is not None}


def _is_text(field: str) -> bool:
    return any(one.name == field and one.shape is not Shape.OTHER for one in table.every())


def _only_on_one_side(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The lines of each side that the other does not have, in their order; all where only the order differs."""
    old, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not old and not new:
        return before, after
    return [line for line in before if line in old], [line for line in after if line in new]


def _marked(lines: list[str]) -> Parts:
    return [(True, "\n".join(lines))] if lines else []


def _entries(value: Any, _papers: Papers) -> list[str]:
    """Each entry of a list as a line."""
    return [str(entry) for entry in value or []]


def _dates(value: Any, _papers: Papers) -> list[str]:
    days = (date.fromisoformat(value[name]) if value.get(name) else None for name in ("starts_on", "ends_on"))
    return [line for line in (format_days(*days), value.get("place")) if line]


def _budget(value: Any, _papers: Papers) -> list[str]:
    """Each line, then the total: the currency stands at each amount and is no line of its own."""
    lines, currency = value["lines"], value["currency"]
    named = [_("%(what)s: %(amount)s", what=label, amount=format_money(minor, currency)) for label, minor in lines]
    total = _("Total: %(amount)s", amount=format_money(sum(minor for _label, minor in lines), currency))
    return [*named, total] if lines else []


def _areas(value: Any, _papers: Papers) -> list[str]:
    names = {area.code: area.name(current_language()) for area in reference.areas(ended=True)}
    return [names.get(code, code) for code in value]


def _session(value: Any, _papers: Papers) -> list[str]:
    return [one.title(current_language()) for one in reference.sessions() if one.id == value]


def _attachments(value: Any, papers: Papers) -> list[str]:
    return [papers[one] for one in value if one in papers]


Telling = Callable[[Any, Papers], list[str]]
_told: dict[str, Telling] = {
    "dates": _dates,
    "budget": _budget,
    "areas": _areas,
    "session": _session,
    "attachments": _attachments,
}


def tell(field: str, telling: Telling) -> None:
    """Have the values of a field of a higher capability told in lines. Called once in create_app."""
    _told[field] = telling
