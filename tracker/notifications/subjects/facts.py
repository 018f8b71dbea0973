"""A subject of events: its reference, status and page as each side may know them, and who may know at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import STATUS_LABELS, Marking, Status, label_for_state
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.notifications.lifecycle import Side
from tracker.pledges.lifecycle import STATUS_LABELS as PLEDGE_LABELS
from tracker.pledges.queries import may_name
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
    seats_given_up: bool
    round_result: str | None

    @property
    def strict(self) -> bool:
        """Strictly confidential: a mail says only that a message waits."""
        return self.marking == Marking.STRICTLY_CONFIDENTIAL

    def view(self, side: Side) -> View:
        """The request for its State (also at its official address) or for staff."""
        if side is Side.STAFF:
            for_staff = STATUS_LABELS[Status(self.status)][1]
            return View(self.reference or "", lazy(for_staff), "triage.request", {"public_id": self.public_id})
        for_state = label_for_state(self)
        return View(self.reference or "", lazy(for_state), "assistance.show", {"public_id": self.public_id})

    def may_be_named_to(self, actor: Actor) -> bool:
        """Whether the actor may know of its money: who approves and pays it may, whoever else may open it."""
        found = sa.select(AssistanceRequest.id).where(AssistanceRequest.id == self.id, may_name(actor))
        return db.session.scalar(found) is not None

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

    def told_status(self, side: Side) -> str | None:
        """The status that this side is told, as its code; None where it is told none."""
        known = self._known_to(side)
        return known.status if known is not None else None

    def as_told(self, side: Side, status: str | None) -> "Subject":
        """The subject with the status that this side was told of it once, where that is known."""
        known = self._known_to(side)
        if status is None or known is None:
            return self
        name = "pledge" if known is self.pledge else "request"
        return replace(self, **{name: replace(known, status=status)})

    def _known_to(self, side: Side) -> Any:
        """The pledge or the request whose reference and status this side reads."""
        if self.page is not None or (side is Side.STAFF and self.overseen is not None):
            return None
        if self.pledge is not None and (side in (Side.DONOR, Side.STAFF) or self.request is None):
            return self.pledge
        return self.request if side is not Side.DONOR else None

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
        if side is Side.STAFF and self.request is None:
            return actor.is_staff
        if side is Side.STAFF and self.request is not None and self.pledge is not None:
            return actor.is_staff and self.request.may_be_named_to(actor)
        return self.request is None or self.request.visible_to(actor)
