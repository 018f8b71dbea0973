"""The steps of the request form: a list per kind, to which higher capabilities add theirs."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict

from tracker.assistance.fields import (
    editing,
    handling_parts,  # noqa: F401 - importing it offers its parts
    table,
)
from tracker.assistance.fields.parts import PARTS, Unreadable
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.languages.marking import N_
from tracker.web.forms import KeyedForm, read_version
from tracker.web.whole_forms import MARK

NOT_KEPT = ("csrf_token", "key", "version", "then", "rows", MARK)
MOST_KEPT = 200_000
"""Characters that a step keeps of what cannot be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. `parts` are fields by name; a step with an `endpoint` is a page of its own, which is
    given the request's public id and answers the fields that the table of fields has for it."""

    slug: str
    label: str
    order: int
    parts: tuple[str, ...] = ()
    endpoint: str | None = None
    template: str = ""


_steps: dict[str, dict[str, Step]] = {kind.value: {} for kind in Kind}


def register(kind: str, step: Step) -> None:
    """Add a step to the form of a kind, or put another in the place of one with the same slug."""
    _steps[str(kind)][step.slug] = step


def steps_of(kind: str) -> list[Step]:
    """The steps of a kind, in order."""
    return sorted(_steps[str(kind)].values(), key=lambda step: step.order)


def step_answering(kind: str, name: str) -> Step:
    """The step on which a field is answered ("step:SLUG" names the step itself); the review when there is none."""
    steps, slug = steps_of(kind), table.step_of(kind, name)
    for step in steps:
        if step.slug == slug or name in step.parts or name == f"step:{step.slug}":
            return step
    return steps[-1]


@cache
def form_class(parts: tuple[str, ...]) -> type[KeyedForm]:
    """The form that asks for these parts."""
    mixins = tuple(PARTS[name].mixin for name in parts)
    return type("StepForm", (*mixins, KeyedForm), {})


def filled(step: Step, assistance_request: Any) -> Any:
    """The form as it stands: what was saved, or what was typed and could not be read, with its sentences."""
    kept = (assistance_request.unread or {}).get(step.slug)
    form = _form(step, assistance_request, MultiDict(kept) if kept else None)
    form.version.data = token(step, assistance_request)
    if kept:
        read(step, form)
    return form


def received(step: Step, assistance_request: Any, formdata: Any) -> Any:
    """The form as it was sent."""
    return _form(step, assistance_request, formdata)


def _form(step: Step, assistance_request: Any, formdata: Any) -> Any:
    data: dict[str, Any] = {}
    for name in step.parts:
        data.update(PARTS[name].fill(present(assistance_request, name)))
    return form_class(step.parts)(formdata=formdata, data=data)


def token(step: Step, assistance_request: Any) -> str:
    """What the form carries as its version: the request's version, and a mark of what this step says."""
    return f"{assistance_request.version}.{_mark(step, assistance_request)}"


def version_seen(step: Step, form: Any, assistance_request: Any) -> int:
    """The version to save over: the present one when nobody changed this step since the form was opened (others may
    have saved other steps), else the one that the form was opened with."""
    number, _, mark = str(form.version.data or "").partition(".")
    if mark == _mark(step, assistance_request):
        return assistance_request.version
    return read_version(number)


def _mark(step: Step, assistance_request: Any) -> str:
    says = [present(assistance_request, name) for name in step.parts]
    says.append((assistance_request.unread or {}).get(step.slug))
    return hashlib.sha256(json.dumps(says, sort_keys=True).encode()).hexdigest()[:16]


def present(assistance_request: Any, name: str) -> Any:
    """The saved value of a part."""
    return getattr(assistance_request, name) if PARTS[name].column else editing.value_of(assistance_request, name)


@dataclass(slots=True)
class Saved:
    """What a step says: values of fields, columns of the request, and whether something could not be read."""

    values: dict[str, Any]
    columns: dict[str, Any]
    failed: bool


def read(step: Step, form: Any) -> Saved:
    """Read every part; those that cannot be read put their sentences at the form's inputs."""
    saved = Saved({}, {}, False)
    for name in step.parts:
        part = PARTS[name]
        try:
            (saved.columns if part.column else saved.values)[name] = part.read(form)
        except Unreadable:
            saved.failed = True
    return saved


def typed(formdata: Any) -> dict[str, list[str]]:
    """What was sent, as it can be kept and shown again."""
    kept = {name: texts for name, texts in formdata.lists() if name not in NOT_KEPT}
    plain = {name: [text.replace("\x00", "") for text in texts] for name, texts in kept.items()}
    return plain if sum(len(text) for texts in plain.values() for text in texts) <= MOST_KEPT else {}


def _asking(kind: Kind, slug: str, label: str, order: int, *columns: str) -> Step:
    """A step that asks some columns of the request and then the fields that the table has for it."""
    return Step(slug, label, order, (*columns, *table.on_step(kind, slug)))


TECHNICAL = (
    _asking(Kind.TECHNICAL, "where", N_("What and where"), 10, "language"),
    _asking(Kind.TECHNICAL, "who", N_("Who benefits"), 20),
    _asking(Kind.TECHNICAL, "why", N_("Why"), 30),
    _asking(Kind.TECHNICAL, "when", N_("When and how much"), 40),
)
PARTICIPATION = (
    _asking(Kind.PARTICIPATION, "session", N_("Session"), 10, "language"),
    _asking(Kind.PARTICIPATION, "contribution", N_("Own contribution"), 40),
)
OF_BOTH = (
    Step("documents", N_("Documents"), 50, endpoint="assistance.documents"),
    Step("consent", N_("Who may see it"), 80, ("marking", "consent_proposal")),
    Step("review", N_("Review"), 90, endpoint="assistance.review"),
)
for _kind, _own in ((Kind.TECHNICAL, TECHNICAL), (Kind.PARTICIPATION, PARTICIPATION)):
    for _step in (*_own, *OF_BOTH):
        register(_kind, _step)


def first_gap(assistance_request: Any) -> Step:
    """The first step on which something is missing or cannot be read; the review when nothing is."""
    gaps = missing(Kind(assistance_request.kind), Action.ASK_AUTHORISATION, assistance_request)
    open_steps = [step_answering(assistance_request.kind, name) for name in gaps]
    return min(open_steps, key=lambda step: step.order, default=steps_of(assistance_request.kind)[-1])
