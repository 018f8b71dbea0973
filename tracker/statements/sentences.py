"""How events of statements read in the record."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "statements.deviations_explained": Sentence(N_("What differs from the plan of a year was explained")),
    "statements.issued": Sentence(N_("A statement was issued")),
}
