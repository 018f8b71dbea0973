"""The shape of the preferences form: one question for each kind that a person can choose about."""

from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from tracker.languages.marking import lazy
from tracker.notifications.catalogue import KINDS
from tracker.notifications.lifecycle import CADENCE_LABELS, Cadence
from tracker.web.forms import KeyedForm


class PreferencesForm(KeyedForm):
    """Fields are named by kind; `cadences()` gives the answers."""

    def kinds(self) -> list[Any]:
        """The questions, in the catalogue's order."""
        return [self[kind] for kind in KINDS]

    def cadences(self) -> dict[str, str]:
        """The answer to each question."""
        return {kind: self[kind].data for kind in KINDS}


for _kind, _label in KINDS.items():
    _choices = [SelectChoice(cadence.value, lazy(label)) for cadence, label in CADENCE_LABELS.items()]
    setattr(PreferencesForm, _kind, RadioField(lazy(_label), choices=_choices, default=Cadence.AT_ONCE.value))
