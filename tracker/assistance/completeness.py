"""What a request must say before its authority is asked; higher capabilities add checks by `lifecycle.gate`."""

from typing import Any

from tracker import money
from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.i18n import N_, lazy
from tracker.now import today

NEEDED_TEXTS = {
    "title": N_("Give the request a title."),
    "problem": N_("Describe the problem."),
    "objectives": N_("Say what the assistance should achieve."),
    "expected_results": N_("Say which results you expect."),
    "human_rights": N_("Say how human rights are taken into account."),
}


def technical(assistance_request: Any) -> dict[str, Any]:
    """What a request for technical assistance still lacks, by field."""
    found = {
        name: lazy(sentence) for name, sentence in NEEDED_TEXTS.items() if not getattr(assistance_request, name).strip()
    }
    if not assistance_request.areas:
        found["areas"] = lazy("Choose at least one area of assistance.")
    if not assistance_request.beneficiaries:
        found["beneficiaries"] = lazy("Name at least one authority that would benefit.")
    if assistance_request.starts_on is None or assistance_request.ends_on is None:
        found["dates"] = lazy("Say from when to when the assistance is needed.")
    elif assistance_request.ends_on < today():
        found["dates"] = lazy("The last day is over already: say when the assistance is needed.")
    found.update(_budget(assistance_request))
    return found


def _budget(assistance_request: Any) -> dict[str, Any]:
    if not assistance_request.budget_lines:
        return {"budget": lazy("Add at least one budget line with its amount.")}
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
    if assistance_request.session_id is None:
        return {"session": lazy("Choose the session.")}
    return {}


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
