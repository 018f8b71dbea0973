"""What delegates type of their own papers: the office's forms without a source."""

from tracker.participation.papers import forms
from tracker.web.forms import DayField
from tracker.web.secret_fields import SECRET


class OwnForm(forms.SealedForm):
    """A form that comes back without what would be sealed: it may stand on the screen of a machine that others use."""

    def put_back(self) -> None:
        """Empty what is sealed before the form is shown again."""
        for field in self:
            if isinstance(field, DayField) and field.sealed:
                field.data, field.parts = None, ("", "", "")
            elif isinstance(field, SECRET):
                field.data = ""


class OwnPassportForm(OwnForm, forms.PassportForm):
    """The passport of whoever travels."""


class OwnVisaForm(OwnForm, forms.VisaForm):
    """The visa, or that none is needed."""


class OwnAccessForm(OwnForm, forms.AccessForm):
    """What the person needs to take part."""


class OwnPaymentForm(OwnForm, forms.PaymentForm):
    """How the person wants to be paid."""
