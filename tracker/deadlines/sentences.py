"""What happens to calendar addresses, in words for the office."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "deadlines.address_made": Sentence(N_("A private calendar address was made")),
    "deadlines.address_revoked": Sentence(N_("The private calendar address was revoked")),
}
