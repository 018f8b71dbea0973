"""Requests in every status, brought there by the verbs themselves: `in_review()`, `accepted(State(of="BTN"))`.

Every builder gives a `Case`: the request's public id with the people around it, as values that outlive any session.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories.accounts import Someone
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision
from tracker.assistance.drafting import services as drafting
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.reaching import services as reaching
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference.lifecycle import CLOCKS, REQUEST_CLOCKS
from tracker.reference.models import Area, ClockRule
from tracker.rights.actor import Actor

COMPLETE: dict[str, Any] = {
    "title": "Digital evidence handling for prosecutors",
    "areas": ["TA.INV", "TA.PRO"],
    "beneficiaries": ["Office of the Director of Public Prosecutions"],
    "problem": "Courts refuse electronic evidence because its custody is not documented.",
    "objectives": "Prosecutors in all counties present electronic evidence that stands.",
    "expected_results": "Two courses of five days and a bench book on electronic evidence.",
    "human_rights": "The courses cover privacy, proportionality and the rights of the defence.",
    "dates": {"starts_on": f"{today().year + 1}-05-03", "ends_on": f"{today().year + 1}-05-14", "place": "Nairobi"},
    "budget": {"currency": "USD", "lines": [["Trainers", 6_000_000], ["Bench book", 3_650_000]]},
}
"""Values of every field that a complete technical request needs (`tracker.assistance.fields.editing`)."""
CONSIDERED = {
    "human_rights": "The law on privacy was read; the course covers it.",
    "amount_reason": "As agreed with the State.",
}
"""What an acceptance says beside its amount."""
AREAS = {"TA.INV": "Investigation", "TA.PRO": "Prosecution"}
RULES = {name: CLOCKS[name].days for name in REQUEST_CLOCKS}


@dataclass
class People:
    """The people around one request; each is made when first asked for."""

    of: str = "KEN"
    kept: dict[str, Someone] = field(default_factory=dict)

    def _someone(self, role: str, of: str | None = None) -> Someone:
        if role not in self.kept:
            self.kept[role] = accounts.person(role.split(":", maxsplit=1)[0], of=of)
        return self.kept[role]

    @property
    def drafter(self) -> Someone:
        return self._someone("focal_point", self.of)

    @property
    def authority(self) -> Someone:
        return self._someone("authorising_officer", self.of)

    @property
    def officer(self) -> Someone:
        return self._someone("triage_officer")

    @property
    def manager(self) -> Someone:
        return self._someone("programme_manager")


@dataclass
class Case:
    """A request and its people."""

    public_id: Any
    people: People

    def __getattr__(self, name: str) -> Actor:
        """`case.drafter`, `case.authority`, `case.officer`, `case.manager`: actors with today's rights."""
        if name in ("drafter", "authority", "officer", "manager"):
            return getattr(self.people, name).actor
        raise AttributeError(name)

    @property
    def now(self) -> SimpleNamespace:
        """The request's columns as they stand in the database."""
        row = db.session.execute(
            sa.select(AssistanceRequest.__table__).where(AssistanceRequest.public_id == self.public_id)
        ).one()
        db.session.rollback()
        return SimpleNamespace(**row._mapping)

    @property
    def version(self) -> int:
        return self.now.version

    @cached_property
    def url(self) -> str:
        return f"/requests/{self.public_id}"


def reference_data() -> None:
    """The reference data that a request cannot do without: two areas and the rules of the clocks."""
    with transaction() as session:
        for code, name in AREAS.items():
            if session.scalar(sa.select(Area.id).where(Area.code == code)) is None:
                session.add(Area(code=code, kind="assistance", name_en=name, name_fr=name))
        for clock, days in RULES.items():
            if session.scalar(sa.select(ClockRule.id).where(ClockRule.clock == clock)) is None:
                session.add(ClockRule(clock=clock, working_days=days, valid_from=date(2020, 1, 1)))


def draft(people: People | None = None, *, kind: str = "technical", language: str = "en", **values: Any) -> Case:
    """A draft with what is given and nothing else."""

    reference_data()
    people = people or People()
    public_id = uuid.UUID(drafting.start_draft(actor=people.drafter.actor, kind=kind, language=language))
    case = Case(public_id, people)
    if values:
        drafting.edit(public_id, actor=case.drafter, version=case.version, step="where", values=values)
    return case


def complete(people: People | None = None, *, marking: str = "unclassified", **changes: Any) -> Case:
    """A technical draft that is ready to be authorised."""
    case = draft(people, **{**COMPLETE, **changes})
    if marking != "unclassified":
        drafting.edit(
            case.public_id, actor=case.drafter, version=case.version, step="consent", columns={"marking": marking}
        )
    return case


def awaiting_authorisation(people: People | None = None, **changes: Any) -> Case:
    """A request that waits for the State's authority; it has its reference."""
    case = complete(people, **changes)
    authorisation.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
    return case


def note(**changes: Any) -> Note:
    """A note verbale without a file."""
    values = {"issuer": "Permanent Mission of Kenya, Vienna", "reference": "KEN/VIE/117", "dated": today()}
    return Note(**{**values, **changes})


def submitted(people: People | None = None, *, consents: tuple[str, ...] = (), **changes: Any) -> Case:
    """A request that the office has received."""
    case = awaiting_authorisation(people, **changes)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=note(), consents=consents)
    return case


def in_review(people: People | None = None, **changes: Any) -> Case:
    """A request that `officer` has taken up."""
    case = submitted(people, **changes)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    return case


def in_clarification(
    people: People | None = None,
    *,
    questions: tuple[tuple[str, str], ...] = (("problem", "How many cases were lost?"),),
    reached: bool = True,
    **changes: Any,
) -> Case:
    """A request about which the State was asked `questions`, pairs of field and text; a letter has reached it."""
    case = in_review(people, **changes)
    clarification.ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=questions)
    if reached:
        letter_arrives(case)
    return case


def letter_arrives(case: Case) -> None:
    """What a worker notices once a mail with the questions was sent."""
    reaching.reach(case.now.id, how=reaching.LETTER, actor=Actor.system)


def decided(people: People | None, outcome: Outcome, *, changes: dict[str, Any] | None = None, **facts: Any) -> Case:
    """A request on which `manager` signed what `officer` prepared."""

    case = in_review(people, **(changes or {}))
    said = {"reasons": "It fits the mandate.", **(CONSIDERED if outcome is Outcome.ACCEPTED else {}), **facts}
    proposal = decision.Proposal(outcome=outcome, **said)
    prepared = decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
    decision.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(prepared))
    return case


def accepted(people: People | None = None, *, amount_minor: int = 9_650_000, **changes: Any) -> Case:
    """An accepted request, with the approved amount in US cents."""
    return decided(people, Outcome.ACCEPTED, amount_minor=amount_minor, changes=changes)


def declined(people: People | None = None, *, reasons: str = "Outside the mandate.", **changes: Any) -> Case:
    """A declined request, which the State may ask to reopen."""
    return decided(people, Outcome.DECLINED, reasons=reasons, changes=changes)


def referred(people: People | None = None, *, to: str = "Council of Europe", **changes: Any) -> Case:
    """A request referred to somebody else, with the State's agreement."""
    return decided(people, Outcome.REFERRED, referred_to=to, state_agreed_on=today(), changes=changes)


def merged(people: People | None = None, **changes: Any) -> Case:
    """A request that joined another one of the same State."""
    people = people or People()
    other = in_review(people)
    return decided(people, Outcome.MERGED, merged_into=other.now.reference, changes=changes)


def in_implementation(
    people: People | None = None, *, activities: tuple[str, ...] = ("Course", "Mission"), **changes: Any
):
    """A request in delivery with planned activities."""
    case = accepted(people, **changes)
    for title in activities:
        implementation.plan_activity(
            case.public_id, actor=case.officer, title=title, planned_on=today() + timedelta(days=30), place="Nairobi"
        )
    implementation.start_implementation(case.public_id, actor=case.manager, version=case.version)
    return case


def activities(case: Case) -> list[Any]:
    """The activities of a request, the oldest first: rows of (id, public_id, version, title, delivered_on)."""
    from tracker.assistance.models import Activity

    columns = (Activity.id, Activity.public_id, Activity.version, Activity.title, Activity.delivered_on)
    rows = db.session.execute(sa.select(*columns).where(Activity.request_id == case.now.id).order_by(Activity.id)).all()
    db.session.rollback()
    return list(rows)


def delivered(people: People | None = None, **changes: Any) -> Case:
    """A request of which the first activity was delivered and waits for the State's word."""
    case = in_implementation(people, **changes)
    first = activities(case)[0]
    result = implementation.Result(
        delivered_on=today(), place="Nairobi", result="Sixty prosecutors were trained.", women=31, men=28, not_stated=1
    )
    implementation.record_implementation(
        case.public_id, first.public_id, actor=case.officer, version=first.version, result=result
    )
    return case


def completed(people: People | None = None, **changes: Any) -> Case:
    """A completed request."""
    case = delivered(people, **changes)
    implementation.complete(case.public_id, actor=case.manager, version=case.version)
    return case


def withdrawn(people: People | None = None, **changes: Any) -> Case:
    """A request that its authority took back before it was taken up."""
    case = submitted(people, **changes)
    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Another partner helps.")
    return case


def unfunded(people: People | None = None, **_changes: Any) -> Case:
    """A request for participation that ended without a seat."""
    from tests.factories import participation

    return participation.unfunded(people)


IN_EVERY_STATUS = {
    "draft": complete,
    "awaiting_authorisation": awaiting_authorisation,
    "submitted": submitted,
    "in_review": in_review,
    "clarification": in_clarification,
    "accepted": accepted,
    "declined": declined,
    "referred": referred,
    "merged": merged,
    "in_implementation": in_implementation,
    "completed": completed,
    "withdrawn": withdrawn,
    "unfunded": unfunded,
}
