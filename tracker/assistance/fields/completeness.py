"""What a request must say before its authority is asked; higher capabilities add checks by `lifecycle.gate`."""

from typing import Any

from tracker import money
from tracker.assistance.fields import table
from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.calendar.now import today
from tracker.languages.marking import lazy


def technical(assistance_request: Any) -> dict[str, Any]:
    """What a request for technical assistance still lacks, by field."""
    found = _unwritten(assistance_request)
    if not assistance_request.areas:
        found["areas"] = needed("areas")
    if not assistance_request.beneficiaries:
        found["beneficiaries"] = needed("beneficiaries")
    if assistance_request.starts_on is None or assistance_request.ends_on is None:
        found["dates"] = needed("dates")
    elif assistance_request.ends_on < today():
        found["dates"] = lazy("The last day is over already: say when the assistance is needed.")
    found.update(_budget(assistance_request))
    return found


def needed(name: str) -> Any:
    """The sentence for a field that is empty and may not be."""
    return lazy(table.named(name).needed)


def _unwritten(assistance_request: Any) -> dict[str, Any]:
    """The sentences for the texts that the form asks, that are needed and that nobody wrote."""
    kind = Kind(assistance_request.kind)
    asked = [one for one in table.texts() if one.needed and one.steps.get(kind)]
    return {one.name: needed(one.name) for one in asked if not getattr(assistance_request, one.name).strip()}


def _budget(assistance_request: Any) -> dict[str, Any]:
    if not assistance_request.budget_lines:
        return {"budget": needed("budget")}
    if assistance_request.currency != money.FUND_CURRENCY and assistance_request.amount_usd_minor is None:
        return {
            "budget": lazy(
                "There is no rate of exchange for %(currency)s at present: choose another currency.",
                currency=assistance_request.currency,
            )
        }
    return {}


def participation(assistance_request: Any) -> dict[str, Any]:
    """What a request for support for participation lacks, as far as it is known here."""
    found = _unwritten(assistance_request)
    if assistance_request.session_id is None:
        found["session"] = needed("session")
    return found


def unreadable(assistance_request: Any) -> dict[str, Any]:
    """Steps on which something typed cannot be read yet; the key is the step's own name."""
    return {
        f"step:{slug}": lazy("Correct the answers marked on this page.") for slug in assistance_request.unread or {}
    }


def register_gates() -> None:
    """Set these checks before the action that they guard."""
    gate(Kind.TECHNICAL, Action.ASK_AUTHORISATION, technical)
    gate(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, participation)
    for kind in Kind:
        gate(kind, Action.ASK_AUTHORISATION, unreadable)
