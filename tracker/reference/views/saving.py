"""How every settings page saves: validate, call one verb, show its refusals at the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.reference.policies import CHANGE, RULES
from tracker.rights.rules import can
from tracker.web.access import current_actor
from tracker.web.confirmation import carried_out
from tracker.web.forms import KeyedForm


def saved(form: KeyedForm, act: Callable[..., Any], *args: Any, **values: Any) -> bool:
    """Call the verb with the form's key and the present actor; False when the form has to be shown again."""
    return carried_out(form, lambda **by: act(*args, **by, **values))


def may_change(what: str = CHANGE) -> bool:
    """Whether the present actor sees forms on the settings pages."""
    return can(RULES, what, current_actor(), None) is None
