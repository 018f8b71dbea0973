"""What happens to the file of an import, in words for the office."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "imports.source_erasure_proposed": Sentence(N_("The removal of a document's content was proposed")),
    "imports.source_erasure_dropped": Sentence(N_("The proposed removal of a document's content was dropped")),
    "imports.source_erased": Sentence(N_("The content of a document was removed")),
}
