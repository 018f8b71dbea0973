"""The request itself. Its status is written by `apply()` only; CHECKs tie the status to the facts behind it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.assistance.lifecycle import (
    DECIDED,
    ROUND_RESULTS,
    STATUS_LABELS,
    TRANSITIONS,
    WAITING_FOR,
    Action,
    Kind,
    Marking,
    Status,
)
from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.database.transactions import update_where
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy

if TYPE_CHECKING:
    from tracker.assistance.models.parts import Attachment, Beneficiary, BudgetLine, NoteVerbale, RequestArea

_IMPORTED = "origin = 'imported'"

_COUNTS_FOR_SESSION = (
    "kind = 'participation' AND origin <> 'imported' AND repeats_id IS NULL AND status IN "
    "('awaiting_authorisation','submitted','in_review','clarification','accepted','in_implementation')"
)


def _when(condition: str, fact: str) -> str:
    return f"{_IMPORTED} OR NOT ({condition}) OR ({fact})"


class AssistanceRequest(db.Model):
    """What a State asks for, from the first draft to the last report."""

    __tablename__ = "assistance_requests"
    __event_subject__: ClassVar[str] = "request"
    __table_args__ = (
        enum_check("status", Status),
        enum_check("kind", Kind),
        enum_check("marking", Marking),
        enum_check("origin", ("form", "paper", "imported", "demonstration")),
        sa.CheckConstraint("(reference IS NULL) = (reference_number IS NULL)", name="reference_whole"),
        sa.CheckConstraint(
            _when("status NOT IN ('draft')", "reference IS NOT NULL OR status = 'withdrawn'"),
            name="has_reference",
        ),
        sa.CheckConstraint(
            _when(
                "status NOT IN ('draft', 'awaiting_authorisation', 'withdrawn')",
                "submitted_at IS NOT NULL AND note_id IS NOT NULL",
            ),
            name="submitted_with_note",
        ),
        sa.CheckConstraint(
            _when("status IN ('in_review', 'clarification')", "taken_up_at IS NOT NULL"), name="taken_up"
        ),
        sa.CheckConstraint(
            _when(
                f"status IN ({', '.join(repr(status.value) for status in sorted(DECIDED))})",
                "decision_id IS NOT NULL",
            ),
            name="decided",
        ),
        sa.CheckConstraint(_when("status = 'withdrawn'", "withdrawal_reason IS NOT NULL"), name="withdrawn_why"),
        sa.CheckConstraint(_when("status = 'unfunded'", "kind = 'participation'"), name="unfunded_participation"),
        sa.CheckConstraint("NOT seats_given_up OR status = 'unfunded'", name="given_up_unfunded"),
        enum_check("round_result", tuple(ROUND_RESULTS)),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        sa.UniqueConstraint("source", "source_id", name="uq_assistance_requests_source"),
        sa.Index(
            "uq_assistance_requests_one_per_session",
            "organisation_id",
            "session_id",
            unique=True,
            postgresql_where=sa.text(_COUNTS_FOR_SESSION),
            sqlite_where=sa.text(_COUNTS_FOR_SESSION),
        ),
        # the queue's defaults: rows by clock, open ones too, by officer, by State; the State's desk; donors' needs
        sa.Index("ix_requests_due", "due_at", "id"),
        sa.Index(
            "ix_requests_open_due",
            "due_at",
            "id",
            postgresql_where=sa.text(
                "status IN ('submitted','in_review','clarification','accepted','in_implementation')"
            ),
            sqlite_where=sa.text("status IN ('submitted','in_review','clarification','accepted','in_implementation')"),
        ),
        sa.Index("ix_requests_status_since", "status", "status_since", "id"),
        sa.Index("ix_requests_officer", "assigned_to_id", "status", "due_at", "id"),
        sa.Index("ix_requests_organisation", "organisation_id", "updated_at", "id"),
        sa.Index("ix_requests_submitted", "submitted_at", "id"),
        sa.Index(
            "ix_requests_decided",
            "organisation_id",
            "decision_id",
            postgresql_where=sa.text("decision_id IS NOT NULL"),
            sqlite_where=sa.text("decision_id IS NOT NULL"),
        ),
        sa.Index("ix_requests_session", "session_id", "status"),
        sa.Index(
            "ix_requests_unreached",
            "unreached_since",
            postgresql_where=sa.text("unreached_since IS NOT NULL"),
            sqlite_where=sa.text("unreached_since IS NOT NULL"),
        ),
        sa.Index(
            "ix_requests_reference_order",
            "reference_prefix",
            "reference_year",
            "organisation_id",
            "reference_number",
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    public_number: Mapped[uuid.UUID] = mapped_column(sa.Uuid, unique=True, default=uuid.uuid4)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(30), default=Status.DRAFT)
    status_since: Mapped[datetime] = moment(default=now)
    waits_since: Mapped[datetime] = moment(default=now)  # since when the side that has to act has had to
    unreached_since: Mapped[datetime | None] = moment()  # no letter about it has come through to the State since then
    marking: Mapped[str] = mapped_column(sa.String(30), default=Marking.UNCLASSIFIED)
    language: Mapped[str] = mapped_column(sa.String(2), default="en")

    reference: Mapped[str | None] = mapped_column(sa.String(30), unique=True)
    reference_prefix: Mapped[str | None] = mapped_column(sa.String(2))
    reference_year: Mapped[int | None]
    reference_number: Mapped[int | None]

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"))
    office_id: Mapped[int | None] = mapped_column(sa.ForeignKey("offices.id"), index=True)
    drafter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    authorised_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    assigned_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    note_id: Mapped[int | None] = mapped_column(sa.ForeignKey("notes_verbales.id", use_alter=True))
    decision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decisions.id", use_alter=True))
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assistance_requests.id"))
    # of two for one session from before only one could be: the later names the earlier, until the office merges them
    repeats_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assistance_requests.id"))

    title: Mapped[str] = mapped_column(sa.String(300), default="")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    objectives: Mapped[str] = mapped_column(sa.Text, default="")
    expected_results: Mapped[str] = mapped_column(sa.Text, default="")
    human_rights: Mapped[str] = mapped_column(sa.Text, default="")
    earlier_assistance: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"))
    own_contribution: Mapped[str] = mapped_column(sa.Text, default="")

    currency: Mapped[str] = mapped_column(sa.String(3), default="USD")
    amount_minor: Mapped[int | None] = mapped_column(sa.BigInteger)  # what is asked, in `currency`
    amount_usd_minor: Mapped[int | None] = mapped_column(sa.BigInteger)  # the same at the rate of the day
    usd_rate_id: Mapped[int | None] = mapped_column(BigId)  # the exchange_rates row that was used

    # a draft under way: what was typed but cannot be read yet (by step), who saved last, what the drafter proposes
    unread: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    edit_key: Mapped[str | None] = mapped_column(sa.String(64))
    consent_proposal: Mapped[list[str]] = mapped_column(Json, default=list)

    origin: Mapped[str] = mapped_column(sa.String(20), default="form")
    source: Mapped[str | None] = mapped_column(sa.String(80))
    source_id: Mapped[str | None] = mapped_column(sa.String(120))
    source_hash: Mapped[str | None] = mapped_column(sa.String(64))  # of the row as it was imported
    import_run_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)
    source_texts: Mapped[Any | None] = mapped_column(Json)  # [[field, language, text]]: the source's other languages

    created_at: Mapped[datetime] = moment(default=now)
    updated_at: Mapped[datetime] = moment(default=now)
    authorisation_asked_at: Mapped[datetime | None] = moment()
    submitted_at: Mapped[datetime | None] = moment()
    taken_up_at: Mapped[datetime | None] = moment()
    decided_at: Mapped[datetime | None] = moment()
    reopened_at: Mapped[datetime | None] = moment()
    withdrawal_reason: Mapped[str | None] = mapped_column(sa.Text)
    # of one that ended without a seat: it had some, which all ended
    seats_given_up: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # of one that is eligible: what the latest round gave it ("seats", else "reserve"); nothing before a round
    round_result: Mapped[str | None] = mapped_column(sa.String(8))
    return_reason: Mapped[str | None] = mapped_column(sa.Text)
    reopen_reason: Mapped[str | None] = mapped_column(sa.Text)
    due_at: Mapped[datetime | None] = moment()  # the running clock's due moment, None when paused or none runs

    areas: Mapped[list[RequestArea]] = relationship(
        lazy="raise_on_sql", order_by="RequestArea.area_code", viewonly=True
    )
    beneficiaries: Mapped[list[Beneficiary]] = relationship(
        lazy="raise_on_sql", order_by="Beneficiary.position", viewonly=True
    )
    budget_lines: Mapped[list[BudgetLine]] = relationship(
        lazy="raise_on_sql", order_by="BudgetLine.position", viewonly=True
    )
    attachments: Mapped[list[Attachment]] = relationship(lazy="raise_on_sql", order_by="Attachment.id", viewonly=True)
    note: Mapped[NoteVerbale | None] = relationship(lazy="raise_on_sql", foreign_keys=[note_id], viewonly=True)

    @property
    def holders(self) -> frozenset[int | None]:
        """Who has it in hand at the office and in its State: an act by their stand-in is recorded as for them."""
        return frozenset((self.assigned_to_id, self.drafter_id))

    def apply(self, action: Action, *, version: int | None, **facts: Any) -> None:
        """Move the request by `action`, writing `facts` in the same UPDATE; the only writer of `status`.

        The UPDATE holds the version that the person saw and the states the action may start from, so of
        two contrary acts at once one wins. Raises Stale when somebody changed the row since (version None
        means the caller has just read it), Conflict when the action does not lead on from here.
        """
        transition = TRANSITIONS[action]
        seen = self.version if version is None else version
        at, waited_for = now(), WAITING_FOR[Status(self.status)]
        changed = update_where(
            AssistanceRequest,
            AssistanceRequest.id == self.id,
            AssistanceRequest.version == seen,
            AssistanceRequest.status.in_(transition.sources),
            status=transition.target,
            status_since=at,
            waits_since=self.waits_since if WAITING_FOR[transition.target] is waited_for else at,
            updated_at=at,
            version=AssistanceRequest.version + 1,
            **facts,
        )
        db.session.refresh(self)
        if changed:
            return
        if Status(self.status) not in transition.sources:
            raise Conflict(lazy("This request has moved on: that is no longer possible."))
        # Staff's verbs add the decision that stands; a State sees its own words for the status.
        theirs = {"title": self.title, "status": lazy(STATUS_LABELS[Status(self.status)][0])}
        raise Stale(lazy("Somebody changed this request while you had it open."), theirs=theirs)
