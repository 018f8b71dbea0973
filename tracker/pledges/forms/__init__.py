"""Forms about pledges and money."""

from tracker.pledges.forms.acts import (
    AcceptForm,
    AllocateForm,
    AmountForm,
    ConfirmForm,
    ReasonForm,
    ReceiptForm,
    RefundForm,
)
from tracker.pledges.forms.interests import InterestsForm
from tracker.pledges.forms.offer import STEPS, OfferForm
from tracker.pledges.forms.payments import PaymentForm, RecoveryForm
from tracker.pledges.forms.promise import FileForm

__all__ = [
    "STEPS",
    "AcceptForm",
    "AllocateForm",
    "AmountForm",
    "ConfirmForm",
    "FileForm",
    "InterestsForm",
    "OfferForm",
    "PaymentForm",
    "ReasonForm",
    "ReceiptForm",
    "RecoveryForm",
    "RefundForm",
]
