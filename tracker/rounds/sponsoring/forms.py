"""What a donor would give: an amount as people write it, in a currency of today."""

from typing import Any

from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, StopValidation

from tracker.calendar.now import today
from tracker.languages.marking import lazy
from tracker.pledges.queries import currencies_on
from tracker.web.forms import MoneyField, WholeNumberField, is_a_share
from tracker.web.typed_forms import EntryForm


class SponsorForm(EntryForm):
    """An amount with its currency, from the address of the page."""

    amount = MoneyField(lazy("What you would give"))
    currency = SelectField(lazy("Currency"))
    women = WholeNumberField(
        lazy("Women among the seats, at least, in per cent"),
        [Optional(), is_a_share],
        description=lazy("Leave it empty for whomever the States nominate. Of a few seats it is the whole part."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency.choices = [SelectChoice(value=one, label=one) for one in currencies_on(today())]

    def share(self) -> int | None:
        """The share of women, in per cent; None where none is asked for. What is not right is said at its field."""
        return self.women.data if self.women.validate(self) else None

    def minor(self) -> int | None:
        """The amount in minor units of the currency; None where nothing was typed. What is not right is said at its
        field, and is None, too."""
        typed = (self.amount.data or "").strip()
        if not self.currency.validate(self):
            self.currency.errors = [lazy("Choose a currency for which the office keeps a rate of exchange.")]
            return None
        try:
            minor = self.amount.minor(self.currency.data)
        except StopValidation as refused:
            self.amount.errors = [*refused.args]
            return None
        if typed and not minor:
            self.amount.errors = [lazy("Enter an amount above zero.")]
        return minor or None
