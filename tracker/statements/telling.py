"""Putting a statement together for who reads it: figures, and words for what they were used for."""

from collections.abc import Iterable, Mapping

from tracker.accounts.presenting import organisation_name
from tracker.calendar.working_days import day_of
from tracker.pledges.models import Pledge
from tracker.pledges.presenting import purpose
from tracker.pledges.queries import Use
from tracker.reconciling.queries import reconciled_until
from tracker.rights.actor import Actor
from tracker.statements import queries
from tracker.statements.models import IssuedStatement
from tracker.statements.queries import Steps
from tracker.statements.told import Issued, Named, Told, reference_of


def told_to(actor: Actor, pledge: Pledge, steps: Steps) -> Told:
    """A statement of these steps as the actor may read it."""
    return _told(pledge, steps, named(queries.uses_of(pledge, actor), references=actor.is_staff))


def told_on_paper(pledge: Pledge, steps: Steps) -> Told:
    """The same as it is issued: in words that its donor may read whoever issues it."""
    return _told(pledge, steps, named(queries.uses_on_paper(pledge), references=False))


def told_as_issued(actor: Actor, pledge: Pledge, statement: IssuedStatement) -> Told:
    """An issued statement as the actor may read it today; its paper stays what it is, and says until when the books
    were compared then."""
    told = told_to(actor, pledge, queries.steps_of(statement))
    reference = reference_of(pledge.reference, statement.number)
    return told.issued_as(
        Issued(reference, day_of(statement.issued_at), statement.hash, statement.note), on_paper=False
    )


def may_read_paper(actor: Actor, pledge: Pledge) -> bool:
    """Whether an issued paper, which is in the donor's words, names nothing that the actor may not know."""
    return not actor.is_staff or all(use.named for use in queries.uses_of(pledge, actor))


def _told(pledge: Pledge, steps: Steps, names: Mapping[int, Named]) -> Told:
    return Told(
        pledge=pledge,
        donor=organisation_name(pledge.organisation),
        figures=queries.figures_of(pledge, steps),
        names=names,
        planned=queries.planned_on(pledge.id, steps.period),
        reconciled=min(until, steps.period.last) if (until := reconciled_until()) else None,
    )


def named(uses: Iterable[Use], *, references: bool) -> dict[int, Named]:
    """Words for what each allocation pays for, by its row; for the office with the reference that it may know."""
    return {use.allocation.id: _named(use, references=references) for use in uses}


def _named(use: Use, *, references: bool) -> Named:
    page = use.allocation.public_id if references and use.named else None
    return Named(use.request.id, _words(use, references=references), page)


def _words(use: Use, *, references: bool) -> str:
    words = purpose(use)
    if references and use.named and use.request.reference:
        return f"{words}, {use.request.reference}"
    return words
