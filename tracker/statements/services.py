"""Issuing a statement: it is made once, kept, and followed by others."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.documents import Document, as_pdf
from tracker.errors import Invalid, Stale
from tracker.events import record
from tracker.extensions import db
from tracker.languages.choosing import in_language
from tracker.languages.marking import lazy
from tracker.pledges import ledger
from tracker.pledges import queries as pledges
from tracker.pledges.models import Pledge
from tracker.pledges.rule_facts import rule_facts_of
from tracker.reporting.files import notice
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.statements import queries
from tracker.statements.describing import document
from tracker.statements.figures import hash_of
from tracker.statements.models import IssuedStatement
from tracker.statements.periods import Period, problem_of
from tracker.statements.policies import RULES, StatementAction
from tracker.statements.queries import Next, Steps
from tracker.statements.telling import told_on_paper
from tracker.statements.told import Issued, reference_of


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of the next statement of a pledge: what it says, and its PDF."""

    said: Document
    pdf: bytes

    def as_body(self) -> None:
        """What a form's key remembers of it: nothing, since it follows from what was typed."""


def issue(
    public_id: uuid.UUID, *, actor: Actor, number: int, last_on: date, note: str = "", key: str | None = None
) -> int:
    """Issue the next statement of a pledge, up to a day that is over; gives its number.

    Its paper is made before the transaction opens, which finds it right or refuses. `number` is the one that was seen.
    Raises Stale when somebody issued it meanwhile, Invalid for a day that is not over or lies before its first.
    """
    paper = paper_of_next(public_id, actor=actor, number=number, last_on=last_on, note=note)
    issued: int = keep(public_id, actor=actor, number=number, last_on=last_on, note=note, paper=paper, key=key)
    return issued


def paper_of_next(public_id: uuid.UUID, *, actor: Actor, number: int, last_on: date, note: str = "") -> Paper | None:
    """The paper of a pledge's next statement as it would be issued now; None where `keep` refuses it anyhow."""
    pledge = pledges.get_visible(public_id, actor)
    authorize(RULES, StatementAction.ISSUE, actor, rule_facts_of(pledge))
    following = queries.next_of(pledge)
    if following.number != number or _problem(following, last_on) is not None:
        return None
    _hash, said = _said(pledge, following, queries.steps_to(pledge, following, last_on), note)
    return Paper(said, as_pdf(said, pledge.organisation.home.official_language))


@verb
def keep(public_id: uuid.UUID, *, actor: Actor, number: int, last_on: date, note: str = "", paper: Paper | None) -> int:
    """Keep the next statement of a pledge with its paper; gives its number. Raises Stale where the paper does not say
    what the ledger says now."""
    pledge = pledges.get_visible(public_id, actor)
    authorize(RULES, StatementAction.ISSUE, actor, rule_facts_of(pledge))
    ledger.hold(pledge.id)
    pledge = pledges.get_visible(public_id, actor)  # whoever held it before may have posted something
    following = queries.next_of(pledge)
    if following.number != number:
        raise Stale(lazy("Somebody issued a statement of this pledge while you had this page open."))
    if (problem := _problem(following, last_on)) is not None:
        raise Invalid(fields={"last_on": problem})
    steps = queries.steps_to(pledge, following, last_on)
    digest, said = _said(pledge, following, steps, note)
    if paper is None or paper.said != said:
        raise Stale(lazy("What this statement says changed while its paper was being made. Issue it again."))
    db.session.add(
        IssuedStatement(
            pledge_id=pledge.id,
            number=number,
            first_on=steps.period.first,
            last_on=steps.period.last,
            after=steps.after or 0,
            until=steps.until or 0,
            issued_by_id=actor.person_id,
            note=note,
            hash=digest,
            pdf=paper.pdf,
        )
    )
    record("statements.issued", pledge, actor=actor, number=number, last_on=last_on)
    return number


def _problem(following: Next, last_on: date) -> Any:
    return problem_of(Period(following.first, last_on), earliest=following.first, today=today())


def _said(pledge: Pledge, following: Next, steps: Steps, note: str) -> tuple[str, Document]:
    """The hash of the steps, and what the paper says in its donor's language."""
    with in_language(pledge.organisation.home.official_language):
        counted = told_on_paper(pledge, steps)
        digest = hash_of(counted.figures.lines)
        reference = reference_of(pledge.reference, following.number)
        told = counted.issued_as(Issued(reference, today(), digest, note), on_paper=True)
        return digest, document(told, notice=notice(), whole=False)
