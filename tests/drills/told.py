"""Who must hear of which act: the drill's own table, written from the design and not asked of the product.

An act is done by somebody on a page of the site. `hear` names whom it tells, `instead` who may be told when all mail to
those of one side ended badly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.factories import assistance as requests
from tests.factories.accounts import Someone, office, person

CANARY = "quokkasecret"
STATE = ("drafter", "authority", "deputy")
"""Of a State's four people these hear of its requests; its administrator hears nothing."""


@dataclass(frozen=True)
class Folk:
    """The people around one request, by their parts, and the official addresses of both sides."""

    case: requests.Case
    subject_id: int
    people: dict[str, Someone]

    @property
    def address(self) -> str:
        """Of the request in the office's pages, and below `/requests` in the State's."""
        return str(self.case.public_id)

    def mailboxes(self, parts: tuple[str, ...]) -> set[str]:
        return {self.people[part].email for part in parts}

    @property
    def state_address(self) -> str:
        return f"official@{self.case.people.of.lower()}.example"


@dataclass(frozen=True)
class Act:
    """One press: by whom, on which page, in which of its forms, with what typed, and who hears of it."""

    event: str
    by: str
    page: str
    form: str
    typed: Callable[[str], dict[str, Any]]
    hear: tuple[str, ...]


def _words(text: str) -> dict[str, Any]:
    return {"body": text}


def _questions(text: str) -> dict[str, Any]:
    return {"questions-0-field": "problem", "questions-0-text": text}


def _answers(text: str) -> dict[str, Any]:
    return {"answer_*": text, "then": "send"}


OFFICE_PAGE, STATE_PAGE = "/triage/requests/{}", "/requests/{}"
ACTS = (
    Act("assistance.office_wrote", "officer", OFFICE_PAGE, "/messages", _words, STATE),
    Act("assistance.state_wrote", "drafter", STATE_PAGE, "/messages", _words, ("officer", "authority", "deputy")),
    Act("assistance.clarification_asked", "officer", f"{OFFICE_PAGE}/ask", "/ask", _questions, STATE),
    Act("assistance.answered", "drafter", STATE_PAGE, "/answers", _answers, ("officer", "authority", "deputy")),
    Act("assistance.state_wrote", "authority", STATE_PAGE, "/messages", _words, ("officer", "drafter", "deputy")),
    Act("assistance.office_wrote", "manager", OFFICE_PAGE, "/messages", _words, (*STATE, "officer")),
)
"""In this order on each request, again and again: each is lawful after the one before it."""
SAID_BY_ITSELF = {"assistance.state_missed": ("officer",)}
"""What the product records when nobody of the State could be reached, and who hears of that."""


def world(states: list[str], officers: int) -> list[Folk]:
    """A request in review for each State, with four people there and an officer and a manager at the office."""
    desks = [(person("triage_officer"), person("programme_manager")) for _ in range(officers)]
    return [_folk(code, *desks[number % officers]) for number, code in enumerate(states)]


def _folk(code: str, officer: Someone, manager: Someone) -> Folk:
    kept = {"triage_officer": officer, "programme_manager": manager}
    worded = {name: f"{CANARY} {value}" for name, value in requests.COMPLETE.items() if isinstance(value, str)}
    people = requests.People(of=code, kept=kept)
    case = requests.in_review(people, **worded)
    mission = office(code, "Mission in New York", kind="mission", is_authority=True)
    parts = {
        "drafter": people.drafter,
        "authority": people.authority,
        "deputy": person("authorising_officer", of=code, in_office=mission),
        "administrator": person("state_administrator", of=code),
        "officer": officer,
        "manager": manager,
    }
    return Folk(case, case.now.id, parts)
