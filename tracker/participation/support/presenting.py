"""What a session's support says in the reader's words."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import gettext as _

from tracker.participation.support.lifecycle import CABIN_LABELS, PAID_LINES, PASSPORT_LABELS, RULE_KINDS, STEPS
from tracker.participation.support.terms import Support

_STEP_LABELS = {name: step.label for name, step in STEPS.items()}
_FILTERS: dict[str, Mapping[str, str]] = {
    "cabin": CABIN_LABELS,  # type: ignore[dict-item]  # a StrEnum is the text it says
    "paid_line": PAID_LINES,
    "selection_rule": RULE_KINDS,
    "session_step": _STEP_LABELS,
}


def label_in(labels: Mapping[str, str], code: str) -> str:
    """What one of the lists of `lifecycle` calls a code."""
    return _(labels[code])


def passport(kind: str) -> str:
    """A kind of passport."""
    return label_in(PASSPORT_LABELS, kind)  # type: ignore[arg-type]  # a StrEnum is the text it says


def paid(support: Support) -> list[tuple[str, bool]]:
    """Every line of a seat in its order, and whether the session's support pays it."""
    return [(line, line in support.terms.pays) for line in PAID_LINES]


def init_app(app: Flask) -> None:
    """Offer the words as filters."""
    for name, labels in _FILTERS.items():
        app.jinja_env.filters[name] = lambda code, labels=labels: label_in(labels, code)
    app.jinja_env.filters["passport"] = passport
    app.jinja_env.filters["lines_paid"] = paid
