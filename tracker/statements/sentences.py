"""How events of statements read in the record."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {"statements.issued": Sentence(N_("A statement was issued"))}
