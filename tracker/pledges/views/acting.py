"""What the pages of risky acts have in common: say what will happen and who will be told, then do it once."""

from collections.abc import Callable
from typing import Any

from flask import render_template

from tracker.access import current_actor
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.forms import KeyedForm
from tracker.notifications import queries as notifications
from tracker.pledges.policies import RULES
from tracker.policy import can

Will = list[tuple[str, bool]]


def must_be_able(action: str, subject: Any) -> None:
    """Refuse the page itself when the act would be refused."""
    refusal = can(RULES, action, current_actor(), subject)
    if refusal is not None:
        raise Forbidden(refusal)


def done(form: KeyedForm, act: Callable[..., Any]) -> bool:
    """Whether the form was sent, was right, and the act took place; if not, the form says why."""
    if not form.validate_on_submit():
        return False
    try:
        act(key=form.key.data, actor=current_actor())
    except Invalid as invalid:
        db.session.rollback()
        form.add_errors(invalid.fields or {"": invalid.message})
        return False
    except Stale:
        raise
    except Conflict as conflict:
        db.session.rollback()
        form.form_errors.append(conflict.message)
        return False
    return True


def confirm_page(form: KeyedForm, *, title: str, submit: str, back: str, **facts: Any) -> Any:
    """The page before the act: `subject`, `will` [(sentence, is_good)], `told` [(who, language)], `currency`, `risk`.

    422 when the form came back with errors.
    """
    values = {"subject": "", "will": [], "told": None, "currency": "USD", "risk": False, **facts}
    page = render_template("pledges/confirm.html", form=form, title=title, submit=submit, back=back, **values)
    return page, 422 if form.errors or form.form_errors else 200


def told(event_name: str, subject: Any, **data: Any) -> list[tuple[str, str]]:
    """Who will be told, in which language, by the rules that the dispatcher uses."""
    return notifications.told(event_name, subject, current_actor(), **data)
