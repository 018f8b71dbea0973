"""What a request says, as labelled facts for pages and prints. Kinds of higher capabilities add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import FIELD_LABELS, OPTIONAL_FIELDS, Kind
from tracker.i18n import current_language, format_days


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
        return self.field in OPTIONAL_FIELDS


More = Callable[[Any, Any], list[Fact]]
_more: dict[str, list[More]] = {}


def add_facts(kind: str, more: More) -> None:
    """Have `more(assistance_request, parts)` add facts to the pages of a kind."""
    known = _more.setdefault(str(kind), [])
    if more not in known:
        known.append(more)


def facts_of(assistance_request: Any, parts: Any) -> list[Fact]:
    """The facts of a request in the order of its form; `parts` comes from `queries.parts_of`."""
    own = _technical if assistance_request.kind == Kind.TECHNICAL else _participation
    found = own(assistance_request, parts)
    for more in _more.get(assistance_request.kind, []):
        found += more(assistance_request, parts)
    return found


def _technical(r: Any, parts: Any) -> list[Fact]:
    french = current_language() == "fr"
    return [
        Fact("areas", _label("areas"), lines=tuple(a.name_fr if french else a.name_en for a in parts.areas)),
        Fact("beneficiaries", _label("beneficiaries"), lines=tuple(b.name for b in parts.beneficiaries)),
        *(_text(r, name) for name in ("problem", "objectives", "expected_results")),
        *(_text(r, name) for name in ("human_rights", "earlier_assistance")),
        Fact("dates", _label("dates"), lines=tuple(filter(None, (_period(r), r.place)))),
        Fact("budget", _label("budget"), table=bool(parts.budget_lines)),
    ]


def _participation(r: Any, parts: Any) -> list[Fact]:
    return [
        Fact("session", _label("session"), lines=session_lines(parts.session)),
        _text(r, "own_contribution"),
    ]


def session_lines(session: Any) -> tuple[str, ...]:
    """A session in a few lines: title, place, dates."""
    if session is None:
        return ()
    french = current_language() == "fr"
    place = session.city_fr if french and session.city_fr else session.city
    return tuple(filter(None, (session.title_fr if french else session.title_en, place, _period(session))))


def _period(r: Any) -> str:
    return format_days(r.starts_on, r.ends_on)


def _text(r: Any, name: str) -> Fact:
    return Fact(name, _label(name), words=getattr(r, name), language=r.language)


def _label(name: str) -> str:
    return _(FIELD_LABELS[name])
