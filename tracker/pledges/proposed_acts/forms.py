"""Forms around acts that take two persons."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.forms import AmountForm
from tracker.pledges.queries import Candidate
from tracker.web.forms import AtMost, MoneyField


class TopUpForm(AmountForm):
    """How much more, from which pledge, and why."""

    amount = MoneyField(lazy("Amount"), description=lazy("What is added to what is approved for this line."))
    pledge = RadioField(lazy("Pledge"), [InputRequired(lazy("Choose the pledge that pays."))], validate_choice=False)
    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])

    def offer(self, candidates: list[Candidate]) -> None:
        """Let choose among the pledges that suit the request and have money."""
        self.pledge.choices = [SelectChoice(str(one.pledge.public_id), _has(one)) for one in candidates]


def _has(one: Candidate) -> Any:
    left = format_money(one.available_minor, FUND_CURRENCY)
    return lazy("%(pledge)s (%(donor)s): %(left)s available", pledge=one.pledge.reference, donor=one.donor, left=left)
