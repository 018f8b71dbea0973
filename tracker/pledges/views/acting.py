"""What the pages of risky acts have in common: say what will happen and who will be told, then do it once.

The act is tried before the page asks its rule. So, pressed twice, the second answer leads where the first one did,
although the pledge has moved on and the rule would refuse a new act by now. Every service asks the rule itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template

from tracker.access import current_actor
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.forms import KeyedForm
from tracker.money import FUND_CURRENCY
from tracker.notifications import queries as notifications
from tracker.pledges.actions import Action
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.policy import can

Will = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act on a pledge or its money, and what its page says before it.

    The rules are asked for `action` on `on`; `event`, with its `facts`, decides who will be told; `will` holds
    (sentence, whether that is good); the act leads to `back`, the page of what `subject` names.
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


def confirmed(act: Act, form: KeyedForm, carry_out: Callable[..., Any]) -> Any:
    """Do the act when the form says so and lead back; else the page before it (422 when the form has errors).

    `carry_out` is called with `key` and `actor`, once the form is right. Raises Forbidden when the rule says no.
    """
    if done(form, carry_out):
        flash(act.done, "ok")
        return redirect(act.back)
    must_be_able(act.action, act.on)
    told = notifications.told(act.event, act.pledge, current_actor(), **act.facts)
    page = render_template("pledges/confirm.html", act=act, form=form, told=told)
    return page, 422 if form.errors or form.form_errors else 200


def must_be_able(action: Action, subject: Pledge | Allocation | None) -> None:
    """Refuse the page itself when the act would be refused; an offer has no subject yet."""
    facts = rule_facts_of(subject) if subject is not None else None
    refusal = can(RULES, action, current_actor(), facts)
    if refusal is not None:
        raise Forbidden(refusal)


def done(form: KeyedForm, carry_out: Callable[..., Any]) -> bool:
    """Whether the form was sent, was right, and the act took place; if not, the form says why."""
    if not form.validate_on_submit():
        return False
    try:
        carry_out(key=form.key.data, actor=current_actor())
    except Invalid as invalid:
        db.session.rollback()
        form.add_errors(invalid.fields or {"file": invalid.message})  # only a file's checks know no field
        return False
    except Stale:
        raise
    except Conflict as conflict:
        db.session.rollback()
        form.form_errors.append(conflict.message)
        return False
    return True
