"""Forms on the office's page of a request: each stage registers its own, so that the page knows no stage."""

from collections.abc import Mapping
from typing import Any

from tracker.web.forms import KeyedForm

_forms: dict[str, type[KeyedForm]] = {}


def register(**forms: type[KeyedForm]) -> None:
    """Make forms known by the names under which the page's template finds them, once in create_app."""
    _forms.update(forms)


def empty_or_refused(refused: Mapping[str, KeyedForm], page: Any) -> dict[str, KeyedForm]:
    """An empty form under each name, or the one that was refused and comes back. One that asks for it (`stand_on`) is
    told what stands on the page."""
    forms = {name: refused.get(name) or form(formdata=None) for name, form in _forms.items()}
    for name, form in forms.items():
        stand_on = getattr(form, "stand_on", None)
        if stand_on is not None:
            stand_on(page, empty=name not in refused)
    return forms
