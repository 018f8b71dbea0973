"""Walking the matrix: what every persona gets at every address, and what must hold whatever the table says."""

from dataclasses import dataclass, field

from flask import Flask

from tests.rights.people import ANONYMOUS, CANARIES, MATTERS, PERSONAS, ROLES
from tests.rights.probing import Answer, ask, nothing_kept, without_tokens
from tests.rights.subjects import addresses, endpoints
from tests.rights.table import Row, read
from tests.rights.world import World
from tracker.rights.actor import Actor
from tracker.web.access import may_enter

ABSENT = "absent"


@dataclass
class Walk:
    """The answers of some endpoints, by row and persona."""

    app: Flask
    answers: dict[Row, dict[str, Answer]] = field(default_factory=dict)

    @property
    def statuses(self) -> dict[Row, dict[str, int]]:
        return {row: {persona: answer.status for persona, answer in by.items()} for row, by in self.answers.items()}


def walk(app: Flask, world: World, some: list[str] | None = None, *, inside: bool = False) -> Walk:
    """Try the endpoints (all of them) as everybody; nothing of it is kept. When only `inside` is asked, of those whom
    the door refuses for want of a role one stands for all."""
    without_tokens(app)
    found = Walk(app)
    with app.app_context(), nothing_kept():
        for endpoint in some if some is not None else endpoints(app):
            whom = _let_in_and_one(app, endpoint) if inside else list(PERSONAS)
            for (method, subject), address in addresses(app, world, endpoint).items():
                found.answers[endpoint, method, subject] = {
                    persona: ask(app, world, persona, method, address) for persona in whom
                }
    return found


def _let_in_and_one(app: Flask, endpoint: str) -> list[str]:
    """Strangers, those who have a role for this view, and the first who has none."""
    names = getattr(app.view_functions[endpoint], "access", frozenset())
    let_in = {who for who in PERSONAS if who == ANONYMOUS or "public" in names or may_enter(names, _actor(who))}
    refused = next((who for who in PERSONAS if who not in let_in), None)
    return [who for who in PERSONAS if who in let_in or who == refused]


def against_the_table(found: Walk) -> list[str]:
    """What differs from the committed table, in sentences that say how to mend it."""
    expected, wrong = read(), []
    for row, statuses in found.statuses.items():
        name = " ".join(row)
        if row not in expected:
            wrong.append(f"{name} has no row: run `python -m tests.rights` and review the lines that are new.")
            continue
        wrong += [
            f"{name}: {persona} got {status}, the table says {expected[row][persona]}."
            for persona, status in statuses.items()
            if status != expected[row][persona]
        ]
    here = {row[0] for row in found.answers}
    gone = [row for row in expected if row[0] in here and row not in found.answers]
    return wrong + [f"{' '.join(row)} is in the table but not in the application: remove its row." for row in gone]


def whatever_the_table_says(found: Walk) -> list[str]:
    """What must hold at every address, even if somebody committed a wrong table."""
    wrong = []
    for row, by in found.answers.items():
        names = getattr(found.app.view_functions[row[0]], "access", frozenset())
        for persona, answer in by.items():
            problem = (
                answer.error
                or _at_the_door(persona, answer, names)
                or _in_strange_hands(row, persona, answer)
                or _of_canaries(persona, answer)
                or _unequal(found, row, persona)
            )
            if problem:
                wrong.append(f"{' '.join(row)}: {persona} {problem}")
    return wrong


def _at_the_door(persona: str, answer: Answer, names: frozenset[str]) -> str:
    """Strangers are sent to the sign-in page; whoever lacks the role is refused."""
    if "public" in names:
        return ""
    if persona == ANONYMOUS:
        led = answer.status == 302 and "/sign-in" in answer.location
        return "" if led or answer.status == 401 else f"got in without signing in ({answer.status})"
    if may_enter(names, _actor(persona)):
        return ""
    return "" if answer.status == 403 else f"has no role for this and got {answer.status}"


def _actor(persona: str) -> Actor:
    return Actor(person_id=1, roles=frozenset(ROLES[persona][1]))


def _in_strange_hands(row: Row, persona: str, answer: Answer) -> str:
    """Whose matter it is not gets nothing but a refusal; the office keeps the organisations of all."""
    if row[2] not in MATTERS or row[0].startswith("accounts.") or persona in MATTERS[row[2]]:
        return ""
    refused = answer.status in (401, 403, 404) or (persona == ANONYMOUS and "/sign-in" in answer.location)
    return "" if refused else f"is a stranger to this and got {answer.status}"


def _of_canaries(persona: str, answer: Answer) -> str:
    """No word of somebody's matter reaches those who may not read it."""
    seen = sorted(word for word in answer.read if persona not in CANARIES[word])
    return f"read {', '.join(seen)}" if seen else ""


def _unequal(found: Walk, row: Row, persona: str) -> str:
    """What is not theirs and what is not there look the same."""
    if persona in MATTERS.get(row[2], ()):
        return ""
    answer, absent = found.answers[row][persona], found.answers.get((row[0], row[1], ABSENT), {}).get(persona)
    if answer.status != 404 or absent is None or absent.status != 404 or answer.plain == absent.plain:
        return ""
    return "can tell what is not theirs from what is not there"
