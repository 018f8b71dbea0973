"""Forms about pledges and money."""

from tracker.pledges.forms.acts import (
    AcceptForm,
    AllocateForm,
    AmountForm,
    ConfirmForm,
    PaymentForm,
    RaiseForm,
    ReasonForm,
    ReceiptForm,
    RecoveryForm,
    ReduceForm,
    RefundForm,
)
from tracker.pledges.forms.interests import InterestsForm
from tracker.pledges.forms.offer import STEPS, OfferForm

__all__ = [
    "STEPS",
    "AcceptForm",
    "AllocateForm",
    "AmountForm",
    "ConfirmForm",
    "InterestsForm",
    "OfferForm",
    "PaymentForm",
    "RaiseForm",
    "ReasonForm",
    "ReceiptForm",
    "RecoveryForm",
    "ReduceForm",
    "RefundForm",
]
