"""What is told of rounds of seats: whom in the office, whom in a State, in which words."""

from tracker.languages.marking import N_

_STATE = "drafters authority officer official"

SEATS = {
    "participation.seats_given": (
        "decisions",
        f"{_STATE} travel",
        N_("%(reference)s: seats were given"),
        N_("%(reference)s: seats were given and wait to be offered"),
    ),
    "participation.put_on_lists": ("decisions", _STATE, N_("%(reference)s: no seat in the round, on the reserve list")),
}
"""Each State whose people a round or a promotion is about."""

ROUNDS = {
    "rounds.prepared": ("tasks", ("finance",), N_("%(reference)s: a round of seats waits for approval")),
    "rounds.sent_back": ("tasks", ("managers",), N_("%(reference)s: a round of seats was sent back")),
    "rounds.approved": ("requests", ("managers",), N_("%(reference)s: a round of seats was approved")),
    "rounds.dropped": ("requests", ("managers", "finance"), N_("%(reference)s: a round of seats was dropped")),
}
OPEN_ROUND = N_("Open the round")

FUNDED = {"pledges.seats_funded": ("money", "donor", N_("%(reference)s: money was set aside for seats"))}
"""Once for each pledge, however many seats an act gives: what is held for each of them tells nobody."""
