"""A subject of events: its reference, status and page as each side may know them, and who may know at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import ELIGIBLE_LABEL, STATUS_LABELS, Kind, Marking, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.notifications.lifecycle import Side
from tracker.pledges.lifecycle import STATUS_LABELS as PLEDGE_LABELS
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class View:
    """A subject as one side may know it. `endpoint` and `values` name the page that the link opens."""

    reference: str
    status: Any = None
    endpoint: str = "notifications.index"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The columns of a request that telling people needs; nothing that a person typed."""

    id: int
    public_id: Any
    reference: str | None
    status: str
    kind: str
    marking: str
    organisation_id: int

    @property
    def strict(self) -> bool:
        """Strictly confidential: a mail says only that a message waits."""
        return self.marking == Marking.STRICTLY_CONFIDENTIAL

    def view(self, side: Side) -> View:
        """The request for its State (also at its official address) or for staff."""
        for_state, for_staff = STATUS_LABELS[Status(self.status)]
        if self.kind == Kind.PARTICIPATION and self.status == Status.ACCEPTED:
            for_state = ELIGIBLE_LABEL
        if side is Side.STAFF:
            return View(self.reference or "", lazy(for_staff), "triage.request", {"public_id": self.public_id})
        return View(self.reference or "", lazy(for_state), "assistance.show", {"public_id": self.public_id})

    def visible_to(self, actor: Actor) -> bool:
        """Whether the actor may see the request now."""
        found = sa.select(AssistanceRequest.id).where(AssistanceRequest.id == self.id, visible_to(actor))
        return db.session.scalar(found) is not None


@dataclass(frozen=True, slots=True)
class PledgeFacts:
    """A pledge as telling people needs it."""

    id: int
    public_id: Any
    reference: str
    status: str
    organisation_id: int

    def view(self) -> View:
        """The pledge for its donor and for staff."""
        return View(self.reference, PLEDGE_LABELS[self.status], "pledges.show", {"public_id": self.public_id})


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of one event with everything that messages ask of it.

    `request` and `pledge` are both there when money meets a request; `overseen` is the page of those who watch over
    roles.
    """

    type: str
    id: int
    request: RequestFacts | None = None
    pledge: PledgeFacts | None = None
    page: View | None = None
    overseen: View | None = None

    @property
    def key(self) -> str:
        """What deliveries are kept in order by. Money that meets a request is told in the request's order."""
        if self.request is not None:
            return f"request:{self.request.id}"
        return f"{self.type}:{self.id}"

    @property
    def strict(self) -> bool:
        """Whether a mail may say no more than that a message waits."""
        return self.request is not None and self.request.strict

    def view(self, side: Side) -> View:
        """The subject as this side may know it: a donor learns its pledge, never the State's reference."""
        if side is Side.STAFF and self.overseen is not None:
            return self.overseen
        if self.page is not None:
            return self.page if side is not Side.ADDRESS else View("", None, "accounts.sign_in")
        if self.pledge is not None and (side is Side.DONOR or self.request is None or side is Side.STAFF):
            return self.pledge.view()
        if self.request is not None and side is not Side.DONOR:
            return self.request.view(side)
        return View("")

    def may_know(self, actor: Actor, side: Side) -> bool:
        """Whether the actor still has the right to be told, asked again when the message is sent."""
        if side is Side.DONOR:
            return actor.is_donor and self.pledge is not None and actor.organisation_id == self.pledge.organisation_id
        if side is Side.STAFF and self.overseen is not None:
            return actor.has("administrator", "auditor")
        if side is Side.STAFF and (self.request is None or self.pledge is not None):
            return actor.is_staff
        return self.request is None or self.request.visible_to(actor)
