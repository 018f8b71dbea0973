"""What a State reads of the rounds of its session: its own facts, the published rule, a seat or the reserve list."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.page.cards import Card, CardData
from tracker.languages.marking import N_
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.queries import delegates_of
from tracker.rounds import queries, without
from tracker.rounds.ordering import KINDS
from tracker.rounds.proposals.presenting import in_words

STANDS = {
    DelegateStatus.NOMINATED: N_("Nominated"),
    DelegateStatus.SELECTED: N_("A seat"),
    DelegateStatus.RESERVE: N_("On the reserve list"),
    DelegateStatus.NOT_SELECTED: N_("No seat: an alternate travels in somebody's place"),
    DelegateStatus.CONFIRMED: N_("A seat, confirmed"),
    DelegateStatus.DECLINED: N_("Seat declined"),
    DelegateStatus.TAKEN_BACK: N_("Seat taken back"),
    DelegateStatus.CANCELLED: N_("Seat cancelled"),
    DelegateStatus.SUBSTITUTED: N_("Somebody else took the seat"),
    DelegateStatus.TICKETED: N_("A seat, ticket bought"),
    DelegateStatus.TRAVELLED: N_("Travelled"),
    DelegateStatus.NO_SHOW: N_("Did not travel"),
    DelegateStatus.SETTLED: N_("Settled"),
}


def _decided(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    """Nothing before a round was approved in which the request had a part. Nothing of another State, of a donor, or of
    the reasons of the office is shown."""
    if seen.found.round_result is None or seen.found.session_id is None:
        return None
    key = str(seen.found.id)
    rounds = [row for row in queries.approved_rounds(seen.found.session_id) if key in (row.outcome or {})]
    if not rounds:
        return None
    latest = rounds[-1]
    got = latest.outcome[key]
    people = [
        (one.name, _(STANDS[DelegateStatus(one.status)]), _place(one, got)) for one in delegates_of(seen.found.id)
    ]
    return {
        "number": latest.number,
        "on": latest.approved_at,
        "by_lot": got["by_lot"],
        "said": _said(seen.found.round_result, got),
        "found": [(_(KINDS[kind].label), source, _(sentence)) for kind, source, sentence in got["findings"]],
        "people": people,
        "has_places": any(place for _name, _stands, place in people),
    }


def _said(result: str, got: Mapping[str, Any]) -> list[str]:
    """The text of the proposal that the round followed; of a round by hand, why there is no seat."""
    if result != ("seats" if got["seats"] else "reserve"):
        return []
    if got.get("said"):
        return [in_words(sentence, {}) for sentence in got["said"]]
    return [without.in_words(got["why_none"])] if got.get("why_none") else []


def _place(delegate: Any, got: Mapping[str, Any]) -> int | None:
    """The place on the reserve list, for whoever still stands there."""
    on_it = delegate.status == DelegateStatus.RESERVE
    return got["reserve"].get(str(delegate.id)) if on_it else None


CARDS = (Card("round", 25, "rounds/_for_state.html", _decided),)
