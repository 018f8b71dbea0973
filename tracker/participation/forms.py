"""The shape of a nomination. A passport is never asked here: only after selection, on the delegate's own page."""

from typing import Any

from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Optional

from tracker.languages.choosing import LANGUAGE_NAMES, current_language
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import GENDER_LABELS, NEED_LABELS, Gender
from tracker.participation.models import Delegate
from tracker.participation.services import Nomination
from tracker.reference import queries as reference
from tracker.web.forms import AtMost, KeyedForm


class DelegateForm(KeyedForm):
    """One delegate or alternate. Only the name is needed to save; the rest before authorisation is asked."""

    name = StringField(
        lazy("Name"),
        [InputRequired(lazy("Enter the name.")), AtMost(160)],
        description=lazy("As it should stand on the invitation."),
    )
    function = StringField(lazy("Function"), [AtMost(200)])
    office = StringField(lazy("Institution"), [AtMost(200)])
    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Email(lazy("Enter an address such as name@example.org.")), AtMost(254)],
    )
    language = SelectField(
        lazy("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )
    gender = RadioField(
        lazy("Gender"),
        choices=[SelectChoice(gender.value, lazy(label)) for gender, label in GENDER_LABELS.items()],
        default=Gender.NOT_STATED.value,
        description=lazy("Used to follow the balance of delegations. Never published by person."),
    )
    nationality_iso3 = SelectField(lazy("Nationality"), [Optional()], description=lazy("For the visa."))
    departure_airport = StringField(
        lazy("Airport of departure"), [AtMost(80)], description=lazy("Name of the city, or the code on the ticket.")
    )
    alternate = BooleanField(lazy("Alternate"), description=lazy("Travels only when a delegate cannot."))
    head = BooleanField(lazy("Head of delegation"))
    needs_fare = BooleanField(lazy(NEED_LABELS["fare"]), default=True)
    needs_dsa = BooleanField(lazy(NEED_LABELS["dsa"]), default=True)
    needs_terminals = BooleanField(lazy(NEED_LABELS["terminals"]), default=True)
    needs_visa = BooleanField(lazy(NEED_LABELS["visa"]))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = reference.state_choices(current_language())
        self.nationality_iso3.choices = [
            SelectChoice("", lazy("Choose a State")),
            *(SelectChoice(iso3, name) for iso3, name in states),
        ]

    @classmethod
    def fresh(cls, request_language: str, state_iso3: str | None) -> "DelegateForm":
        """The form for somebody new, with what is true of most delegates: the request's language, the own State."""
        return cls(data={"language": request_language, "nationality_iso3": state_iso3 or ""})

    @classmethod
    def of(cls, delegate: Delegate) -> "DelegateForm":
        """The form filled with what stands in the nomination."""
        form = cls(obj=delegate)
        if not form.is_submitted():
            form.version.data = str(delegate.version)
        return form

    def nomination(self) -> Nomination:
        """The values as the services take them."""
        values = {name: self[name].data for name in Nomination.__dataclass_fields__}
        values["nationality_iso3"] = values["nationality_iso3"] or None
        return Nomination(**values)
