"""Keeping the reason of an act for good, also where the request's own column changes with its status."""

from datetime import date

from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, GivenReason
from tracker.assistance.required_texts import needed
from tracker.extensions import db
from tracker.rights.actor import Actor


def keep_reason(
    assistance_request: AssistanceRequest, action: Action, reason: str, *, actor: Actor, day: date | None = None
) -> str:
    """Write down why `actor` does this (of a `day`); gives the text without blanks around it. Raises Invalid where
    there is none."""
    text = needed(reason)
    db.session.add(
        GivenReason(
            request_id=assistance_request.id,
            action=action,
            reason=text,
            language=actor.language,
            given_by_id=actor.person_id,
            day=day,
        )
    )
    return text
