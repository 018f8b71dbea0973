"""How a request is handled: its language, its marking, and who may see what of it."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tracker.assistance.fields.parts import Part, check, offer
from tracker.assistance.lifecycle import CONSENT_AUDIENCES, CONSENT_FIELDS, MARKING_LABELS, Marking
from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import N_, lazy


class LanguagePart:
    language = SelectField(
        lazy("Language in which you write"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        description=lazy("Your text is shown in this language to everybody and is never translated silently."),
    )


class MarkingPart:
    marking = RadioField(
        lazy("How carefully it is handled"),
        choices=[SelectChoice(m.value, lazy(MARKING_LABELS[m])) for m in Marking],
    )


CONSENT_LABELS = {
    "title": N_("the title"),
    "summary": N_("a summary"),
    "amounts": N_("the amounts"),
    "documents": N_("the documents"),
}


def consent_choices(audience: str) -> list[SelectChoice]:
    """One choice for each field that may be shown to `audience`."""
    return [SelectChoice(f"{field}:{audience}", lazy(CONSENT_LABELS[field])) for field in CONSENT_FIELDS]


class ConsentPart:
    donors = SelectMultipleField(lazy("What donors may see"), choices=consent_choices("donors"))
    public = SelectMultipleField(lazy("What the public may see"), choices=consent_choices("public"))


def read_consents(form: Any) -> list[str]:
    """The ticked consents of both audiences."""
    check(form, CONSENT_AUDIENCES)
    return sorted([*(form.donors.data or []), *(form.public.data or [])])


def fill_consents(value: list[str]) -> dict[str, Any]:
    """The boxes to tick for these consents."""
    return {audience: [v for v in value or [] if v.endswith(f":{audience}")] for audience in CONSENT_AUDIENCES}


def _column(field: str, mixin: type) -> None:
    def read(form: Any) -> str:
        check(form, (field,))
        return form[field].data

    offer(Part(field, mixin, (field,), lambda v: {field: v}, read, column=True))


_column("language", LanguagePart)
_column("marking", MarkingPart)
offer(Part("consent_proposal", ConsentPart, CONSENT_AUDIENCES, fill_consents, read_consents, column=True))
