"""What the forms of the application declare, for pages that answer what was sent without having its form at hand."""

from collections.abc import Iterator
from typing import Any

from wtforms import Form
from wtforms.fields.core import UnboundField

from tracker.web.secret_fields import SECRET


def every_form(of: type[Form] = Form) -> Iterator[type[Form]]:
    """Every class of forms that is loaded."""
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def declared(form: type[Form]) -> dict[str, Any]:
    """The fields of a form by name, those of its mixins included; what a class leaves out again is not there."""
    found: dict[str, Any] = {}
    for ancestor in reversed(form.__mro__):
        found |= vars(ancestor)
    return {name: field for name, field in found.items() if isinstance(field, UnboundField)}


def name_of(form: Any) -> str:
    """By which name a form is known when it is sent: where its class is written."""
    kind = type(form)
    return f"{kind.__module__.removeprefix('tracker.')}.{kind.__qualname__}"


def is_secret(field: Any) -> bool:
    """Whether the answer to a field is never shown again."""
    return issubclass(field.field_class, SECRET)


def secret_names() -> frozenset[str]:
    """The names of all fields, in whatever form, whose answers are never shown again."""
    return frozenset(name for form in every_form() for name, field in declared(form).items() if is_secret(field))


def last_part(name: str) -> str:
    """The name that a field has in its own form: within a list or another form more stands before it."""
    return name.rpartition("-")[2]
