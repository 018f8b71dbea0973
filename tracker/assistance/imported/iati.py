"""Activities of the International Aid Transparency Initiative, version 2.03 (also 2.01 and 2.02, same elements)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tracker.assistance.imported.incoming import Incoming, Said
from tracker.errors import Invalid
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import N_, lazy

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_COMMITMENTS = ("2", "11")
_NUMBER = re.compile(r"[+-]?\d{1,24}(?:\.\d{0,12})?", re.ASCII)
_SHOWN = 8  # currencies in a remark
_OTHER_LANGUAGE = N_("The text is in a language that is none of the six (%(language)s); it is kept as it is.")
_SEVERAL = N_("The amounts are in several currencies: %(currencies)s.")


def records(root: Any) -> Iterator[Incoming]:
    """Each activity as a record; rows count from 1, since whole files stand on one line."""
    _drop_namespace(root)
    if root.tag == "result":  # as the registry's datastore answers
        root = root.find("iati-activities")
    if root is None or root.tag != "iati-activities" or not str(root.get("version", "")).startswith("2."):
        raise Invalid(lazy("The XML file is no IATI activity file of version 2."))
    for number, activity in enumerate(root.iterfind("iati-activity"), start=1):
        yield _record(activity, number)


def _drop_namespace(root: Any) -> None:
    """IATI has no namespace; a file that gives it one as the default is read all the same."""
    namespace, closed, _name = root.tag.rpartition("}")
    if closed:
        for element in root.iter(f"{namespace}}}*"):
            element.tag = element.tag.rpartition("}")[2]


def _record(activity: Any, number: int) -> Incoming:
    own = _language(activity.get(_LANG)) or "en"
    titles = _narratives(activity.find("title"), own)
    descriptions = activity.findall("description")
    general = next((d for d in descriptions if d.get("type") in (None, "1")), None)
    texts = _narratives(general, own)
    language = own if own in LANGUAGES and own in titles else next((code for code in titles if code in LANGUAGES), own)
    others = [("title", code, text) for code, text in titles.items() if code != language]
    others += [("problem", code, text) for code, text in texts.items() if code != language]
    for description in descriptions:
        if description is not general:
            others += [("description", code, text) for code, text in _narratives(description, own).items()]
    starts_on, ends_on, submitted_on = _days(activity)
    amount, currency, faults = _amount(activity)
    return Incoming(
        row=number,
        source="iati",
        source_id=(activity.findtext("iati-identifier") or "").strip(),
        state=_state(activity),
        title=titles.get(language) or next(iter(titles.values()), ""),
        language=language if language in LANGUAGES else "en",
        words={"problem": texts.get(language) or next(iter(texts.values()), "")},
        sectors=[s.get("code", "") for s in activity.findall("sector") if s.get("vocabulary") in (None, "1", "2")],
        amount=amount,
        currency=currency,
        starts_on=starts_on,
        ends_on=ends_on,
        submitted_on=submitted_on,
        texts=others,
        faults=faults,
        changes=[] if language in LANGUAGES else [("language", _OTHER_LANGUAGE, {"language": language[:10]})],
    )


def _language(tag: str | None) -> str:
    """The language of a tag such as fr, FR or fr-CA."""
    return (tag or "").strip().lower().replace("_", "-").partition("-")[0]


def _days(activity: Any) -> tuple[str, str, str]:
    """Start and end, the actual before the planned ones, and the record's own date.

    That is its start, or when it was last touched where this was before a start that was only planned.
    """
    dates = {d.get("type"): d.get("iso-date", "").strip() for d in activity.findall("activity-date")}
    touched = activity.get("last-updated-datetime", "").strip()[:10]
    own = dates.get("2") or min(filter(None, (dates.get("1"), touched)), default="")
    return dates.get("2") or dates.get("1") or "", dates.get("4") or dates.get("3") or "", own


def _state(activity: Any) -> str:
    """The recipient countries by code, else by name, joined; those of the transactions when the activity has none.

    A country with none of the money is none.
    """
    for path in ("recipient-country", "transaction/recipient-country"):
        countries = [c for c in activity.findall(path) if c.get("percentage", "").strip() not in ("0", "0.0", "0.00")]
        if countries:
            named = ((c.get("code") or c.findtext("narrative") or "").strip() for c in countries)
            return "|".join(dict.fromkeys(filter(None, named)))
    return ""


def _narratives(element: Any, own: str) -> dict[str, str]:
    """Text by language, kept as it is written; further ones of the same language follow it as paragraphs."""
    found: dict[str, list[str]] = defaultdict(list)
    for narrative in element.iterfind("narrative") if element is not None else ():
        text = "".join(narrative.itertext())
        language = _language(narrative.get(_LANG)) or own
        if text.strip() and text not in found[language]:
            found[language].append(text)
    return {language: "\n\n".join(texts) for language, texts in found.items() if texts}


def _amount(activity: Any) -> tuple[str, str, list[Said]]:
    """The budget: for each period the revised one, else the original; else what was committed. One currency only."""
    default = activity.get("default-currency", "")
    periods: dict[Any, dict[str, tuple[str, str]]] = defaultdict(dict)
    for budget in activity.iterfind("budget"):
        value = budget.find("value")
        if value is not None:
            period = (_day(budget, "period-start"), _day(budget, "period-end"))
            # Without a period nothing says that one budget revises another.
            periods[period if any(period) else budget].setdefault(budget.get("type", "1"), _value(value, default))
    values = [kinds.get("2") or kinds.get("1") or next(iter(kinds.values())) for kinds in periods.values()]
    values = [(text, currency) for text, currency in values if text != "0"] or values[:1]
    if not values:
        values = [
            _value(value, default)
            for transaction in activity.iterfind("transaction")
            if (value := transaction.find("value")) is not None and _kind(transaction) in _COMMITMENTS
        ]
    return _sum(values)


def _kind(transaction: Any) -> str:
    kind = transaction.find("transaction-type")
    return kind.get("code", "") if kind is not None else ""


def _value(value: Any, default: str) -> tuple[str, str]:
    return (value.text or "").strip(), (value.get("currency") or default).strip().upper()


def _day(budget: Any, name: str) -> str:
    found = budget.find(name)
    return found.get("iso-date", "") if found is not None else ""


def _sum(values: list[tuple[str, str]]) -> tuple[str, str, list[Said]]:
    """The sum as text, its currency, and the fault of amounts in several; an unreadable part stands for the whole."""
    currencies = sorted({currency for _text, currency in values})
    if not values:
        return "", "", []
    if len(currencies) > 1 and all(currencies):
        return "", "", [("currency", _SEVERAL, {"currencies": ", ".join(currencies[:_SHOWN])})]
    if unreadable := [text for text, _currency in values if len(values) > 1 and not _NUMBER.fullmatch(text)]:
        return unreadable[0] or "?", currencies[0], []
    if len(values) == 1:
        return values[0][0], currencies[0], []
    return str(sum((Decimal(text) for text, _currency in values), Decimal(0))), currencies[0], []
