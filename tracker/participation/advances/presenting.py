"""The two parts of an allowance in words: the same on the journey, the pay list, the payment and the settlement."""

from typing import Any

from flask_babel import gettext as _

from tracker.costs.sentences import explain_advance
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.advances.lifecycle import Allowance


def parts_in_words(allowance: Allowance) -> list[str]:
    """What is paid in advance and what follows, why, and what of it is to be paid now."""
    advance = allowance.advance
    if not allowance.travels and allowance.due_minor is None:
        return [_("Nobody travels on this seat: nothing of it is paid before it is entered what is due.")]
    if advance is None:
        return [_("It is not known what is paid in advance: no rule was in force, or the days are not known.")]
    said = [
        _(
            "In advance %(advance)s, after arrival %(rest)s.",
            advance=format_money(advance.minor, FUND_CURRENCY),
            rest=format_money(advance.rest_minor, FUND_CURRENCY),
        ),
        explain_advance(advance),
    ]
    if allowance.now_minor:
        said.append(_("To be paid now: %(amount)s.", amount=format_money(allowance.now_minor, FUND_CURRENCY)))
    return said


def parts_in_brief(allowance: Allowance) -> str:
    """The two parts where there is little room; empty where no rule says them."""
    advance = allowance.advance
    if advance is None:
        return ""
    first, rest = (format_money(minor, FUND_CURRENCY) for minor in (advance.minor, advance.rest_minor))
    said: str = _("in advance %(advance)s, then %(rest)s", advance=first, rest=rest)
    return said


def asks_for_a_reason(amount_minor: int | None) -> Any:
    """What whoever pays something else reads; `amount_minor` is what is to be paid now."""
    if amount_minor is None:
        why = lazy("It is not known what is paid in advance.")
    elif amount_minor:
        why = lazy("By the rule %(amount)s is paid now.", amount=format_money(amount_minor, FUND_CURRENCY))
    else:
        why = lazy("By the rule nothing of it is paid now.")
    return one_text((why, lazy("Say in the note why this payment departs from it.")))
