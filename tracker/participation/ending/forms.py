"""What is typed when nobody travels on a seat: why, what happened, and who bears what was paid."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.languages.marking import lazy
from tracker.participation.ending.presenting import BEARER_LABELS, CAUSE_LABELS, OWN_CAUSE_LABELS
from tracker.participation.ending.services import Why
from tracker.participation.seats.lifecycle import CAUSES_OF_A_STATE, CAUSES_OF_THE_OFFICE, Bearer, Cause
from tracker.typed.kept_form import KeptForm
from tracker.web.reason_field import reason
from tracker.web.text_fields import paragraphs

_BEARERS = [SelectChoice(bearer.value, lazy(label)) for bearer, label in BEARER_LABELS.items()]
_NEEDED = InputRequired(lazy("Choose why nobody travels on this seat."))
_PLAINLY = lazy("The State reads it. Write nothing about somebody's health or identity papers.")


def _choices(causes: Sequence[Cause], labels: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(cause.value, lazy(labels[cause])) for cause in causes]


class CauseForm(KeptForm):
    """The office says why nobody travels on a seat."""

    cause = RadioField(lazy("Why"), [_NEEDED], choices=_choices(CAUSES_OF_THE_OFFICE, CAUSE_LABELS))
    reason = reason(lazy("What happened"), _PLAINLY)

    def why(self) -> Why:
        """What was said, as the service takes it."""
        return Why(Cause(self.cause.data), self.reason.data or "")


class ManagersCauseForm(CauseForm):
    """The manager says also who bears what was paid, where the cause leaves it open."""

    borne_by = RadioField(
        lazy("Who bears what was paid"),
        [Optional()],
        choices=_BEARERS,
        description=lazy("Only for another reason; say above why so."),
    )

    def why(self) -> Why:
        """What was said, as the service takes it."""
        bearer = self.borne_by.data
        return Why(Cause(self.cause.data), self.reason.data or "", Bearer(bearer) if bearer else None)


class GiveUpForm(KeptForm):
    """The authority gives up a seat that it had confirmed."""

    cause = RadioField(lazy("Why"), [_NEEDED], choices=_choices(CAUSES_OF_A_STATE, OWN_CAUSE_LABELS))
    reason = paragraphs(
        lazy("What happened"),
        2_000,
        description=lazy(
            "The office reads it. Write nothing about somebody's health or identity papers; leave it empty where no "
            "reason is given."
        ),
    )

    def why(self) -> Why:
        """What was said, as the service takes it."""
        return Why(Cause(self.cause.data), self.reason.data or "")


class ReasonForm(KeptForm):
    """The manager ends the seats of a cancelled session."""

    reason = reason(lazy("Reason"), lazy("The States read it."))


class BearerForm(KeptForm):
    """The manager says who bears what was paid."""

    borne_by = RadioField(
        lazy("Who bears what was paid"), [InputRequired(lazy("Choose who bears what was paid."))], choices=_BEARERS
    )
    reason = reason(lazy("Why so"), lazy("The State reads it."))
