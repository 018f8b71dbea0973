"""Messages on the requests of the world: with a paper, for more time, on what is strictly confidential, and by mail."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories.assistance import Case
from tests.rights.papers import paper
from tracker.assistance.message_kinds import MessageKind
from tracker.assistance.messages import services
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.notifications.models import Delivery


def on(cases: dict[str, Case]) -> dict[str, Any]:
    """Write them; gives the ids of those that can be answered."""
    asking, written, strict = cases["asking_more_time"], cases["in_review"], cases["strict"]
    until = today() + timedelta(days=60)
    services.write_message(strict.public_id, actor=strict.drafter, body="quokkastrict words")
    more_time = services.ask_more_time(asking.public_id, actor=asking.drafter, body="quokkastate meets late", day=until)
    message = services.write_message(
        written.public_id,
        actor=written.drafter,
        body="quokkastate letter",
        kind=MessageKind.PAPER,
        upload=paper("quokkastate-letter.pdf"),
    )
    return {"more_time": uuid.UUID(more_time), "message": uuid.UUID(message)}


def letter_about(public_id: uuid.UUID) -> uuid.UUID:
    """The first mail about a request."""
    request_id = db.session.scalar(sa.select(AssistanceRequest.id).where(AssistanceRequest.public_id == public_id))
    mail = Delivery.channel == "email", Delivery.subject_key == f"request:{request_id}"
    return db.session.scalar(sa.select(Delivery.public_id).where(*mail).order_by(Delivery.id).limit(1))
