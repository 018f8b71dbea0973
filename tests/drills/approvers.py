"""Many processes at work on one pledge: `python -m tests.drills.approvers allocate|kill COUNT [PROCESSES]`.

A program of its own with a single thread, so that it can fork; it prints one line of JSON. Each process has its own
connections, as every web worker has.
"""

import contextlib
import json
import multiprocessing
import os
import random
import signal
import sys
import time
import uuid
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa

from tests.factories import pledges as make
from tracker import create_app
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import DomainError
from tracker.extensions import celery, db
from tracker.pledges import ledger, queries, services, verification
from tracker.pledges.ledger import fund
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation
from tracker.pledges.services import Payment
from tracker.settings.configuration import Settings

FORK = multiprocessing.get_context("fork")
PART = 10_00
ROOM = 10**12


class Scene:
    """One pledge with money, one request that may get any amount, and the people."""

    def __init__(self) -> None:
        self.people = make.people()
        self.manager, self.finance = self.people.manager.actor, self.people.finance.actor
        self.pledge = make.accepted(self.people, make.terms(ROOM))
        self.request = make.request_of(approved=ROOM)
        self.row_id = queries.get_visible(self.pledge, self.finance).id
        db.session.rollback()

    def available(self) -> int:
        """What can be allocated now."""
        left = ledger.balance(self.row_id, fund(AccountKind.AVAILABLE))
        db.session.rollback()
        return left

    def receive(self, amount: int) -> None:
        services.record_receipt(self.pledge, actor=self.finance, money_in=make.money_in(amount))

    def plans(self, count: int) -> list[uuid.UUID]:
        """As many planned allocations, in one statement: the drill is about their approval."""
        ids = [uuid.uuid4() for _ in range(count)]
        same = {"pledge_id": self.row_id, "request_id": self.request.id, "amount_minor": PART}
        with transaction():
            planner = self.manager.person_id
            db.session.execute(sa.insert(Allocation), [{"public_id": i, "planned_by_id": planner, **same} for i in ids])
        return ids


def rehearse(scene: Scene) -> None:
    """Approve once and be refused once, so that what is forked knows the statements and need not compile them."""
    scene.receive(PART * 113 // 100)  # with its support cost
    assert [approve(scene, plan) for plan in scene.plans(2)] == ["approved", "refused"]


def forget_connections() -> None:
    """Before a fork: what is open here must not be used there."""
    db.session.remove()
    db.engine.dispose()


# --- many at once -----------------------------------------------------------------------------------


def allocate(scene: Scene, rounds: int, processes: int) -> dict[str, Any]:
    """In every round all processes approve an allocation at once; cash is there for about half of them."""
    ends = [FORK.Pipe() for _ in range(processes)]
    rehearse(scene)
    forget_connections()
    near = [end for end, _ in ends]
    for _, far in ends:
        FORK.Process(target=work, args=(scene, far, near), daemon=True).start()
    above = wrong = errors = 0
    for _ in range(rounds):
        scene.receive(processes * PART * 113 // 200 + random.randrange(PART))
        plans, before = scene.plans(processes), scene.available()
        for end, plan in zip(near, plans, strict=True):
            end.send(plan)
        answers = [end.recv() for end in near]
        approved, after = answers.count("approved"), scene.available()
        errors += sum(answer.startswith("error") for answer in answers)
        above += after < 0
        wrong += approved != min(processes, before // PART) or before - after != approved * PART
    for end in near:
        end.send(None)
    return {"above": above, "wrong": wrong, "errors": errors, "approvals": rounds * processes}


def work(scene: Scene, end: Connection, near: list[Connection]) -> None:
    """One process: approves what it is given until it is given nothing, or nobody is there to give."""
    for other in near:
        other.close()  # a copy that stays open here would hide that the giver is gone
    while (plan := given(end)) is not None:
        try:
            end.send(approve(scene, plan))
        except Exception as problem:
            db.session.rollback()
            end.send(f"error {problem!r}")
            print(repr(problem), file=sys.stderr)


def given(end: Connection) -> uuid.UUID | None:
    """The next allocation to approve."""
    with contextlib.suppress(EOFError):
        return end.recv()
    return None


def approve(scene: Scene, allocation: uuid.UUID) -> str:
    """Try to hold the money; a refusal is an answer."""
    try:
        services.approve_allocation(allocation, actor=scene.finance, version=1)
    except DomainError:
        return "refused"
    return "approved"


# --- killed in the middle ---------------------------------------------------------------------------


def kill(scene: Scene, times: int) -> dict[str, Any]:
    """A process posts act after act and is killed at a random moment; the ledger must be whole each time."""
    scene.receive(1_000_000_00)
    wrong = 0
    for _ in range(times):
        forget_connections()
        victim = FORK.Process(target=post_for_ever, args=(scene,), daemon=True)
        victim.start()
        time.sleep(random.uniform(0.05, 0.25))
        if victim.pid:
            os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        wrong += verification.verify().first_wrong is not None
        db.session.rollback()
    return {"kills": times, "wrong": wrong}


def post_for_ever(scene: Scene) -> None:
    """Receive, allocate, pay, recover, release, as fast as it goes, for as long as there is somebody to kill it."""
    parent = os.getppid()
    while os.getppid() == parent:
        scene.receive(random.randrange(1, 100_00))
        allocation = scene.plans(1)[0]
        services.approve_allocation(allocation, actor=scene.finance, version=1)
        services.disburse(allocation, actor=scene.finance, payment=paid(PART))
        services.recover(allocation, actor=scene.finance, payment=paid(PART // 2))
        services.release_allocation(allocation, actor=scene.finance, version=2, reason="Over")


def paid(amount: int) -> Payment:
    return Payment(amount, today(), f"FIN-{uuid.uuid4()}", "supplier", "bank_transfer")


def main() -> None:
    """Do what the command line says and print the outcome."""
    what, count, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0
    app = create_app(Settings.from_env())
    celery.conf.broker_url = None  # where nobody listens, to wake somebody only takes time
    with app.app_context():
        scene = Scene()
        outcome = allocate(scene, count, processes) if what == "allocate" else kill(scene, count)
        first_wrong = verification.verify().first_wrong
        outcome["ledger"] = str(first_wrong) if first_wrong else ""
        print(json.dumps(outcome))


if __name__ == "__main__":
    main()
