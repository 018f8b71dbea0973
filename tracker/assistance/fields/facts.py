"""What a request says, as labelled facts for pages and prints. Kinds of higher capabilities add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.fields import table as field_table
from tracker.assistance.fields.shape import Field, Shape
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_days


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what was answered: `words` typed by a person in `language`, or `lines` (`apart`: long ones).

    `field` names the field of the request, so that a page can lead to the step where it is changed.
    """

    field: str
    label: str
    words: str = ""
    lines: tuple[str, ...] = ()
    language: str = ""
    table: bool = False
    apart: bool = False

    @property
    def empty(self) -> bool:
        return not (self.words or self.lines or self.table)

    @property
    def optional(self) -> bool:
        """Whether a request is complete without it."""
        return field_table.is_optional(self.field)


More = Callable[[Any, Any], list[Fact]]
_more: dict[str, list[More]] = {}


def add_facts(kind: str, more: More) -> None:
    """Have `more(assistance_request, parts)` add facts to the pages of a kind."""
    known = _more.setdefault(str(kind), [])
    if more not in known:
        known.append(more)


def facts_of(assistance_request: Any, parts: Any) -> list[Fact]:
    """The facts of a request in the order of its form; `parts` comes from `queries.parts_of`."""
    found = [_fact(one, assistance_request, parts) for one in field_table.of_kind(assistance_request.kind)]
    facts = [fact for fact in found if fact is not None]
    for more in _more.get(assistance_request.kind, []):
        facts += more(assistance_request, parts)
    return facts


def _fact(one: Field, r: Any, parts: Any) -> Fact | None:
    """What stands for a field; None for the title, which heads the page, and for what is shown elsewhere."""
    if one.name == "title":
        return None
    if one.shape is not Shape.OTHER:
        return Fact(one.name, _(one.label), words=getattr(r, one.name), language=r.language)
    tell = _TOLD.get(one.name)
    return Fact(one.name, _(one.label), **tell(r, parts)) if tell else None


def _areas(_r: Any, parts: Any) -> dict[str, Any]:
    french = current_language() == "fr"
    return {"lines": tuple(area.name_fr if french else area.name_en for area in parts.areas)}


_TOLD: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "areas": _areas,
    "beneficiaries": lambda _r, parts: {"lines": tuple(row.name for row in parts.beneficiaries)},
    "dates": lambda r, _parts: {"lines": tuple(filter(None, (_period(r), r.place)))},
    "budget": lambda _r, parts: {"table": bool(parts.budget_lines)},
    "session": lambda _r, parts: {"lines": session_lines(parts.session)},
}


def session_lines(session: Any) -> tuple[str, ...]:
    """A session in a few lines: title, place, dates."""
    if session is None:
        return ()
    french = current_language() == "fr"
    place = session.city_fr if french and session.city_fr else session.city
    return tuple(filter(None, (session.title_fr if french else session.title_en, place, _period(session))))


def _period(r: Any) -> str:
    return format_days(r.starts_on, r.ends_on)
