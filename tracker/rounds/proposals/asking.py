"""A round as the question of the solver: everything by value, without the seats that are given in it now."""

from typing import Any

from tracker.pledges.earmarks import BASIS_POINTS, level, matches
from tracker.pledges.queries import Purse
from tracker.rounds.giving import Given
from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposals import queries
from tracker.rounds.proposing.question import Cap, Fund, Question, written
from tracker.rounds.reading import Table


def asked_of(table: Table) -> Question:
    """The question that a round is. Earmarks are judged here, on the lists as they stand today."""
    before = table.before
    return Question(
        candidates=tuple(placed.candidate for placed in before.order),
        rules=tuple(SelectionRule(rule.kind, rule.source) for rule in table.support.terms.rules),
        seed=table.round.seed,
        limits=before.limits,
        costs=table.means.costs,
        funds=tuple(_fund(table, purse) for purse in table.purses.values() if purse.cash > 0),
        seated=frozenset(seat.delegate_id for seat in before.given),
        taken=len(before.given),
        came={one.id: one.came_at.isoformat() for one in table.asking.values() if one.came_at},
    )


def _fund(table: Table, purse: Purse) -> Fund:
    facts, before = table.means.facts, table.before
    suiting = frozenset(one for one in table.asking if table.means.verdict(before, purse.id, one).suits)
    caps = tuple(
        Cap(
            purse.came * rule.share_bp // BASIS_POINTS - purse.used.get(rule, 0),
            frozenset(one for one in table.asking if matches(rule, facts[one])),
        )
        for rule in purse.rules
        if rule.is_cap and rule.share_bp is not None
    )
    return Fund(purse.id, purse.cash, suiting, level(purse.rules), caps, women=table.means.share(before, purse.id))


def texts_of(table: Table) -> dict[int, list[Any]]:
    """The text for each State, by its request, of a proposal that has exactly the seats of a round and was computed
    from the facts as they stand; empty where there is none, or a seat was given by hand."""
    seats = {(seat.request_id, seat.delegate_id, seat.parts) for seat in _given_now(table)}
    for proposal in queries.with_outcome(table.round.id):
        proposed = {(one, who, tuple((p, c) for p, c in parts)) for one, who, parts in proposal.outcome["seats"]}
        if seats == proposed and proposal.inputs == inputs_of(table):
            return {one["request"]: one["state"] for one in proposal.outcome["texts"]}
    return {}


def _given_now(table: Table) -> list[Given]:
    return [seat for seat in table.sitting.given if not table.is_earlier(seat)]


def inputs_of(table: Table) -> dict[str, Any]:
    """The question as plain values, with the references of its pledges."""
    question = asked_of(table)
    references = {str(fund.pledge_id): table.purses[fund.pledge_id].reference for fund in question.funds}
    return {"question": written(question), "pledges": references}
