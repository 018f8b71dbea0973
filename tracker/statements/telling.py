"""Putting a statement together for who reads it: figures, and words for what they were used for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.accounts.presenting import organisation_name
from tracker.assistance.lifecycle import Marking
from tracker.calendar.working_days import day_of
from tracker.pledges.models import Pledge
from tracker.pledges.presenting import purpose
from tracker.pledges.queries import Use
from tracker.reconciling.queries import reconciled_until
from tracker.rights.actor import Actor
from tracker.statements import queries
from tracker.statements.models import IssuedStatement
from tracker.statements.periods import Period
from tracker.statements.queries import Begun, Steps
from tracker.statements.told import Issued, Named, Told, reference_of
from tracker.statements.wholes import Part, Whole


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


def told_of_pledges(begun: Sequence[Begun], period: Period) -> Whole:
    """Several pledges over the same days."""
    return _whole(begun, period, None, {})


def told_of_uses(actor: Actor, uses: Sequence[Use], period: Period, *, as_file: bool) -> Whole:
    """The money of some allocations over the same days. In a file strictly confidential requests stand as amounts."""
    shown = [_withheld(use) if as_file else use for use in uses]
    names = named(shown, references=actor.is_staff)
    return _whole(queries.pledges_behind(uses, actor), period, list(names), names)


def _withheld(use: Use) -> Use:
    strict = use.request.marking == Marking.STRICTLY_CONFIDENTIAL
    return replace(use, described=False, named=False, title="") if strict else use


def _whole(begun: Sequence[Begun], period: Period, only: Sequence[int] | None, names: Mapping[int, Named]) -> Whole:
    there = [(pledge, day) for pledge, day in begun if day <= period.last]
    rows = [pledge for pledge, _day in there]
    figures = queries.figures_of_each(rows, period, {pledge.id: day for pledge, day in there}, only)
    parts = [Part(pledge, organisation_name(pledge.organisation), figures[pledge.id]) for pledge in rows]
    until = reconciled_until()
    return Whole(period, parts, names, min(until, period.last) if until else None)


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
