"""Activities of the International Aid Transparency Initiative, version 2.03 (also 2.01 and 2.02, same elements)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker.assistance.imports.incoming import Incoming
from tracker.errors import Invalid
from tracker.i18n import LANGUAGES, lazy

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def records(root: Any) -> Iterator[Incoming]:
    """Each activity as a record; `row` is the line of the file on which it begins."""
    if root.tag != "iati-activities" or not str(root.get("version", "")).startswith("2."):
        raise Invalid(lazy("The XML file is no IATI activity file of version 2."))
    for activity in root.iterfind("iati-activity"):
        yield _record(activity)


def _record(activity: Any) -> Incoming:
    own = activity.get(_LANG) or "en"
    titles = _narratives(activity.find("title"), own)
    general = [d for d in activity.findall("description") if d.get("type") in (None, "1")]
    texts = _narratives(general[0] if general else None, own)
    language = own if own in LANGUAGES else next(iter(titles), "en")
    dates = {d.get("type"): d.get("iso-date", "") for d in activity.findall("activity-date")}
    amount, currency = _amount(activity)
    others = [("title", code, text) for code, text in titles.items() if code != language]
    others += [("problem", code, text) for code, text in texts.items() if code != language]
    for description in activity.findall("description"):
        if description not in general[:1]:
            others += [("description", code, text) for code, text in _narratives(description, own).items()]
    return Incoming(
        row=activity.sourceline or 0,
        source="iati",
        source_id=(activity.findtext("iati-identifier") or "").strip(),
        state="|".join(c.get("code", "") for c in activity.findall("recipient-country")),
        title=titles.get(language) or next(iter(titles.values()), ""),
        language=language if language in LANGUAGES else "en",
        problem=texts.get(language) or next(iter(texts.values()), ""),
        sectors=[s.get("code", "") for s in activity.findall("sector") if s.get("vocabulary") in (None, "1", "2")],
        amount=amount,
        currency=currency,
        starts_on=dates.get("2") or dates.get("1") or "",
        ends_on=dates.get("4") or dates.get("3") or "",
        submitted_on=(dates.get("2") or dates.get("1") or activity.get("last-updated-datetime") or "")[:10],
        texts=others,
    )


def _narratives(element: Any, own: str) -> dict[str, str]:
    """Text by language, kept as it is written; the first of each language counts."""
    found: dict[str, str] = {}
    for narrative in element.iterfind("narrative") if element is not None else ():
        if narrative.text and narrative.text.strip():
            found.setdefault(narrative.get(_LANG) or own, narrative.text)
    return found


def _amount(activity: Any) -> tuple[str, str]:
    """The budget: for each period the revised one, else the original; else what was committed. One currency only."""
    default = activity.get("default-currency", "")
    periods: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for budget in activity.iterfind("budget"):
        value = budget.find("value")
        if value is not None:
            period = (_day(budget, "period-start"), _day(budget, "period-end"))
            periods[period].setdefault(budget.get("type", "1"), _value(value, default))
    values = [kinds.get("2") or kinds.get("1") or next(iter(kinds.values())) for kinds in periods.values()]
    values = [(text, currency) for text, currency in values if text != "0"] or values[:1]
    if not values:
        values = [
            _value(t.find("value"), default)
            for t in activity.iterfind("transaction")
            if t.find("value") is not None
            and t.find("transaction-type") is not None
            and t.find("transaction-type").get("code") in ("2", "11")
        ]
    return _sum(values)


def _value(value: Any, default: str) -> tuple[str, str]:
    return (value.text or "").strip(), value.get("currency") or default


def _day(budget: Any, name: str) -> str:
    found = budget.find(name)
    return found.get("iso-date", "") if found is not None else ""


def _sum(values: list[tuple[str, str]]) -> tuple[str, str]:
    currencies = {currency for _text, currency in values}
    if len(currencies) != 1:
        return ("", "") if not values else (values[0][0], "")
    try:
        return str(sum((Decimal(text) for text, _currency in values), Decimal(0))), currencies.pop()
    except InvalidOperation:
        return values[0][0], currencies.pop()
