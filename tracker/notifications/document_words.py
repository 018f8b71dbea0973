"""Who is told, and how, of documents that were handed in and of answers handed over: rows of the catalogue."""

from tracker.languages.marking import N_

DOCUMENTS: dict[str, tuple[str, ...]] = {
    "assistance.answers_handed_over": (
        *("tasks", "authority", N_("%(reference)s: answers wait for you to send them")),
        *("", "", N_("Read and send the answers")),
    ),
    "assistance.document_struck": (
        *("requests", "officer drafters authority", N_("%(reference)s: a document was struck out")),
    ),
    "assistance.document_replaced": (
        *("requests", "officer drafters authority", N_("%(reference)s: a document was replaced by a later version")),
    ),
    "assistance.erasure_proposed": (
        *("tasks", "officer managers", N_("%(reference)s: removing a document waits for a second person")),
    ),
    "assistance.document_erased": (
        "requests",
        "drafters authority officer official",
        N_("%(reference)s: the content of a document was removed"),
    ),
}
"""By the event's name: kind, rules of the audience, headline, then its words for staff and donors, and the link's."""
