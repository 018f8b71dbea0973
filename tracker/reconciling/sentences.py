"""What happens when entries are compared, in words for the office."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "reconciling.source_saved": Sentence(N_("How files of a finance system are read was recorded")),
    "reconciling.entries_read": Sentence(N_("Entries of the finance system were read")),
    "reconciling.entry_explained": Sentence(N_("Why an entry of the finance system differs was recorded")),
    "reconciling.entry_matched": Sentence(N_("An entry of the finance system was matched by a person")),
    "reconciling.entry_reopened": Sentence(N_("What a person said of an entry of the finance system was taken back")),
    "reconciling.posting_explained": Sentence(N_("Why a step is missing in the finance system was recorded")),
    "reconciling.compared": Sentence(N_("Entries of the finance system were compared again")),
}
