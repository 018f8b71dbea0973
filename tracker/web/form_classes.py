"""What the forms of the application declare, for pages that answer what was sent without having its form at hand."""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from flask_babel import gettext
from wtforms import BooleanField, FieldList, FileField, Form, FormField, HiddenField
from wtforms.fields.core import UnboundField

from tracker.web.secret_fields import SECRET


def every_form(of: type[Form] = Form) -> Iterator[type[Form]]:
    """Every class of forms that is loaded."""
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def declared(form: type[Form]) -> dict[str, Any]:
    """The fields of a form by name, those of its mixins included; what a class leaves out again is not there.

    Read once for each class: a page that gives back two thousand fields asks all forms about each of them."""
    if form not in _declared:
        found: dict[str, Any] = {}
        for ancestor in reversed(form.__mro__):
            found |= vars(ancestor)
        _declared[form] = {name: field for name, field in found.items() if isinstance(field, UnboundField)}
    return _declared[form]


_declared: WeakKeyDictionary[type[Form], dict[str, Any]] = WeakKeyDictionary()


def name_of(form: Any) -> str:
    """By which name a form is known when it is sent: where its class is written."""
    return _written(type(form))


def _written(kind: type[Form]) -> str:
    return f"{kind.__module__.removeprefix('tracker.')}.{kind.__qualname__}"


def is_secret(field: Any) -> bool:
    """Whether the answer to a field is never shown again."""
    return issubclass(field.field_class, SECRET) or field.kwargs.get("sealed", False)


def secret_names() -> frozenset[str]:
    """The names of all fields, in whatever form, whose answers are never shown again."""
    return frozenset().union(*map(_secrets_of, every_form()))


def _secrets_of(form: type[Form]) -> frozenset[str]:
    """Read once for each class: every page that refuses something asks all forms."""
    if form not in _secrets:
        _secrets[form] = frozenset(name for name, field in declared(form).items() if is_secret(field))
    return _secrets[form]


_secrets: WeakKeyDictionary[type[Form], frozenset[str]] = WeakKeyDictionary()


def is_secret_name(name: str, secret: frozenset[str]) -> bool:
    """Whether an input of this name belongs to a field of `secret_names`, also as one of several inputs of a day."""
    return not secret.isdisjoint(name.split("-"))


def last_part(name: str) -> str:
    """The name that a field has in its own form: within a list or another form more stands before it."""
    return name.rpartition("-")[2]


def named(name: str) -> dict[str, Any]:
    """The fields of the forms that are known by a name, of all that have it (some are made while the site runs)."""
    found: dict[str, Any] = {}
    for form in every_form():
        if name and name.endswith(form.__qualname__) and _written(form) == name:
            found |= declared(form)
    return found


def everywhere(name: str) -> Any:
    """A field of this name in whatever form, for labels only; None where there is none."""
    return next((fields[name] for form in every_form() if name in (fields := declared(form))), None)


def path_to(name: str, fields: dict[str, Any]) -> list[tuple[Any, int | None]]:
    """The fields within which the input of this name stands, the outermost first, each with its place in a list;
    nothing where the form has no such input."""
    for own, field in fields.items():
        if name == own or name.startswith(f"{own}-"):
            return _within(field, name[len(own) + 1 :])
    return []


def _within(field: Any, rest: str) -> list[tuple[Any, int | None]]:
    if issubclass(field.field_class, FieldList):
        place, _, inner = rest.partition("-")
        number = int(place) + 1 if place.isascii() and place.isdigit() and len(place) < 5 else None
        below = _within(field.args[0], inner) if inner else []
        return [(field, number), *[step for step in below if step[0] is not field.args[0]]]
    if issubclass(field.field_class, FormField) and rest:
        return [(field, None), *path_to(rest, declared(field.args[0]))]
    return [(field, None)]


def label_of(field: Any) -> str:
    """The label that a field was declared with, or nothing."""
    given = field.kwargs.get("label") or next((one for one in field.args if not callable(one)), "")
    return "" if isinstance(given, UnboundField) else str(given or "")


def is_hidden(field: Any) -> bool:
    """Whether nobody types into the field."""
    return issubclass(field.field_class, HiddenField)


def words_of(field: Any, text: str) -> str:
    """What was chosen, as the form says it; what was typed stays as it is."""
    if issubclass(field.field_class, BooleanField):
        return gettext("Yes")
    if issubclass(field.field_class, FileField):
        return gettext("The file that has arrived")
    choices = field.kwargs.get("choices")
    for choice in choices if isinstance(choices, list | tuple) else ():
        value, label = (choice.value, choice.label) if hasattr(choice, "value") else choice[:2]
        if str(value) == text:
            return str(label)
    return text
