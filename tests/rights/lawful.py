"""The whole product of status, action and persona: what product.md allows, and what an attempt really does.

The tables here are written down a second time, from the product's description: they do not read the code's own.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from tests.factories import assistance, participation, pledges
from tests.factories.assistance import CONSIDERED, Case
from tests.factories.verbs import verb
from tests.rights.people import ROLES
from tests.rights.probing import watched
from tests.rights.world import World, cast_of, donors_of
from tracker.assistance.decision import services
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest, Question
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import DomainError
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services as money
from tracker.pledges.models import Pledge
from tracker.rights.actor import Actor

WRITERS = {"drafter", "authority"}
OFFICERS = {"triage_officer", "programme_manager"}
MANAGER = {"programme_manager"}
STAYS = "stays where it is"


@dataclass(frozen=True)
class Law:
    """From which statuses an action leads where, and who may do it to a request of Kenya's drafter."""

    sources: set[str]
    target: str | None
    who: set[str]


OPEN_TO_WITHDRAWAL = {
    "draft", "awaiting_authorisation", "submitted", "in_review", "clarification", "accepted", "in_implementation"
}  # fmt: skip
REQUEST_LAWS = {
    "ask_authorisation": Law({"draft"}, "awaiting_authorisation", WRITERS),
    "discard": Law({"draft"}, None, WRITERS),
    "return_to_draft": Law({"awaiting_authorisation"}, "draft", {"authority"}),
    "submit": Law({"awaiting_authorisation"}, "submitted", {"authority"}),
    "return_note": Law({"submitted"}, "awaiting_authorisation", OFFICERS),
    "take_up": Law({"submitted"}, "in_review", OFFICERS),
    "ask_clarification": Law({"in_review"}, "clarification", OFFICERS),
    "answer": Law({"clarification"}, "in_review", WRITERS | {"colleague"}),
    "accept": Law({"in_review"}, "accepted", MANAGER),
    "decline": Law({"in_review"}, "declined", MANAGER),
    "refer": Law({"in_review"}, "referred", MANAGER),
    "merge": Law({"in_review"}, "merged", MANAGER),
    "reopen": Law({"declined"}, "in_review", {"authority"}),
    "prepare_amendment": Law({"accepted", "in_implementation"}, STAYS, OFFICERS),
    "drop_amendment": Law({"accepted", "in_implementation"}, STAYS, OFFICERS),
    "amend": Law({"accepted", "in_implementation"}, STAYS, MANAGER),
    "start_implementation": Law({"accepted"}, "in_implementation", MANAGER),
    "complete": Law({"in_implementation"}, "completed", MANAGER),
    "end_unfunded": Law({"accepted"}, "unfunded", MANAGER),
    "withdraw": Law(OPEN_TO_WITHDRAWAL, "withdrawn", {"authority"}),
}
PLEDGE_LAWS = {
    "sign": Law({"offered"}, "signed", {"donor_signatory"}),
    "accept": Law({"signed"}, "accepted", MANAGER),
    "refuse": Law({"offered", "signed"}, "refused", MANAGER),
    "withdraw": Law({"offered", "signed", "accepted"}, "withdrawn", {"donor_signatory"}),
    "lapse": Law({"offered", "signed", "accepted"}, "lapsed", MANAGER),
}
OFFERS_MAY_BE_TAKEN_BACK = ("withdraw", "offered", "donor_officer")
AMENDING = {"amend", "drop_amendment"}
"""Acts on an amendment that waits for its signature."""
SIGNED = {"accept": "accepted", "decline": "declined", "refer": "referred", "merge": "merged"}
READY = {**dict.fromkeys(SIGNED, "in_review"), "end_unfunded": "accepted"}


@dataclass
class Scene:
    """Requests and pledges in every status, and the acts that can be tried on them."""

    actors: dict[str, Actor]
    requests: dict[str, Case] = field(default_factory=dict)
    prepared: dict[str, Case] = field(default_factory=dict)
    decisions: dict[str, uuid.UUID] = field(default_factory=dict)
    amended: dict[str, Case] = field(default_factory=dict)
    amendments: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    pledges: dict[str, uuid.UUID] = field(default_factory=dict)

    def case(self, action: str, status: str) -> Case:
        """The request of this status on which the action is tried, with what the action needs lying there."""
        if status == READY.get(action):
            return self.prepared[action]
        if action in AMENDING and status in self.amended:
            return self.amended[status]
        return self.requests[status]


def build(world: World) -> Scene:
    """Everything in every status, in the hands of the world's people."""
    kenya = cast_of(world, "KEN")
    scene = Scene({persona: world.people[persona].actor for persona in ROLES})
    for status, builder in assistance.IN_EVERY_STATUS.items():
        scene.requests[status] = (assistance.delivered if status == "in_implementation" else builder)(kenya)
    for action, outcome in SIGNED.items():
        _prepare(scene, action, Outcome(outcome), assistance.in_review(kenya))
    for status, builder in (("accepted", assistance.accepted), ("in_implementation", assistance.delivered)):
        scene.amended[status] = prepare_amendment(scene, builder(kenya))
    scene.prepared["end_unfunded"] = participation.without_a_seat(kenya)
    norway = donors_of(world, "NORAD")
    scene.pledges = {
        "offered": pledges.offered(norway),
        "signed": pledges.signed(norway),
        "accepted": pledges.accepted(norway),
        "refused": pledges.signed(norway),
        "withdrawn": pledges.offered(norway),
        "lapsed": pledges.accepted(norway),
    }
    manager, signatory = scene.actors["programme_manager"], scene.actors["donor_signatory"]
    money.refuse(scene.pledges["refused"], actor=manager, version=2, reason="No.")
    money.withdraw(scene.pledges["withdrawn"], actor=signatory, version=1, reason="No.")
    money.lapse(scene.pledges["lapsed"], actor=manager, version=3, reason="No.")
    return scene


def _prepare(scene: Scene, action: str, outcome: Outcome, case: Case) -> None:
    facts: dict[Outcome, dict[str, Any]] = {
        Outcome.ACCEPTED: {"amount_minor": 9_650_000, **CONSIDERED},
        Outcome.REFERRED: {"referred_to": "Council of Europe", "state_agreed_on": today()},
        Outcome.MERGED: {"merged_into": scene.requests["in_review"].now.reference},
    }
    proposal = services.Proposal(outcome=outcome, reasons="It is so.", **facts.get(outcome, {}))
    made = services.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
    scene.prepared[action], scene.decisions[action] = case, uuid.UUID(made)


def prepare_amendment(scene: Scene, case: Case) -> Case:
    """Have the officer prepare new terms for what was accepted."""
    made = services.prepare_amendment(
        case.public_id, actor=case.officer, version=case.version, amendment=_amendment(8_000_000)
    )
    scene.amendments[case.public_id] = uuid.UUID(made)
    return case


def _amendment(amount_minor: int) -> services.Amendment:
    return services.Amendment(reasons="It is so.", amount_minor=amount_minor)


def request_act(scene: Scene, action: str, case: Case) -> Callable[..., Any]:
    """The service behind an action with everything it needs but the actor."""
    version, on = case.version, case.public_id
    reason = {"reason": "There is a reason."}
    more: dict[str, dict[str, Any]] = {
        "return_to_draft": reason,
        "return_note": reason,
        "withdraw": reason,
        "reopen": reason,
        "end_unfunded": {"rule": "One seat for each State."},
        "submit": {"note": assistance.note()},
        "ask_clarification": {"questions": [("problem", "How many?")]},
        "answer": {"replies": _replies(case)},
        "prepare_amendment": {"amendment": _amendment(7_000_000)},
        "drop_amendment": reason,
        "amend": {"decision": scene.amendments.get(case.public_id, uuid.UUID(int=0))},
    }
    if action in SIGNED:
        return partial(services.sign_decision, on, version=version, decision=scene.decisions[action])
    return partial(verb(action), on, version=version, **more.get(action, {}))


def _replies(case: Case) -> dict[int, str]:
    asked = db.session.scalars(sa.select(Question.id)).all()
    db.session.rollback()
    return dict.fromkeys(asked, "Forty.")


def pledge_act(action: str, pledge: uuid.UUID) -> Callable[..., Any]:
    """The same for a pledge."""
    version = db.session.scalar(sa.select(Pledge.version).where(Pledge.public_id == pledge))
    db.session.rollback()
    more: dict[str, Any] = {"reason": "There is a reason."} if action in ("refuse", "withdraw", "lapse") else {}
    if action == "accept":
        more = {"agreement": pledges.agreement()}
    return partial(getattr(money, action), pledge, version=version, **more)


# --- attempts ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attempt:
    """One cell: what was tried and whether the product allows it."""

    what: str
    status: str
    persona: str
    act: Callable[[], Any]
    target: str | None
    lawful: bool
    model: Any
    row: uuid.UUID


def attempts(scene: Scene) -> Iterator[Attempt]:
    """Every status with every action and every persona."""
    for action, law in REQUEST_LAWS.items():
        for status in scene.requests:
            case = scene.case(action, status)
            target = status if law.target == STAYS else law.target
            act = request_act(scene, action, case)
            for persona, actor in scene.actors.items():
                lawful = status in law.sources and persona in law.who
                whole = partial(act, actor=actor)
                yield Attempt(action, status, persona, whole, target, lawful, AssistanceRequest, case.public_id)
    for action, law in PLEDGE_LAWS.items():
        for status, pledge in scene.pledges.items():
            act = pledge_act(action, pledge)
            for persona, actor in scene.actors.items():
                allowed = status in law.sources and persona in law.who
                lawful = allowed or (action, status, persona) == OFFERS_MAY_BE_TAKEN_BACK
                whole = partial(act, actor=actor)
                yield Attempt(f"pledge {action}", status, persona, whole, law.target, lawful, Pledge, pledge)


def statuses() -> dict[Any, str]:
    """Where everything stands."""
    rows = [*db.session.execute(sa.select(AssistanceRequest.public_id, AssistanceRequest.status))]
    return dict(map(tuple, [*rows, *db.session.execute(sa.select(Pledge.public_id, Pledge.status))]))


def last_event() -> int:
    return db.session.scalar(sa.select(sa.func.max(Event.id))) or 0


def judge(attempt: Attempt, before: dict[Any, str], newest: int) -> str:
    """Try it, look at what would be committed, and take it back. Gives what is wrong, or nothing."""
    name = f"{attempt.what} of what is {attempt.status} by {attempt.persona}"
    seen: list[tuple[dict[Any, str], list[str]]] = []

    def look() -> None:
        names = db.session.scalars(sa.select(Event.name).where(Event.id > newest)).all()
        seen.append((statuses(), list(names)))

    with watched(look):
        try:
            attempt.act()
        except DomainError as refused:
            db.session.rollback()
            return f"{name} was refused: {refused}" if attempt.lawful else ""
        except Exception as problem:
            db.session.rollback()
            return f"{name} broke: {problem!r}"
    if not attempt.lawful:
        return f"{name} was done"
    after, names = seen[-1]
    expected = {**before, attempt.row: attempt.target}
    if attempt.target is None:
        del expected[attempt.row]
    if after != expected:
        return f"{name} led elsewhere: {set(after.items()) ^ set(expected.items())}"
    return "" if len(names) == 1 else f"{name} left {names}"


def judge_all(scene: Scene, every: int = 1) -> tuple[int, list[str]]:
    """Try every cell (or every so many); gives how many were tried and what was wrong."""
    before, newest = statuses(), last_event()
    db.session.rollback()
    chosen = [attempt for number, attempt in enumerate(attempts(scene)) if number % every == 0]
    wrong = [problem for attempt in chosen if (problem := judge(attempt, before, newest))]
    if (statuses(), last_event()) != (before, newest):
        wrong.append("an attempt was kept")
    db.session.rollback()
    return len(chosen), wrong


def imported(code: str, number: int) -> uuid.UUID:
    """A request that stands as received, in one statement: for acts that are about what comes after."""
    from tests.factories.accounts import organisation
    from tracker.calendar.now import now

    owner = organisation(code)
    reference = f"TA-2020-{code}-{number:05d}"
    with transaction() as session:
        row = AssistanceRequest(
            kind="technical", status="submitted", origin="imported", source="drill", source_id=str(number),
            organisation_id=owner.id, title="Drill", reference=reference, reference_prefix="TA",
            reference_year=2020, reference_number=number, submitted_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.public_id
