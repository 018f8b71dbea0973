"""Fields for what is never shown again: passwords, and codes or tokens that open something. The type of the field says
so, and every page that gives back what was typed leaves such a field out."""

from typing import Any

from wtforms import PasswordField
from wtforms.widgets import TextInput


class _BlankInput(TextInput):
    """An input in which one reads what one types, and which comes back empty."""

    def __call__(self, field: Any, **attributes: Any) -> Any:
        return super().__call__(field, **{**attributes, "value": ""})


class CodeField(PasswordField):
    """A code that was sent or is made anew each time, a token that was given once."""

    widget = _BlankInput()

    def __init__(self, *args: Any, render_kw: dict[str, Any] | None = None, **kwargs: Any) -> None:
        usual = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"}
        super().__init__(*args, render_kw={**usual, **(render_kw or {})}, **kwargs)


class SealedField(PasswordField):
    """One line of data that are sealed once they are kept: its own form gives back what was typed, no other page."""

    widget = TextInput()

    def __init__(self, *args: Any, render_kw: dict[str, Any] | None = None, **kwargs: Any) -> None:
        usual = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
        super().__init__(*args, render_kw={**usual, **(render_kw or {})}, **kwargs)


SECRET = PasswordField
"""What every field is of whose answer is a secret, but for days that say they are `sealed`."""
