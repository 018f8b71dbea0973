"""What the events of rounds say in a history."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "rounds.opened": Sentence(N_("A round of seats was opened")),
    "rounds.seat_given": Sentence(N_("A seat was given in a round"), counted=True),
    "rounds.seat_taken_off": Sentence(N_("A seat was taken off in a round"), counted=True),
    "rounds.prepared": Sentence(N_("A round of seats was prepared")),
    "rounds.sent_back": Sentence(N_("A round of seats was sent back")),
    "rounds.dropped": Sentence(N_("A round of seats was dropped")),
    "rounds.approved": Sentence(N_("A round of seats was approved")),
}
