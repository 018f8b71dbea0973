"""The fields of a request, each said once: its words, where it is asked, how it is imported, found and shown.

Forms, facts, completeness, imports, search and the lists of what can be questioned follow from it. It knows no database
and no Flask: answers that are more than a text are read and written in `fields`, asked in `forms.parts`.
"""

from collections.abc import Iterable
from itertools import chain

from tracker.assistance.fields.shape import Column, Field, Shape, text
from tracker.assistance.lifecycle import Kind
from tracker.languages.marking import N_

T, P = Kind.TECHNICAL, Kind.PARTICIPATION
_DAY = N_("YYYY-MM-DD, or 31/12/2026 where the table shows or somebody says what comes first")

# In the order of the form, of the facts on pages, and of the columns of a table.
_OWN = (
    Field(
        "title",
        N_("Title"),
        {T: "where", P: ""},  # support for participation is called by its session
        shape=Shape.LINE,
        hint=N_("In a few words: who learns or gets what, and where."),
        limit=200,
        needed=N_("Give the request a title."),
        columns=(Column("title", N_("title, at most 300 characters"), 300),),
        found_by=("title",),
        consent="title",
    ),
    Field(
        "areas",
        N_("Areas of assistance"),
        {T: "where"},
        needed=N_("Choose at least one area of assistance."),
        weighty=True,
        columns=(Column("areas", N_("codes of areas, joined by |")),),
    ),
    Field(
        "beneficiaries",
        N_("Authorities that would benefit"),
        {T: "who"},
        needed=N_("Name at least one authority that would benefit."),
        weighty=True,
        columns=(Column("beneficiaries", N_("national authorities, joined by |")),),
        found_by=("beneficiaries",),
    ),
    text(
        "problem",
        N_("The problem"),
        {T: "why"},
        hint=N_("What does not work today, for whom, and how you know."),
        needed=N_("Describe the problem."),
        consent="summary",
    ),
    text(
        "objectives",
        N_("Objectives"),
        {T: "why"},
        hint=N_("What should be different afterwards."),
        needed=N_("Say what the assistance should achieve."),
        weighty=True,
        consent="summary",
    ),
    text(
        "expected_results",
        N_("Expected results"),
        {T: "why"},
        hint=N_("What will be there that can be seen or counted: courses, texts, tools, people trained."),
        needed=N_("Say which results you expect."),
    ),
    text(
        "human_rights",
        N_("Human rights considerations"),
        {T: "why"},
        hint=N_("How privacy, fair trial, equality and the safety of those concerned are protected."),
        needed=N_("Say how human rights are taken into account."),
    ),
    text(
        "earlier_assistance",
        N_("Earlier assistance"),
        {T: "why"},
        hint=N_("What was done before, by whom and when, so that nothing is done twice."),
    ),
    Field(
        "dates",
        N_("Dates"),
        {T: "when"},
        needed=N_("Say from when to when the assistance is needed."),
        weighty=True,
        columns=(
            Column("place", N_("text"), 200),
            Column("starts_on", _DAY),
            Column("ends_on", N_("as starts_on")),
        ),
        found_by=("place",),
    ),
    Field(
        "budget",
        N_("Budget"),
        {T: "when"},
        needed=N_("Add at least one budget line with its amount."),
        weighty=True,
        columns=(
            Column("amount", N_("amount asked, above zero")),
            Column("currency", N_("ISO 4217 code, needed with an amount")),
        ),
        consent="amounts",
    ),
    Field(
        "session",
        N_("Session"),
        {P: "session"},
        needed=N_("Choose the session."),
        weighty=True,
        columns=(Column("session", N_("code of the session, for participation")),),
    ),
    text(
        "own_contribution",
        N_("What the State pays itself"),
        {P: "contribution"},
        hint=N_("For example venue, interpretation, part of the travel."),
        imported=False,
    ),
    Field("attachments", N_("Documents"), {T: "documents", P: "documents"}, consent="documents"),
)
_fields: dict[str, Field] = {one.name: one for one in _OWN}


def register(one: Field, *, after: str) -> None:
    """Add the field of a higher capability behind another, or put it in the place of one of the same name."""
    if one.name in _fields:
        _fields[one.name] = one
        return
    known = list(_fields.values())
    place = next(index for index, other in enumerate(known, start=1) if other.name == after)
    _fields.clear()
    _fields.update((other.name, other) for other in (*known[:place], one, *known[place:]))


def every() -> list[Field]:
    """All fields, in order."""
    return list(_fields.values())


def of_kind(kind: str) -> list[Field]:
    """The fields of a kind of request, in order: what it says and what can be questioned."""
    return [one for one in _fields.values() if kind in one.steps]


def on_step(kind: str, slug: str) -> tuple[str, ...]:
    """The names of the fields that a step of the form asks, in order."""
    return tuple(one.name for one in of_kind(kind) if one.steps[Kind(kind)] == slug)


def step_of(kind: str, name: str) -> str:
    """The step that asks a field; empty when none does."""
    return _fields[name].steps.get(Kind(kind), "") if name in _fields else ""


def named(name: str) -> Field:
    """The field of this name. Raises KeyError."""
    return _fields[name]


def texts() -> list[Field]:
    """The fields that are a text in a column of their name."""
    return [one for one in _fields.values() if one.shape is not Shape.OTHER]


def labels() -> dict[str, str]:
    """What each field is called, as message ids."""
    return {one.name: one.label for one in _fields.values()}


def label(name: str) -> str:
    """What a field is called, as a message id; a name that is not known is its own."""
    return _fields[name].label if name in _fields else name


def is_optional(name: str) -> bool:
    """Whether a request is complete without this field."""
    return name in _fields and _fields[name].optional


def editors() -> dict[str, str]:
    """The endpoints of the pages on which questioned fields are changed elsewhere, by field."""
    return {one.name: one.editor for one in _fields.values() if one.editor}


def any_weighty(names: Iterable[str]) -> bool:
    """Whether a change of these fields together is the authority's alone."""
    return any(_fields[name].weighty for name in names if name in _fields)


def shown_with(consents: Iterable[str]) -> frozenset[str]:
    """The fields that may be shown outside when these consents were given."""
    given = frozenset(consents)
    return frozenset(one.name for one in _fields.values() if one.consent and one.consent in given)


def columns() -> list[Column]:
    """The columns of a table of requests that hold fields, in order."""
    return list(chain.from_iterable(one.columns for one in _fields.values()))


def text_columns() -> dict[str, int]:
    """The columns that are kept as they are written, each with the number of characters that is kept."""
    return {column.name: column.most for column in columns() if column.most is not None}


def found_by() -> list[str]:
    """The columns of a request (and "beneficiaries") whose words find it: those with short answers first."""
    long = {one.name for one in texts() if one.shape is Shape.PARAGRAPHS}
    return sorted(chain.from_iterable(one.found_by for one in _fields.values()), key=long.__contains__)
