"""How the delegation joins the request: a step of its form, two of its fields, facts on its pages and prints."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance import fields
from tracker.assistance.facts import Fact, add_facts
from tracker.assistance.forms import steps
from tracker.assistance.lifecycle import FIELD_LABELS, Kind
from tracker.i18n import N_
from tracker.participation import queries
from tracker.participation.lifecycle import NEED_LABELS
from tracker.participation.models import Delegate


def register() -> None:
    """Called once in create_app."""
    steps.register(
        Kind.PARTICIPATION,
        steps.Step(
            "delegates", N_("Delegates"), 20, endpoint="participation.delegates", answers=("delegates", "needs")
        ),
    )
    fields.register("delegates", lambda request: [_who(d) for d in queries.delegates_of(request.id)])
    fields.register("needs", lambda request: [[d.name, *d.needs] for d in queries.delegates_of(request.id)])
    add_facts(Kind.PARTICIPATION, _facts)


def _who(delegate: Delegate) -> str:
    said = (delegate.name, delegate.function, delegate.office, delegate.email, delegate.departure_airport)
    return ", ".join(part for part in said if part)


def _facts(assistance_request: Any, _parts: Any) -> list[Fact]:
    delegation = queries.delegates_of(assistance_request.id)
    people = tuple(
        _("%(who)s (alternate)", who=_who(delegate)) if delegate.alternate else _who(delegate)
        for delegate in delegation
    )
    needs = tuple(
        f"{delegate.name}: " + "; ".join(_(NEED_LABELS[need]) for need in delegate.needs) for delegate in delegation
    )
    return [
        Fact("delegates", _(FIELD_LABELS["delegates"]), lines=people),
        Fact("needs", _(FIELD_LABELS["needs"]), lines=needs),
    ]
