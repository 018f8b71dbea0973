"""Why a line differs, and why a refund does not come."""

from wtforms import HiddenField

from tracker.languages.marking import lazy
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import read_cents
from tracker.web.reason_field import reason


class ExplainForm(KeptForm):
    """Why a line of a statement differs."""

    reason = reason(lazy("Why it differs"), lazy("Kept with the line under your name."))


class GiveUpForm(KeptForm):
    """Why a refund does not come, of the amount that was seen."""

    amount = HiddenField()
    reason = reason(lazy("Why it does not come"), lazy("For example: the fare cannot be refunded."))

    @property
    def seen_minor(self) -> int:
        """The amount that the page showed; 0, which is never expected, where the form does not say it."""
        return read_cents(self.amount.data) or 0
