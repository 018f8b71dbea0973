"""How every form reads what was typed: what shows nothing is no answer, and what is asked on one line stays on one."""

from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.meta import DefaultMeta

from tracker.languages.seen_text import one_line, shows_nothing

_NOT_ON_A_LINE = (TextAreaField, PasswordField, HiddenField)


class AsSeen(DefaultMeta):
    """The reading, for the Meta of a form."""

    def wrap_formdata(self, form: Any, formdata: Any) -> Any:
        """The answers that came, those empty that show nothing."""
        came = super().wrap_formdata(form, formdata)
        if came is None or not any(_is_blank(text) for _name, text in came.items(multi=True)):
            return came
        return MultiDict([(name, "" if _is_blank(text) else text) for name, text in came.items(multi=True)])

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
        """A field in its form, with one more filter where it asks for one line."""
        kind = unbound_field.field_class
        if issubclass(kind, StringField) and not issubclass(kind, _NOT_ON_A_LINE):
            own = unbound_field.kwargs.get("filters", ())
            options = {**options, "filters": (_on_one_line, *own)}
        return super().bind_field(form, unbound_field, options)


def _is_blank(text: Any) -> bool:
    return isinstance(text, str) and bool(text) and shows_nothing(text)


def _on_one_line(text: Any) -> Any:
    return one_line(text) if isinstance(text, str) else text


class TypedForm(FlaskForm):
    """What every form is."""

    Meta = AsSeen


class EntryForm(Form):
    """What every form within a form is, such as one entry of a list."""

    Meta = AsSeen
