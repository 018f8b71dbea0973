"""Asking for a second look."""

from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.reason_field import reason


class ReopenForm(KeyedForm):
    """The authority asks for a second look."""

    reason = reason(lazy("What was overlooked, or what is new"), lazy("Another officer reads this."))
