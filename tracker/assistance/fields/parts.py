"""A part is what one field of a request looks like in a form. Steps put parts together; a question opens one alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import FieldList, FormField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tracker.assistance.fields import table
from tracker.assistance.fields.shape import Field, Shape
from tracker.calendar.now import today
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_days
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.reference import nominations
from tracker.reference import queries as reference
from tracker.web.forms import AtMost, DayField, MoneyField
from tracker.web.text_fields import line, paragraphs
from tracker.web.typed_forms import EntryForm

MOST_ROWS = 40


class Unreadable(Exception):
    """What was typed cannot be read; the sentences are errors of the form's fields."""


@dataclass(frozen=True, slots=True)
class Part:
    """`mixin` declares the inputs, `fill` turns the field's plain value into their data, `read` turns them back.

    `read` raises Unreadable after putting its sentences at the inputs. `names` are the inputs; `column` marks what
    is kept on the request itself and not among its fields (marking, language).
    """

    field: str
    mixin: type
    names: tuple[str, ...]
    fill: Callable[[Any], dict[str, Any]]
    read: Callable[[Any], Any]
    column: bool = False


def check(form: Any, names: tuple[str, ...]) -> None:
    """Validate these inputs alone. Raises Unreadable when one of them has an error."""
    fine = [form[name].validate(form) for name in names]
    if not all(fine):
        raise Unreadable


def add_error(field: Any, message: Any) -> None:
    """Add a sentence to the errors of an input."""
    field.errors = [*field.errors, message]


PARTS: dict[str, Part] = {}


def offer(part: Part) -> Part:
    """Make a part available to steps and questions by its field's name."""
    PARTS[part.field] = part
    return part


def _label(field: str) -> Any:
    return lazy(table.label(field))


def _offer_text(text: Field) -> None:
    """The part of a text: its one input, as the table of fields describes it."""
    make = line if text.shape is Shape.LINE else paragraphs
    inputs = make(lazy(text.label), text.limit, optional=text.optional, description=lazy(text.hint))

    def read(form: Any) -> str:
        check(form, (text.name,))
        return form[text.name].data or ""

    mixin = type(f"{text.name.title()}Part", (), {text.name: inputs})
    offer(Part(text.name, mixin, (text.name,), lambda v: {text.name: v}, read))


for _text in table.texts():
    _offer_text(_text)


def _area_choices() -> list[SelectChoice]:
    choices = reference.grouped_areas(current_language())
    return [SelectChoice(code, name, optgroup=group) for code, name, group in choices]


class AreasPart:
    areas = SelectMultipleField(
        _label("areas"),
        choices=_area_choices,
        description=lazy(
            "Choose all that apply. The words follow the resolution and article 54 of the Convention; the short forms "
            "of the latter, and their French, are ours."
        ),
    )


def _read_areas(form: Any) -> list[str]:
    check(form, ("areas",))
    return sorted(form.areas.data or [])


offer(Part("areas", AreasPart, ("areas",), lambda v: {"areas": v}, _read_areas))


class BeneficiariesPart:
    beneficiaries = FieldList(line(lazy("Name of the authority")), min_entries=1, max_entries=MOST_ROWS)


def _read_beneficiaries(form: Any) -> list[str]:
    check(form, ("beneficiaries",))
    return [text for text in form.beneficiaries.data if text]


offer(
    Part(
        "beneficiaries",
        BeneficiariesPart,
        ("beneficiaries",),
        lambda v: {"beneficiaries": v or [""]},
        _read_beneficiaries,
    )
)


class DatesPart:
    starts_on = DayField(lazy("First day"), description=lazy("For example 3 5 2027."))
    ends_on = DayField(lazy("Last day"))
    place = line(lazy("Place"), description=lazy("City and country, or “online”."))


def _fill_dates(value: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(value[name]) if value.get(name) else None for name in ("starts_on", "ends_on")}
    return {**days, "place": value.get("place", "")}


def _read_dates(form: Any) -> dict[str, Any]:
    check(form, ("starts_on", "ends_on", "place"))
    begins, ends = form.starts_on.data, form.ends_on.data
    if begins and ends and ends < begins:
        add_error(form.ends_on, lazy("The last day comes before the first."))
        raise Unreadable
    return {
        "starts_on": begins.isoformat() if begins else None,
        "ends_on": ends.isoformat() if ends else None,
        "place": form.place.data,
    }


offer(Part("dates", DatesPart, ("starts_on", "ends_on", "place"), _fill_dates, _read_dates))


def currency_choices() -> list[SelectChoice]:
    """The currencies for which a rate of exchange is known today, the fund's first."""
    from babel.numbers import get_currency_name

    codes = [FUND_CURRENCY, *(rate.currency for rate in reference.rates_in_force() if rate.currency != FUND_CURRENCY)]
    return [SelectChoice(code, f"{code}, {get_currency_name(code, locale=current_language())}") for code in codes]


class LineForm(EntryForm):
    """One line of the budget."""

    label = line(lazy("What it is for"))
    amount = MoneyField(lazy("Amount"), validators=[AtMost(40)])


class BudgetPart:
    currency = SelectField(lazy("Currency"), choices=currency_choices, validate_choice=False)
    lines = FieldList(FormField(LineForm, label=lazy("Budget line")), min_entries=1, max_entries=MOST_ROWS)


def _fill_budget(value: dict[str, Any]) -> dict[str, Any]:
    from tracker.languages.formatting import format_amount

    currency = value["currency"]
    rows = [{"label": label, "amount": format_amount(amount, currency)} for label, amount in value["lines"]]
    return {"currency": currency, "lines": rows or [{}]}


def _read_budget(form: Any) -> dict[str, Any]:
    check(form, ("lines",))
    currency = form.currency.data
    if currency not in {choice.value for choice in currency_choices()}:
        add_error(form.currency, lazy("Choose a currency from the list."))
        raise Unreadable
    rows = [_read_line(entry.form, currency) for entry in form.lines.entries if _is_filled(entry.form)]
    if None in rows:
        raise Unreadable
    return {"currency": currency, "lines": rows}


def _is_filled(row: Any) -> bool:
    return bool(row.label.data or (row.amount.data or "").strip())


def _read_line(row: Any, currency: str) -> list[Any] | None:
    """[label, minor units], or None with the sentence at its input."""
    if not row.label.data:
        add_error(row.label, lazy("Say what this amount is for."))
        return None
    try:
        minor = row.amount.minor(currency)
    except StopValidation as reason:
        add_error(row.amount, str(reason))
        return None
    if not minor:
        add_error(row.amount, lazy("Write an amount above zero."))
        return None
    return [row.label.data, minor]


offer(Part("budget", BudgetPart, ("currency", "lines"), _fill_budget, _read_budget))


def session_choices() -> list[SelectChoice]:
    """The sessions for which support can be asked today, each with when, where and until when."""
    language = current_language()
    return [
        SelectChoice(str(s.id), s.title(language), render_kw={"hint": _about(s, language)})
        for s in nominations.sessions_that_take()
    ]


def _about(session: Any, language: str) -> str:
    known = [format_days(session.starts_on, session.ends_on), session.place(language)]
    sentences = [", ".join(filter(None, known)) + "."] if any(known) else []
    if session.closing_on and session.closing_on < today():
        said = _("Nominations closed on %(day)s; late ones are still taken.", day=format_day(session.closing_on))
        sentences.append(said)
    elif session.closing_on:
        sentences.append(_("Nominations close on %(day)s.", day=format_day(session.closing_on)))
    return " ".join(sentences)


class SessionPart:
    session = RadioField(_label("session"), choices=session_choices, validate_choice=False)


def _read_session(form: Any) -> int | None:
    chosen = form.session.data
    if not chosen or chosen == "None":
        return None
    if chosen not in {choice.value for choice in session_choices()}:
        add_error(form.session, lazy("Choose a session from the list."))
        raise Unreadable
    return int(chosen)


offer(Part("session", SessionPart, ("session",), lambda v: {"session": str(v) if v else None}, _read_session))
