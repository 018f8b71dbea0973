"""What the two sides of demonstration requests wrote to each other, from data/messages.toml."""

import io
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tracker.assistance.message_kinds import MessageKind
from tracker.assistance.messages import services
from tracker.assistance.models import AssistanceRequest, Message
from tracker.calendar.now import today
from tracker.demo.pages import page_of
from tracker.demo.participants import read
from tracker.demo.schedule import Schedule
from tracker.demo.stories import Story
from tracker.extensions import db


def write_into(schedule: Schedule, told: dict[str, Story]) -> None:
    """Put every message some days after the step of its request that it follows."""
    for line in read("messages")["message"]:
        story = told[line["request"]]
        schedule.on(story.days[line["after"]] - line["later"], partial(_say, story, line))


def _say(story: Story, line: dict[str, Any]) -> None:
    actor, kind = getattr(story, line["by"]), MessageKind(line.get("kind", "message"))
    match kind:
        case MessageKind.MORE_TIME:
            until = today() + timedelta(days=line["until"])
            services.ask_more_time(story.public_id, actor=actor, body=line["text"], day=until)
        case MessageKind.NO_ANSWER:
            services.needs_no_answer(story.public_id, _newest(story), actor=actor)
        case _:
            services.write_message(
                story.public_id,
                actor=actor,
                body=line["text"],
                kind=kind,
                upload=_paper(line) if "file" in line else None,
            )


def _paper(line: dict[str, Any]) -> FileStorage:
    return FileStorage(io.BytesIO(page_of("a paper handed in with a message")), filename=line["file"])


def _newest(story: Story) -> uuid.UUID:
    """The message that was written last."""
    statement = (
        sa.select(Message.public_id)
        .join(AssistanceRequest, AssistanceRequest.id == Message.request_id)
        .where(AssistanceRequest.public_id == story.public_id)
        .order_by(Message.id.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one()
