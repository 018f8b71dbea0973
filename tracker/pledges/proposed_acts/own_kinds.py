"""The kinds of acts of two persons that this capability registers."""

from tracker.pledges.changing.amounts import RAISE, REDUCE
from tracker.pledges.changing.terms import EARMARK, EXTEND
from tracker.pledges.proposed_acts.going_back import APPLY_SURPLUS, REFUND, RETURN_SURPLUS
from tracker.pledges.proposed_acts.reversal import REVERSAL
from tracker.pledges.proposed_acts.top_up import TOP_UP

KINDS = (TOP_UP, REVERSAL, REFUND, APPLY_SURPLUS, RETURN_SURPLUS, RAISE, REDUCE, EXTEND, EARMARK)
