"""Decisions: prepared by one person and signed by another, each outcome with what it needs."""

from tests.constraints.cases.pair import Cases, Pair, at_least, whole
from tests.constraints.rows import DAY, NOW, ROW, Same, Values
from tracker.assistance.lifecycle import Outcome

_NEEDS: dict[Outcome, Values] = {
    Outcome.ACCEPTED: {"amount_minor": 0},
    Outcome.DECLINED: {},
    Outcome.REFERRED: {"referred_to": "The World Bank", "state_agreed_on": DAY},
    Outcome.MERGED: {"merged_into_id": ROW},
}
_ELIGIBLE = {"kind": "participation", "outcome": Outcome.ACCEPTED, "amount_minor": None}
_SIGNED = {"signed_at": NOW, "signed_by_id": ROW}
_HANDED_OVER = {"handed_over_at": NOW, "handed_over_by_id": ROW}
_ANY_ID = 4_000_000


def _decided(outcome: Outcome) -> Values:
    return {"outcome": outcome, "amount_minor": None, **_NEEDS[outcome]}


CASES: Cases = {
    "ck_clarifications_handed_over_by_somebody": whole(*_HANDED_OVER, filled=_HANDED_OVER),
    "ck_request_clocks_stopped_with_days": [
        Pair({"stopped_at": NOW, "days_used": 0}, {"days_used": None}),
        Pair({"stopped_at": None, "days_used": None}, {"days_used": 0}),
    ],
    "ck_decisions_accepted_amount": [
        Pair(_decided(Outcome.ACCEPTED), {"amount_minor": None}),
        Pair(_decided(Outcome.DECLINED), {"outcome": Outcome.ACCEPTED}),
        Pair(_ELIGIBLE, {"amount_minor": 0}),
        Pair(_ELIGIBLE | {"amount_minor": 0, "before_rounds": True}, {"amount_minor": None}),
    ],
    "ck_decisions_amount_not_negative": at_least(0, "amount_minor"),
    "ck_decisions_rounds_are_of_participation": [
        Pair(_decided(Outcome.ACCEPTED), {"before_rounds": True}),
        Pair({**_decided(Outcome.DECLINED), "kind": "participation"}, {"before_rounds": True}),
    ],
    "ck_decisions_amends_an_acceptance": [
        *(
            Pair({**_NEEDS[other], "amends_id": ROW}, {"outcome": other})
            for other in _NEEDS
            if other != Outcome.ACCEPTED
        ),
        Pair({"id": _ANY_ID, "amends_id": ROW}, {"amends_id": _ANY_ID}),
    ],
    "ck_decisions_has_reasons": [Pair({"reasons": "."}, {"reasons": ""}), Pair({"reasons": "."}, {"reasons": "  "})],
    "ck_decisions_merged_into_one": [Pair(_decided(Outcome.MERGED), {"merged_into_id": None})],
    "ck_decisions_referred_to_somebody": [
        Pair(_decided(Outcome.REFERRED), {"referred_to": ""}),
        Pair(_decided(Outcome.REFERRED), {"referred_to": "  "}),
    ],
    "ck_decisions_referred_with_consent": [Pair(_decided(Outcome.REFERRED), {"state_agreed_on": None})],
    "ck_decisions_signed_whole": whole(*_SIGNED, filled=_SIGNED),
    "ck_given_reasons_says_something": [Pair({"reason": "."}, {"reason": "  "})],
    "ck_decisions_two_persons": [
        Pair({**_decided(outcome), **_SIGNED}, {"signed_by_id": Same("prepared_by_id")}) for outcome in Outcome
    ],
}
