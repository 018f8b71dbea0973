"""Issuing a statement: it is made once, kept, and followed by others."""

import uuid
from datetime import date

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.documents import as_pdf
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


@verb
def issue(public_id: uuid.UUID, *, actor: Actor, number: int, last_on: date, note: str = "") -> int:
    """Issue the next statement of a pledge, up to a day that is over; gives its number.

    `number` is the one that was seen. Raises Stale when somebody issued it meanwhile, Invalid for a day that is not
    over or lies before its first.
    """
    pledge = pledges.get_visible(public_id, actor)
    authorize(RULES, StatementAction.ISSUE, actor, rule_facts_of(pledge))
    ledger.hold(pledge.id)
    pledge = pledges.get_visible(public_id, actor)  # whoever held it before may have posted something
    following = queries.next_of(pledge)
    if following.number != number:
        raise Stale(lazy("Somebody issued a statement of this pledge while you had this page open."))
    problem = problem_of(Period(following.first, last_on), earliest=following.first, today=today())
    if problem is not None:
        raise Invalid(fields={"last_on": problem})
    db.session.add(_issued(pledge, following, queries.steps_to(pledge, following, last_on), (actor, note)))
    record("statements.issued", pledge, actor=actor, number=number, last_on=last_on)
    return number


def _issued(pledge: Pledge, following: Next, steps: Steps, said: tuple[Actor, str]) -> IssuedStatement:
    actor, note = said
    with in_language(pledge.organisation.home.official_language):
        counted = told_on_paper(pledge, steps)
        digest = hash_of(counted.figures.lines)
        reference = reference_of(pledge.reference, following.number)
        told = counted.issued_as(Issued(reference, today(), digest, note), on_paper=True)
        pdf = as_pdf(document(told, notice=notice(), whole=False), pledge.organisation.home.official_language)
    return IssuedStatement(
        pledge_id=pledge.id,
        number=following.number,
        first_on=steps.period.first,
        last_on=steps.period.last,
        after=steps.after or 0,
        until=steps.until or 0,
        issued_by_id=actor.person_id,
        note=note,
        hash=digest,
        pdf=pdf,
    )
