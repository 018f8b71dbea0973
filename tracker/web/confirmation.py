"""Pages that ask once more before an action, and forms that do one: the rule is asked first, then the form, then the
action is done once. Whose rule, which page and where it leads are the capability's."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect

from tracker.errors import DomainError, Doubtful, Invalid, Stale
from tracker.web.access import current_actor
from tracker.web.forms import KeyedForm, SureForm

CarryOut = Callable[..., Any]
"""The action, called with `key` and `actor`."""


def confirmed(
    form: KeyedForm,
    carry_out: CarryOut,
    *,
    allow: Callable[[], None] | None = None,
    page: Callable[[], str],
    done: Any,
    lead: Callable[[Any], str],
    **how: Any,
) -> Any:
    """Do the action when the form says so, say `done`, go where `lead` (given the action's outcome) says; else `page`.

    `allow` raises Forbidden unless the actor may do it now; leave it out where the view had to ask before it could
    build the form. It must let a form pass that has done its work already (`access.allow` does): pressed twice, the
    second answer leads where the first one did, because the verb gives the first outcome again. `how` is for
    `carried_out`.
    """
    if allow is not None:
        allow()
    if form.validate_on_submit():
        outcome: list[Any] = []
        if carried_out(form, lambda **by: outcome.append(carry_out(**by)), **how):
            flash(done)
            return redirect(lead(outcome[0]))
    form.put_back()
    return page(), 422 if form.errors else 200


def carried_out(
    form: KeyedForm, carry_out: CarryOut, *, beside: str = "", at_form: tuple[type[DomainError], ...] = (Invalid,)
) -> bool:
    """Whether the action took place, called with the valid form's key and the present actor; if not, the form says why.

    Refusals of the kinds `at_form` are shown at their fields; one that names no field (the checks of files do not)
    beside the field `beside`, or at the form. Others are raised, and so is Stale, whose page shows both texts.
    """
    sure = {"sure": True} if isinstance(form, SureForm) and form.is_sure else {}
    try:
        carry_out(key=form.key.data, actor=current_actor(), **sure)
    except Stale:
        raise
    except Doubtful as doubtful:
        if not isinstance(form, SureForm):
            raise
        form.doubt(doubtful.fields)
        return False
    except at_form as refused:
        fields = getattr(refused, "fields", {}) or {beside if isinstance(refused, Invalid) else "": refused.message}
        form.add_errors(fields)
        return False
    return True
