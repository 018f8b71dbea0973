"""One fact of a round changed: "what if", for explanations and for those who check them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tracker.rounds.proposing.question import Fund, Question

OWN = 0
"""The id of the money that is there for one seat alone; no pledge has it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of `kind` (`KINDS`) that is another one, and what it is about."""

    kind: str
    about: tuple[int | str, ...]

    def applied(self, question: Question) -> Question:
        """The question with this fact changed."""
        return KINDS[self.kind](question, *self.about)


def _fact(question: Question, request_id: int, rule: str, preferred: bool) -> Question:
    one = question.candidate(request_id)
    most = max(other.funded_before for other in question.candidates)
    match rule:
        case "in_time":
            return question.changed(one, came_in_time=preferred)
        case "accounts_settled":
            return question.changed(one, owes_accounts=not preferred)
        case "never_funded" | "fewest_seats":
            return question.changed(one, funded_before=0 if preferred else most + 1)
        case _:
            return question.changed(one, lists=one.lists | {rule} if preferred else one.lists - {rule})


def _preferred(question: Question, request_id: int, rule: str) -> Question:
    return _fact(question, request_id, rule, True)


def _not_preferred(question: Question, request_id: int, rule: str) -> Question:
    return _fact(question, request_id, rule, False)


def _drawn_first(question: Question, request_id: int) -> Question:
    return replace(question, first=request_id)


def _one_more(question: Question, request_id: int) -> Question:
    return replace(question, more={**question.more, request_id: question.more.get(request_id, 0) + 1})


def _able(question: Question, request_id: int, delegate_id: int, fact: str, cents: int) -> Question:
    one = question.candidate(request_id)
    found = {"estimate": {"estimate": cents}, "in_time": {"in_time": True}}[fact]
    people = tuple(
        replace(person, **found) if person.delegate_id == delegate_id else person  # type: ignore[arg-type]
        for person in one.people
    )
    costs = {**question.costs, delegate_id: (("fare", cents),)} if fact == "estimate" else question.costs
    return replace(question.changed(one, people=people), costs=costs)


def _complete(question: Question, request_id: int, delegate_id: int, cents: int) -> Question:
    return _able(question, request_id, delegate_id, "estimate", cents)


def _reachable(question: Question, request_id: int, delegate_id: int) -> Question:
    return _able(question, request_id, delegate_id, "in_time", 0)


def _own_money(question: Question, request_id: int, delegate_id: int, cents: int) -> Question:
    own = Fund(OWN, cents, frozenset({request_id}), only=delegate_id)
    return replace(question, funds=(*question.funds, own))


def _own_seat(question: Question, delegate_id: int) -> Question:
    return replace(question, beside=question.beside | {delegate_id})


def _more_money(question: Question, pledge_id: int, cents: int) -> Question:
    funds = tuple(
        replace(fund, cash=fund.cash + cents) if fund.pledge_id == pledge_id else fund for fund in question.funds
    )
    return replace(question, funds=funds)


def _no_share(question: Question, pledge_id: int) -> Question:
    funds = (replace(fund, women=None) if fund.pledge_id == pledge_id else fund for fund in question.funds)
    return replace(question, funds=tuple(funds))


def _uncounted(question: Question, request_id: int, delegate_id: int) -> Question:
    one = question.candidate(request_id)
    people = (replace(who, is_woman=None) if who.delegate_id == delegate_id else who for who in one.people)
    return question.changed(one, people=tuple(people))


def _more_seats(question: Question, number: int) -> Question:
    return replace(question, limits=replace(question.limits, seats=question.limits.seats + number))


KINDS: dict[str, Callable[..., Question]] = {
    "preferred": _preferred,
    "not_preferred": _not_preferred,
    "drawn_first": _drawn_first,
    "one_more": _one_more,
    "complete": _complete,
    "reachable": _reachable,
    "own_money": _own_money,
    "own_seat": _own_seat,
    "more_money": _more_money,
    "no_share": _no_share,
    "uncounted": _uncounted,
    "more_seats": _more_seats,
}
