"""What is told of many things at once, or of one in a list: whom, in which words, and the page on which they stand."""

from tracker.languages.marking import N_

_QUEUE = (N_("Open the queue"), "triage.queue")
_OWN = (N_("Open the requests"), "assistance.index")
_ASSIGNED = N_("Requests were assigned to you")
_ACTS = (N_("Open the steps of two persons"), "acts.index")
_AWAY = (N_("Open the page"), "accounts.absence")

PILES = (
    ("assistance.bulk_assigned", ("self", _ASSIGNED, *_QUEUE)),
    ("assistance.handed_over", ("self", _ASSIGNED, *_QUEUE)),
    ("assistance.left_without_officer", ("officers", N_("Requests have no officer any more"), *_QUEUE)),
    ("assistance.drafts_passed_on", ("self", N_("Requests of a colleague who leaves were passed on to you"), *_OWN)),
    ("assistance.left_by_drafter", ("nominators", N_("A colleague has left requests that are open to you"), *_OWN)),
    ("accounts.absence_begun", ("stand_in", N_("You stand in for a colleague who is away"), *_AWAY)),
    ("accounts.absence_ended", ("self stand_in", N_("Nobody stands in any more for somebody who is away"), *_AWAY)),
    ("accounts.stand_in_changed", ("self stand_in", N_("Somebody else stands in while a colleague is away"), *_AWAY)),
    ("pledges.act_proposed", ("finance", N_("A step with money waits for a second person"), *_ACTS)),
    ("pledges.act_confirmed", ("act_proposer", N_("A step with money that you proposed was confirmed"), *_ACTS)),
    ("pledges.act_refused", ("act_proposer", N_("A step with money that you proposed was refused"), *_ACTS)),
    ("pledges.act_dropped", ("act_proposer finance", N_("A proposed step with money ended with its seat"), *_ACTS)),
    ("pledges.act_taken_back", ("finance act_proposer", N_("A proposed step with money was taken back"), *_ACTS)),
)
