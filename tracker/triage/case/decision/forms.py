"""What a decision says, by its outcome."""

import uuid
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.validators import StopValidation as Stop

from tracker.languages.marking import lazy
from tracker.languages.marking import lazy as _l
from tracker.triage.forms import _NEEDED
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, DayField, MoneyField


def _reasons() -> TextAreaField:
    """The reasons, asked last: every form has a field of its own, so that errors come in the order of the page."""
    said = _l("In plain words. They are sent to the State and never published.")
    return TextAreaField(_l("Reasons"), description=said, validators=[_NEEDED, AtMost(4000)])


class DeclineForm(KeptForm):
    """A decision without assistance."""

    reasons = _reasons()


def _amount_reason() -> TextAreaField:
    """Why the amount is what it is, where that needs to be said (`assistance.decision.amounts`)."""
    said = _l("Needed when it is more than was asked, or 0. The State reads it.")
    return TextAreaField(_l("Why this amount"), description=said, validators=[Optional(), AtMost(2000)])


def _human_rights() -> TextAreaField:
    said = _l("What was looked at, and which conditions it led to. The signer and the State read it.")
    return TextAreaField(_l("How human rights were considered"), description=said, validators=[_NEEDED, AtMost(4000)])


def _conditions() -> TextAreaField:
    return TextAreaField(_l("Conditions"), validators=[Optional(), AtMost(4000)])


def _scope() -> TextAreaField:
    said = _l("What is accepted, when it is not everything.")
    return TextAreaField(_l("Scope"), description=said, validators=[Optional(), AtMost(4000)])


class EligibleForm(DeclineForm):
    """An acceptance for participation: who is eligible. The round gives the money, so that it names no amount."""

    scope = _scope()
    human_rights = _human_rights()
    conditions = _conditions()
    reasons = _reasons()


class AcceptForm(DeclineForm):
    """A decision to assist; the amount is in US dollars, the fund's currency."""

    amount = MoneyField(
        _l("Amount accepted"), validators=[InputRequired(_l("Write the amount; 0 when no money is needed."))]
    )
    amount_reason = _amount_reason()
    scope = _scope()
    human_rights = _human_rights()
    conditions = _conditions()
    reasons = _reasons()
    amount_minor: int | None = None

    def validate_amount(self, field: MoneyField) -> None:
        """Read the amount as the person writes numbers."""
        self.amount_minor = field.minor("USD")
        if self.amount_minor is not None and self.amount_minor < 0:
            raise ValidationError(lazy("Write an amount that is not below zero."))


class AmendForm(AcceptForm):
    """New terms for what was accepted; the form begins with those in force, and asks what a decision asks."""

    amount = MoneyField(_l("Amount"), validators=[InputRequired(_l("Write the amount; 0 when no money is needed."))])
    amount_reason = _amount_reason()
    scope = TextAreaField(_l("Scope"), validators=[Optional(), AtMost(4000)])
    human_rights = _human_rights()
    conditions = _conditions()
    reasons = TextAreaField(
        _l("Reasons"),
        description=_l(
            "In plain words; name the paper that led to it. They are sent to the State and never published."
        ),
        validators=[_NEEDED, AtMost(4000)],
    )
    wanted = HiddenField()

    @property
    def wanted_id(self) -> uuid.UUID | None:
        """The message in which the State asked for it, when one did."""
        try:
            return uuid.UUID(self.wanted.data or "")
        except ValueError:
            return None


class AmendEligibleForm(AmendForm):
    """New terms for participation: whatever they say, the round gives the money."""

    amount: Any = None
    amount_reason: Any = None


class ReferForm(DeclineForm):
    """A referral to somebody who can help better; only with the State's consent."""

    referred_to = StringField(_l("Refer to"), validators=[_NEEDED, AtMost(200)])
    state_agreed_on = DayField(_l("The State agreed on"))
    reasons = _reasons()

    def validate_state_agreed_on(self, field: DayField) -> None:
        """Without the State's yes nothing is passed on."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("A request is referred only when the State has agreed: enter the day."))


class MergeForm(DeclineForm):
    """A merger with another request of the same State."""

    merged_into = StringField(
        _l("Reference of the request that it joins"),
        description=_l("An open request of the same State and kind, for example TA-2026-KEN-007."),
        validators=[_NEEDED, AtMost(40)],
    )
    reasons = _reasons()
