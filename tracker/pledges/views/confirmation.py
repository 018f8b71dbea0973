"""Pages that ask once more before an action on a pledge or its money: what will happen and who will be told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from tracker.errors import Conflict, Invalid
from tracker.money import FUND_CURRENCY
from tracker.notifications import queries as notifications
from tracker.pledges.actions import Action
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.web import confirmation as web_confirmation
from tracker.web.access import allow, current_actor
from tracker.web.confirmation import carried_out
from tracker.web.forms import KeyedForm

Will = list[tuple[str, bool]]
BESIDE = "file"
"""The field that shows a refusal without a field's name; only the checks of files give one."""
AT_FORM = (Invalid, Conflict)
"""Money that is not there is said where the amount was typed; what somebody else changed has its own page (Stale)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """One action on a pledge or its money, and what the page says that asks once more before it.

    The rules are asked for `action` on `on`; `event`, with its `facts`, decides who will be told; `will` holds
    (sentence, whether that is good); the action leads to `back`, the page of what `subject` names.
    """

    action: Action
    on: Pledge | Allocation
    pledge: Pledge
    subject: str
    back: str
    title: str
    submit: str
    done: str
    will: Will
    event: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    currency: str = FUND_CURRENCY
    risk: bool = False


def confirmed(confirmation: Confirmation, form: KeyedForm, carry_out: Callable[..., Any]) -> Any:
    """Ask the rule, then do the action when the form says so and lead back; else the page before it (422 when the
    form has errors). `carry_out` is called with `key` and `actor`, once the form is right."""
    return web_confirmation.confirmed(
        form,
        carry_out,
        allow=lambda: allow(RULES, confirmation.action, rule_facts_of(confirmation.on)),
        page=lambda: _page(confirmation, form),
        done=confirmation.done,
        lead=lambda _outcome: confirmation.back,
        beside=BESIDE,
        at_form=AT_FORM,
    )


def _page(confirmation: Confirmation, form: KeyedForm) -> str:
    told = notifications.audience_in_words(
        confirmation.event, confirmation.pledge, current_actor(), **confirmation.facts
    )
    return render_template("pledges/confirm.html", confirmation=confirmation, form=form, told=told)


def sent_and_done(form: KeyedForm, carry_out: Callable[..., Any]) -> bool:
    """Whether the form was sent, was right, and the action took place; if not, the form says why."""
    return form.validate_on_submit() and carried_out(form, carry_out, beside=BESIDE, at_form=AT_FORM)
