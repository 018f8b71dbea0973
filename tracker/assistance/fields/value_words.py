"""What a field says as words, as the request's page shows it: amounts with their currency, names instead of codes."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance.fields import differences
from tracker.assistance.fields.handling_parts import CONSENT_LABELS
from tracker.assistance.lifecycle import MARKING_LABELS, Marking
from tracker.languages.choosing import LANGUAGE_NAMES


def value_words(name: str, value: Any) -> str:
    """A field's plain value (see `editing`) in the reader's language; nothing for one without an answer."""
    if not value:
        return ""
    if name == "language":
        return str(LANGUAGE_NAMES.get(value, value))
    if name == "marking":
        return _(MARKING_LABELS[Marking(value)])
    if name == "consent_proposal":
        return "\n".join(_consent(one) for one in value)
    return "\n".join(differences.lines_of(name, value))


def _consent(one: str) -> str:
    field, _colon, audience = one.partition(":")
    what = _(CONSENT_LABELS[field])
    return _("Donors see: %(what)s", what=what) if audience == "donors" else _("The public sees: %(what)s", what=what)
