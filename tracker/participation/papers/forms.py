"""What is typed of papers. These forms are never kept while they are typed: neither by the site nor in the browser."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextArea

from tracker.languages.marking import lazy
from tracker.participation.papers import contents
from tracker.participation.papers.contents import Access, HandedBy, Passport, Payment, Visa
from tracker.participation.papers.lifecycle import PAPER_LABELS, PAYS_BY_LABELS, Paper, PaysBy
from tracker.reference.names import find_state
from tracker.web.forms import AtMost, DayField, KeyedForm
from tracker.web.local_copies import forbid
from tracker.web.reason_field import reason
from tracker.web.secret_fields import SealedField
from tracker.web.text_fields import clean, line

_NO_DAY = InputRequired(lazy("Enter the date."))
YES, NO = "yes", "no"


def _sealed(label: Any, limit: int, *, optional: bool = False, **options: Any) -> SealedField:
    """One line that is sealed once it is kept."""
    return SealedField(label, [*([Optional()] if optional else []), AtMost(limit)], filters=[clean], **options)


def _state(label: Any) -> SealedField:
    return _sealed(label, 80, render_kw={"list": "known-states"})


class SealedForm(KeyedForm):
    """A form of which the browser keeps no copy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forbid()


class PassportForm(SealedForm):
    """A passport, as it is printed."""

    passport_given_name = _sealed(lazy("Given name"), 79, optional=True)
    passport_family_name = _sealed(lazy("Family name"), 79)
    passport_number = _sealed(lazy("Number of the passport"), 24)
    issued_by = _state(lazy("Issued by"))
    passport_nationality = _state(lazy("Nationality"))
    born_on = DayField(lazy("Date of birth"), [_NO_DAY], sealed=True)
    passport_valid_until = DayField(lazy("Valid until"), [_NO_DAY], sealed=True)

    def passport(self) -> Passport:
        """What was entered; only after validation."""
        names = ("passport_given_name", "passport_family_name", "passport_number")
        given, family, number = (self[name].data or "" for name in names)
        issued_by, nationality = (_iso3(self[name].data) for name in ("issued_by", "passport_nationality"))
        days: Any = self.born_on.data, self.passport_valid_until.data
        return Passport(given, family, number, issued_by, nationality, *days)


class VisaForm(SealedForm):
    """A visa, or that none is needed."""

    visa_needed = RadioField(
        lazy("Is a visa needed for this journey?"),
        [InputRequired(lazy("Choose an answer."))],
        choices=[SelectChoice(YES, lazy("Yes")), SelectChoice(NO, lazy("No"))],
        default=YES,
    )
    visa_number = _sealed(lazy("Number of the visa"), 24, optional=True)
    visa_valid_from = DayField(lazy("Valid from"), [Optional()], sealed=True)
    visa_valid_until = DayField(lazy("Valid until"), [Optional()], sealed=True)

    def visa(self) -> Visa:
        """What was entered; only after validation."""
        first, last = self.visa_valid_from.data, self.visa_valid_until.data
        return Visa(self.visa_needed.data == YES, self.visa_number.data or "", first, last)


class AccessForm(SealedForm):
    """What somebody needs to take part."""

    access_needs = _sealed(
        lazy("Access needs"),
        1_000,
        widget=TextArea(),
        description=lazy("For example step-free access, sign language, large print, somebody who comes along."),
    )

    def access(self) -> Access:
        """What was entered; only after validation."""
        return Access(self.access_needs.data or "")


class PaymentForm(SealedForm):
    """How somebody wants to be paid."""

    how = RadioField(
        lazy("How to be paid"),
        [InputRequired(lazy("Choose how to be paid."))],
        choices=[SelectChoice(value.value, PAYS_BY_LABELS[value]) for value in PaysBy],
    )
    account_holder = _sealed(lazy("Holder of the account"), 160, optional=True)
    bank_name = _sealed(lazy("Bank"), 160, optional=True)
    iban = _sealed(lazy("IBAN"), 42, optional=True)
    account_number = _sealed(lazy("Number of an account without IBAN"), 40, optional=True)
    bic = _sealed(lazy("Code of the bank (BIC)"), 14, optional=True)
    account_currency = _sealed(lazy("Currency of the account"), 3, optional=True, description=lazy("For example EUR."))

    def payment(self) -> Payment:
        """What was entered; only after validation."""
        names = ("account_holder", "bank_name", "iban", "account_number", "bic")
        holder, bank, iban, account, bic = (self[name].data or "" for name in names)
        currency = (self.account_currency.data or "").upper()
        return Payment(self.how.data, holder, bank, iban, account, bic, currency)


class SourceForm(SealedForm):
    """Where something came from that an officer enters."""

    source = line(
        lazy("What it was, and from whom"),
        200,
        description=lazy("For example: copy of the passport, by mail of the ministry."),
    )
    received_on = DayField(lazy("It came on"), [_NO_DAY])

    def by(self) -> HandedBy:
        """Who hands it in; only after validation."""
        return contents.officer(self.source.data or "", self.received_on.data)


class OfficePassportForm(PassportForm, SourceForm):
    """A passport, as an officer enters it."""


class OfficeVisaForm(VisaForm, SourceForm):
    """A visa, as an officer enters it."""


class OfficeAccessForm(AccessForm, SourceForm):
    """Access needs, as an officer enters them."""


class OfficePaymentForm(PaymentForm, SourceForm):
    """How somebody wants to be paid, as an officer enters it."""


class AcceptForm(KeyedForm):
    """The button by which a passport is accepted."""


class OpenForm(KeyedForm):
    """What is opened, and why."""

    papers = SelectMultipleField(lazy("What to open"), validate_choice=False)
    reason = reason(lazy("Reason"), lazy("The delegate reads it, with your name and the time."))

    def offer(self, handed_in: Mapping[Paper, date] | Collection[Paper]) -> "OpenForm":
        """Let the person choose of what was handed in."""
        self.papers.choices = [(paper.value, lazy(PAPER_LABELS[paper])) for paper in Paper if paper in handed_in]
        return self


class OpenEvidenceForm(KeyedForm):
    """Why it is read to which accounts somebody was paid."""

    reason = reason(lazy("Reason"), lazy("The delegate reads it, with your name and the time."))


def _iso3(text: str | None) -> str:
    return find_state(text, invented=True) or ""
