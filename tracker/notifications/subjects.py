"""What events are about: for each kind of subject its reference, status and page as each side may know them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, PasswordReset, Person
from tracker.assistance.lifecycle import ELIGIBLE_LABEL, STATUS_LABELS, Kind, Marking, Status
from tracker.assistance.models import AssistanceRequest, CoDrafter
from tracker.assistance.queries import visible_to
from tracker.events.models import Event
from tracker.extensions import db
from tracker.i18n import N_, lazy
from tracker.notifications.lifecycle import Side
from tracker.pledges.lifecycle import STATUS_LABELS as PLEDGE_LABELS
from tracker.pledges.models import Allocation, Pledge
from tracker.policy import Actor
from tracker.reference.models import Session


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
    drafter_id: int | None
    assigned_to_id: int | None
    co_drafter_ids: tuple[int, ...]

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
            return View(self.reference or "", lazy(for_staff), "triage.request_page", {"public_id": self.public_id})
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

    def view(self, side: Side) -> View:
        """The pledge for its donor or for staff."""
        endpoint = "triage.pledge_page" if side is Side.STAFF else "pledges.show"
        return View(self.reference, PLEDGE_LABELS[self.status], endpoint, {"public_id": self.public_id})


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of one event with everything that audience and messages ask of it.

    `request` and `pledge` are both there when money meets a request; `person_id` is whom a note about an
    account is for; `data` is the event's own.
    """

    type: str
    id: int
    request: RequestFacts | None = None
    pledge: PledgeFacts | None = None
    organisation_id: int | None = None
    person_id: int | None = None
    page: View | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

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
        if self.page is not None:
            return self.page
        if self.pledge is not None and (side is Side.DONOR or self.request is None or side is Side.STAFF):
            return self.pledge.view(side)
        if self.request is not None and side is not Side.DONOR:
            return self.request.view(side)
        return View("")

    def may_know(self, actor: Actor, side: Side) -> bool:
        """Whether the actor still has the right to be told, asked again when the message is sent."""
        if side is Side.DONOR:
            return actor.is_donor and self.pledge is not None and actor.organisation_id == self.pledge.organisation_id
        if side is Side.STAFF and (self.request is None or self.pledge is not None):
            return actor.is_staff
        return self.request is None or self.request.visible_to(actor)

    def for_donor(self, organisation_id: int | None) -> "Subject":
        """The subject as a donor knows it: by its own pledge among those that pay the request."""
        if self.pledge is not None or self.request is None:
            return self
        paying = db.session.scalar(
            sa.select(Pledge.id)
            .join(Allocation, Allocation.pledge_id == Pledge.id)
            .where(
                Allocation.request_id == self.request.id,
                Allocation.approved_at.is_not(None),
                Pledge.organisation_id == organisation_id,
            )
            .order_by(Allocation.id)
            .limit(1)
        )
        return replace(self, pledge=_pledge_facts(paying)) if paying is not None else self


def of_event(event: Event) -> Subject | None:
    """The subject of a recorded event, None when its row is gone or nobody is told of such subjects."""
    return load(event.subject_type, event.subject_id, event.data, event.organisation_id)


def load(kind: str, subject_id: int, data: Mapping[str, Any], organisation_id: int | None = None) -> Subject | None:
    """The subject with this id, None when there is none."""
    loader = _LOADERS.get(kind)
    return loader(subject_id, data, organisation_id) if loader else None


def _request_facts(request_id: int) -> RequestFacts | None:
    R = AssistanceRequest  # noqa: N806 - short for a list of columns
    row = db.session.execute(
        sa.select(
            R.id,
            R.public_id,
            R.reference,
            R.status,
            R.kind,
            R.marking,
            R.organisation_id,
            R.drafter_id,
            R.assigned_to_id,
        ).where(R.id == request_id)
    ).one_or_none()
    if row is None:
        return None
    invited = db.session.scalars(sa.select(CoDrafter.person_id).where(CoDrafter.request_id == request_id))
    return RequestFacts(*row, co_drafter_ids=tuple(invited))


def _pledge_facts(pledge_id: int) -> PledgeFacts | None:
    row = db.session.execute(
        sa.select(Pledge.id, Pledge.public_id, Pledge.reference, Pledge.status, Pledge.organisation_id).where(
            Pledge.id == pledge_id
        )
    ).one_or_none()
    return PledgeFacts(*row) if row else None


def _request(request_id: int, data: Mapping[str, Any], _organisation_id: int | None) -> Subject | None:
    facts = _request_facts(request_id)
    if facts is None:
        return None
    return Subject("request", request_id, request=facts, organisation_id=facts.organisation_id, data=data)


def _pledge(pledge_id: int, data: Mapping[str, Any], _organisation_id: int | None) -> Subject | None:
    facts = _pledge_facts(pledge_id)
    if facts is None:
        return None
    request = _request_facts(data["request_id"]) if data.get("request_id") else None
    return Subject(
        "pledge", pledge_id, request=request, pledge=facts, organisation_id=facts.organisation_id, data=data
    )


def _allocation(allocation_id: int, data: Mapping[str, Any], organisation_id: int | None) -> Subject | None:
    row = db.session.execute(
        sa.select(Allocation.pledge_id, Allocation.request_id).where(Allocation.id == allocation_id)
    ).one_or_none()
    return _pledge(row.pledge_id, {**data, "request_id": row.request_id}, organisation_id) if row else None


def _invitation(invitation_id: int, data: Mapping[str, Any], organisation_id: int | None) -> Subject | None:
    return Subject("invitation", invitation_id, organisation_id=organisation_id, data=data)


def _password_reset(reset_id: int, data: Mapping[str, Any], _organisation_id: int | None) -> Subject | None:
    row = db.session.get(PasswordReset, reset_id)
    return Subject("password_reset", reset_id, person_id=row.person_id, data=data) if row else None


def _account_request(row_id: int, data: Mapping[str, Any], organisation_id: int | None) -> Subject | None:
    page = View("", None, "accounts.account_requests")
    return Subject("account_request", row_id, organisation_id=organisation_id, page=page, data=data)


def _membership(membership_id: int, data: Mapping[str, Any], _organisation_id: int | None) -> Subject | None:
    row = db.session.get(Membership, membership_id)
    if row is None:
        return None
    page = View("", None, "accounts.account")
    return Subject("membership", row.id, organisation_id=row.organisation_id, person_id=row.person_id, page=page, data=data)


def _person(person_id: int, data: Mapping[str, Any], _organisation_id: int | None) -> Subject | None:
    row = db.session.get(Person, person_id)
    page = View("", None, "accounts.account")
    return Subject("person", person_id, person_id=person_id, page=page, data=data) if row else None


def _session(session_id: int, data: Mapping[str, Any], organisation_id: int | None) -> Subject | None:
    row = db.session.execute(sa.select(Session.code).where(Session.id == session_id)).one_or_none()
    if row is None:
        return None
    page = View(row.code, lazy(N_("Nominations are open")), "reference.session", {"code": row.code})
    return Subject("session", session_id, organisation_id=organisation_id, page=page, data=data)


_LOADERS: dict[str, Callable[[int, Mapping[str, Any], int | None], Subject | None]] = {
    "request": _request,
    "pledge": _pledge,
    "allocation": _allocation,
    "invitation": _invitation,
    "password_reset": _password_reset,
    "account_request": _account_request,
    "membership": _membership,
    "person": _person,
    "session": _session,
}
