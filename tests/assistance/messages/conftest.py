"""What tests ask of the messages on a request."""

import io
from datetime import timedelta
from types import SimpleNamespace

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker.assistance.message_kinds import MessageKind
from tracker.assistance.messages import services
from tracker.assistance.models import Message, MessageAnswer
from tracker.calendar.now import today
from tracker.extensions import db


def paper(name: str = "room-offer.pdf") -> FileStorage:
    """A small document to be handed in."""
    return FileStorage(io.BytesIO(PDF), filename=name)


def messages(case: make.Case) -> list[SimpleNamespace]:
    """What was written on the request, in order, each with the id of the message that answers it."""
    rows = db.session.execute(
        sa.select(*Message.__table__.columns, MessageAnswer.answer_id)
        .outerjoin(MessageAnswer, MessageAnswer.message_id == Message.id)
        .where(Message.request_id == case.now.id)
        .order_by(Message.id)
    ).all()
    db.session.rollback()
    return [SimpleNamespace(**row._mapping) for row in rows]


def waiting(case: make.Case) -> list[str]:
    """The kinds of the messages to which an answer is owed."""
    return [row.kind for row in messages(case) if row.owed_by and row.answer_id is None]


def say(case: make.Case, who: str, body: str = "Can the second group be taught in Kisumu?", **how) -> str:
    """Words of one of the case's people; gives the message's public id."""
    return services.write_message(case.public_id, actor=getattr(case, who), body=body, **how)


def more_time(case: make.Case, days: int = 60) -> str:
    """The drafter asks for time until so many days from now."""
    day = today() + timedelta(days=days)
    return services.ask_more_time(case.public_id, actor=case.drafter, body="The directorate meets late.", day=day)


def amendment(case: make.Case, **changes) -> str:
    """The authority asks for other terms."""
    note = make.note(**{"file": paper("note.pdf"), **changes})
    return services.want_amendment(case.public_id, actor=case.authority, body="One course less is needed.", note=note)


KINDS = MessageKind
