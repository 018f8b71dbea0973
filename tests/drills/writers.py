"""People who write one message after the other while the site falls, and remember what was acknowledged."""

import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask

from tests.drills.told import ACTS, Folk
from tests.drills.visitor import NotTaken, Visitor
from tracker.assistance.models import Message
from tracker.events.models import Event
from tracker.extensions import db

PATIENCE = 240.0
"""Seconds that somebody goes on pressing while nobody answers."""
WRITES = ACTS[0]
"""An officer writes to the State: it changes nothing in the request, so it can be done again and again."""


@dataclass
class Writers:
    """Each on a request of their own, until they are told to end."""

    app: Flask
    url: str
    folks: list[Folk]
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unmeant: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Writers":
        visitors = [Visitor.signed_in(self.app, folk.people[WRITES.by], self.url) for folk in self.folks]
        pairs = zip(visitors, self.folks, strict=True)
        self.threads = [threading.Thread(target=self._write, args=pair) for pair in pairs]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _write(self, visitor: Visitor, folk: Folk) -> None:
        visitor.patience = PATIENCE
        while not self.over.is_set() and not self.refused:
            text = str(uuid.uuid4())
            try:
                visitor.press(WRITES.page.format(folk.address), WRITES.form, WRITES.typed(text))
                self.acknowledged.append(text)
            except NotTaken as reason:
                self.refused.append(str(reason))
        visitor.hang_up()
        self.unmeant += visitor.unmeant


@dataclass(frozen=True)
class Kept:
    """What the database has of all that was acknowledged."""

    missing: int
    doubled: int
    foreign: int
    without_event: int

    @property
    def whole(self) -> bool:
        """Whether everything is there once, with its event, and nothing else."""
        return not (self.missing or self.doubled or self.foreign or self.without_event)

    @classmethod
    def of(cls, acknowledged: list[str]) -> "Kept":
        """Compare; nobody else writes in the drill, so what was never acknowledged has no place there."""
        db.session.rollback()
        found = Counter(db.session.scalars(sa.select(Message.body)).all())
        events = db.session.scalar(sa.select(sa.func.count()).where(Event.name == WRITES.event)) or 0
        db.session.rollback()
        return cls(
            missing=sum(text not in found for text in acknowledged),
            doubled=sum(count > 1 for count in found.values()),
            foreign=len(set(found) - set(acknowledged)),
            without_event=abs(found.total() - events),
        )
