"""What an acceptance and every amendment of it has to say beside its amount: one rule for both."""

from typing import Any

from tracker.assistance.lifecycle import Kind
from tracker.assistance.required_texts import required
from tracker.errors import Invalid
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY


def must_be_argued(assistance_request: Any, said: Any, *, before_rounds: bool = False) -> None:
    """Raise Invalid where an acceptance (a proposal or a decision) lacks its amount, where an unusual amount has no
    reason, or where nothing says how human rights were considered. One for participation names no amount, since
    rounds give the money, unless it did so `before_rounds`."""
    if assistance_request.kind == Kind.PARTICIPATION and not before_rounds:
        if said.amount_minor is not None:
            raise Invalid(fields={"amount": lazy("Accepting means eligible: the round gives the money, seat by seat.")})
    elif said.amount_minor is None:
        raise Invalid(fields={"amount": lazy("Write the amount that is accepted; 0 when no money is needed.")})
    else:
        must_say_why(assistance_request.amount_usd_minor, said.amount_minor, said.amount_reason)
    required(human_rights=said.human_rights)


def must_say_why(asked_minor: int | None, amount_minor: int, reason: str) -> None:
    """Raise Invalid where more is accepted than was asked (in US cents), or nothing of it, without a reason."""
    needed = _why_needed(asked_minor, amount_minor)
    if needed is not None and not shown(reason):
        raise Invalid(fields={"amount_reason": needed})


def _why_needed(asked_minor: int | None, amount_minor: int) -> Any:
    if asked_minor is None:  # how much is not known
        return None
    if amount_minor == 0 < asked_minor:
        return lazy("Nothing of what was asked is accepted: say why.")
    if amount_minor > asked_minor:
        asked = format_money(asked_minor, FUND_CURRENCY)
        return lazy("This is more than the %(asked)s that were asked: say why.", asked=asked)
    return None
