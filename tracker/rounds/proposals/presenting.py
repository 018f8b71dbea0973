"""A proposal in the reader's words: what each State gets and why, how the rules fared, what differs from another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tracker.languages.formatting import format_money
from tracker.languages.marking import N_
from tracker.money import FUND_CURRENCY
from tracker.participation.models import Delegate
from tracker.rounds import queries
from tracker.rounds.ordering import KINDS
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposing.explaining import TEXTS
from tracker.rounds.proposing.goals import ORDER, SEATS

AFTER_RULES = {SEATS: N_("As many seats as possible"), ORDER: N_("The order of the States, which ends with the lot")}
WAYS = {
    "rules": N_("This proposal"),
    "one_by_one": N_("The order served State by State"),
    "first_come": N_("Whoever submitted a request first"),
}


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat with who has it, and (reference, cents) of what pays it."""

    name: str
    parts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class StateShown:
    """A State with the seats that it gets, how many it asked for, and its two texts."""

    iso3: str
    asked: int
    seats: Sequence[SeatShown]
    for_state: Sequence[str]
    for_office: Sequence[str]

    @property
    def total(self) -> int:
        """What its seats cost, in cents of the dollar."""
        return sum(cents for seat in self.seats for _reference, cents in seat.parts)


def states(proposal: RoundProposal) -> list[StateShown]:
    """Every State in the order of the round."""
    outcome, question = proposal.outcome or {}, proposal.inputs["question"]
    names = queries.names_of(Delegate, [who for _request, who, _parts in outcome["seats"]])
    by_request = {one["request"]: one for one in question["states"]}
    return [
        StateShown(
            iso3=by_request[texts["request"]]["state"],
            asked=sum(not alternate for _id, _place, alternate, *_ in by_request[texts["request"]]["people"]),
            seats=[
                SeatShown(names.get(who, ""), _parts(proposal, parts))
                for request, who, parts in outcome["seats"]
                if request == texts["request"]
            ],
            for_state=[in_words(said, proposal.inputs["pledges"]) for said in texts["state"]],
            for_office=[in_words(said, proposal.inputs["pledges"]) for said in texts["office"]],
        )
        for texts in outcome["texts"]
    ]


def _parts(proposal: RoundProposal, parts: Sequence[Any]) -> list[tuple[str, int]]:
    return [(proposal.inputs["pledges"][str(pledge)], cents) for pledge, cents in parts]


def in_words(said: Sequence[Any], references: Mapping[str, str]) -> str:
    """A sentence of an explanation as it was kept: its key and its facts."""
    key, facts = said
    words: dict[str, Any] = {name: _(facts[name]) for name in ("rule", "found") if name in facts}
    if "amount" in facts:
        words["amount"] = format_money(facts["amount"], FUND_CURRENCY)
    if "pledge" in facts:
        words["pledge"] = references[str(facts["pledge"])]
    return _(TEXTS[key], **words)


def rules(proposal: RoundProposal) -> list[tuple[int, str, str, bool]]:
    """(pass, rule, "3 of 4", whether it is proved to be the best) of every rule and of the number of seats, pass by
    pass; the order of States is only told where it is not proved."""
    shown = []
    for in_pass, kind, _rank, value, bound, asked in (proposal.outcome or {})["reached"]:
        if kind == ORDER and value == bound:
            continue
        label = _(KINDS[kind].label if kind in KINDS else AFTER_RULES[kind])
        figure = "" if kind == ORDER else _("%(got)s of %(asked)s", got=value, asked=asked)
        shown.append((in_pass + 1, label, figure, value == bound))
    return shown


def collisions(proposal: RoundProposal) -> list[str]:
    """A sentence for each rule that an earlier one holds back."""
    return [
        _(
            "As the only rule “%(later)s” would give %(alone)s seats in the first pass; with the rules up to "
            "“%(earlier)s” before it, it gives %(value)s.",
            later=_(KINDS[later].label),
            earlier=_(KINDS[earlier].label),
            value=value,
            alone=alone,
        )
        for earlier, later, value, alone in (proposal.outcome or {})["collisions"]
    ]


def beside_simpler(proposal: RoundProposal) -> list[tuple[str, int, int, float, int]]:
    """(way, States, people, lowest share of a group in percent, cents unused) of the proposal and of simpler ways."""
    found = (proposal.outcome or {})["figures"]
    return [
        (_(label), found[way][0], found[way][1], 100 * found[way][2][0] / found[way][2][1], found[way][3])
        for way, label in WAYS.items()
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """A State whose seats, or whose pledges, differ between two proposals."""

    iso3: str
    here: str
    there: str


def differences(one: RoundProposal, other: RoundProposal) -> list[Difference]:
    """What differs between two proposals, State by State."""
    here, there = ({state.iso3: state for state in states(each)} for each in (one, other))
    return [
        Difference(iso3, _gets(here.get(iso3)), _gets(there.get(iso3)))
        for iso3 in dict.fromkeys((*here, *there))
        if _gets(here.get(iso3)) != _gets(there.get(iso3))
    ]


def _gets(state: StateShown | None) -> str:
    """Who has a seat of a State, and from which pledges."""
    if state is None:
        return _("does not ask")
    return "; ".join(
        f"{seat.name} ({', '.join(reference for reference, _cents in seat.parts)})" for seat in state.seats
    ) or _("no seat")
