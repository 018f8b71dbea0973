"""Why a State gets seats or none, in sentences; each says a fact, and what the round gives with another one. Pure.

Two texts for a State: for itself (its own facts and the published rule; no donor, no other State, nobody by name), and
for the office, which also reads what would have to change. A sentence carries its claims, so that anybody can compute
the round again with the named fact changed and compare.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any

from tracker.languages.marking import N_
from tracker.rounds.ordering import KINDS, Candidate, Person
from tracker.rounds.proposing.changes import Change
from tracker.rounds.proposing.known import Known
from tracker.rounds.proposing.model import OpenSeat
from tracker.rounds.proposing.proposal import Proposal, funds_after, parts_of, propose, seats_left
from tracker.rounds.proposing.question import Question, can_sit, has, waiting

Compute = Callable[[Question], Proposal]
"""What computes a round."""
MORE, FEWER, SAME = "more", "fewer", "same"
CHECKED_TO = 400
"""Up to so many nominees times pledges every fact of a State is tried; in larger rounds only what is certain without
computing the round again is said."""

TEXTS = {
    "by_rule": N_("A seat by the rule “%(rule)s”: %(found)s. Without this your State would have fewer seats."),
    "by_no_rule": N_("No single rule decided on the seats of your State."),
    "limit": N_("Your State has as many seats as one State gets at this session."),
    "time": N_("The next of your people cannot get a visa and a ticket in time any more."),
    "estimate": N_("The estimate for the next of your people is incomplete: a rate or a fare is missing."),
    "share": N_(
        "No pledge could pay the next of your people by the conditions of its donor; another person might be paid. Ask "
        "the office."
    ),
    "money": N_("No money is left that may be used for a further seat of your State."),
    "seats": N_("All seats of the session are given."),
    "other_rule": N_("The rule “%(rule)s” put others first. It found of your State: %(found)s."),
    "lot": N_("All rules left your State equal to others, and the lot put them first."),
    "change_money": N_("With %(amount)s more on %(pledge)s this State would have a further seat."),
    "change_women": N_("Without the share of women that %(pledge)s asks for this State would have a further seat."),
    "change_seats": N_("With one seat more the session would give this State a further seat."),
    "change_own_money": N_("With %(amount)s that only its next seat may use this State would have that seat."),
    "change_own_seat": N_(
        "With a seat beside those of the session, and %(amount)s for it, this State would have that seat."
    ),
}
"""The sentences. `rule` and `found` are messages themselves, `amount` is in cents of the dollar, `pledge` an id."""


@dataclass(frozen=True, slots=True)
class Claim:
    """With all these facts changed the State has more or fewer seats, or as many."""

    changes: tuple[Change, ...]
    outcome: str

    def holds(self, question: Question, request_id: int, seats: int, compute: Compute = propose) -> bool:
        """Compute the round again and compare with the `seats` that the State has without the change."""
        changed = reduce(lambda so_far, change: change.applied(so_far), self.changes, question)
        after = len(compute(changed).of(request_id))
        return self.outcome == (SAME if after == seats else MORE if after > seats else FEWER)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A key of `TEXTS` with what it speaks of, and what it claims."""

    key: str
    facts: dict[str, Any] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """The two texts of a State."""

    request_id: int
    for_state: tuple[Sentence, ...]
    for_office: tuple[Sentence, ...]


def explain(question: Question, proposal: Proposal, alive: Callable[[], None] = lambda: None) -> list[Explained]:
    """The texts of every State in the order of the round; `alive` is told before each."""
    people = sum(len(one.nominees) for one in question.candidates)
    tries = people * len(question.funds) <= CHECKED_TO
    known, texts = Known(), []

    def compute(changed: Question, about: int | None = None) -> Proposal:
        return propose(changed, lambda _done, _total: alive(), known.about(about))

    if tries:
        compute(question)
    for placed in question.order():
        alive()
        of = placed.candidate.request_id
        again = partial(compute, about=of) if tries else None
        texts.append(_Case(question, proposal, placed.candidate, again).explained())
    return texts


class _Case:
    """One State in a round."""

    def __init__(self, question: Question, proposal: Proposal, candidate: Candidate, again: Compute | None) -> None:
        self.question, self.proposal, self.candidate, self.again = question, proposal, candidate, again
        self.seats = len(proposal.of(candidate.request_id))
        self.of = candidate.request_id

    def explained(self) -> Explained:
        given, seated = self.proposal.of(self.of), self.question.seated
        following = next(waiting(self.candidate, seated | {seat.delegate_id for seat in given}), None)
        own = list(self._why_given()) if given else []
        changes: list[Sentence] = []
        if following is not None:
            why, changes = self._why_no_more(following)
            own += why
        return Explained(self.of, tuple(own), (*own, *changes))

    def _claim(self, outcome: str, *changes: Change) -> Claim | None:
        """The claim, where it may be tried and holds."""
        if self.again is None:
            return None
        claim = Claim(changes, outcome)
        return claim if claim.holds(self.question, self.of, self.seats, self.again) else None

    def _rules(self, *, preferred: bool) -> Iterator[tuple[str, str]]:
        """The rules for which the State's own fact stands so, each with what it found."""
        for rule in dict.fromkeys(rule.kind for rule in self.question.rules):
            kind = KINDS[rule]
            if (kind.rank(self.candidate) == 0) == preferred:
                yield rule, kind.preferred if preferred else kind.otherwise

    def _why_given(self) -> Iterator[Sentence]:
        kept = []
        for rule, found in self._rules(preferred=True):
            change = Change("not_preferred", (self.of, rule))
            if claim := self._claim(FEWER, change):
                yield Sentence("by_rule", {"rule": KINDS[rule].label, "found": found}, (claim,))
            else:
                kept.append(self._claim(SAME, change))
        if self.again and kept and all(kept) and len(kept) == len(list(self._rules(preferred=True))):
            yield Sentence("by_no_rule", {}, tuple(claim for claim in kept if claim))

    def _why_no_more(self, person: Person) -> tuple[list[Sentence], list[Sentence]]:
        blocked = dict(self._blocked(person))
        own = self._own(person)
        if blocked:
            return [self._blocking(key, blocked, own) for key in blocked], []
        share, paid_but_for_it = self._held_back(person)
        if seats_left(self.question, self.proposal.seats) > 0:
            money = (own[0],)
            why = [] if paid_but_for_it else [Sentence("money", {}, (Claim(money, MORE),))]
            certain = Sentence("change_own_money", {"amount": person.estimate}, (Claim(money, MORE),))
        else:
            why = [Sentence("seats", {}, (Claim(own, MORE),))]
            certain = Sentence("change_own_seat", {"amount": person.estimate}, (Claim(own, MORE),))
        return [*share, *why, *self._others_first()], [*self._smallest_changes(person), certain]

    def _held_back(self, person: Person) -> tuple[list[Sentence], bool]:
        """That the share of women of pledges keeps the next person from a seat, where it does; and whether the money
        and the seats that are left would do but for it, which is certain without computing the round again."""
        if person.is_woman is not False or not any(fund.women for fund in self.question.funds):
            return [], False
        change = Change("uncounted", (self.of, person.delegate_id))
        seat = OpenSeat(0, self.of, person.delegate_id, (), person.estimate or 0)
        left = funds_after(self.question, self.proposal.seats)
        certain = seats_left(self.question, self.proposal.seats) > 0 and parts_of(self.question, left, seat) is not None
        claim = Claim((change,), MORE) if certain else self._claim(MORE, change)
        return [Sentence("share", {}, (claim,))] if claim else [], certain

    def _blocked(self, person: Person) -> Iterator[tuple[str, Change]]:
        """What stands against the next person whatever money and seats there are, and what lifts it."""
        given = {seat.delegate_id for seat in self.proposal.of(self.of)}
        if has(self.candidate, self.question.seated | given) >= self.question.most_of(self.of):
            yield "limit", Change("one_more", (self.of,))
        if not person.in_time:
            yield "time", Change("reachable", (self.of, person.delegate_id))
        if person.estimate is None:
            yield "estimate", Change("complete", (self.of, person.delegate_id, 1))

    def _own(self, person: Person) -> tuple[Change, Change]:
        """Money and a seat for the next person that take nothing from anybody: with them the seat is certain."""
        money = Change("own_money", (self.of, person.delegate_id, person.estimate or 1))
        return money, Change("own_seat", (person.delegate_id,))

    def _blocking(self, key: str, blocked: dict[str, Change], own: Sequence[Change]) -> Sentence:
        others = [change for name, change in blocked.items() if name != key]
        lifted = Claim((*others, blocked[key], *own), MORE)
        return Sentence(key, {}, (lifted, Claim((*others, *own), SAME)))

    def _others_first(self) -> Iterator[Sentence]:
        """The rules, and the lot, that gave to others what this State would have had."""
        found = False
        for rule, said in self._rules(preferred=False):
            if claim := self._claim(MORE, Change("preferred", (self.of, rule))):
                found = True
                yield Sentence("other_rule", {"rule": KINDS[rule].label, "found": said}, (claim,))
        if not found and (claim := self._claim(MORE, Change("drawn_first", (self.of,)))):
            yield Sentence("lot", {}, (claim,))

    def _smallest_changes(self, person: Person) -> Iterator[Sentence]:
        """What more of the session's seats would give the seat, and of the pledge that lacks least for it."""
        if claim := self._claim(MORE, Change("more_seats", (1,))):
            yield Sentence("change_seats", {}, (claim,))
        for fund in self.question.funds if person.is_woman is False else ():
            without = Change("no_share", (fund.pledge_id,))
            if fund.women and self.of in fund.requests and (claim := self._claim(MORE, without)):
                yield Sentence("change_women", {"pledge": fund.pledge_id}, (claim,))
        left, suiting = dict(self.proposal.left), [fund for fund in self.question.funds if self.of in fund.requests]
        sums = [((person.estimate or 0) - left[fund.pledge_id], fund.pledge_id) for fund in suiting]
        short, pledge_id = min((one for one in sums if one[0] > 0), default=(0, 0))
        change = Change("more_money", (pledge_id, short))
        if short and can_sit(person) and (claim := self._claim(MORE, change)):
            yield Sentence("change_money", {"amount": short, "pledge": pledge_id}, (claim,))
