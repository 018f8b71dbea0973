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
AGREEMENTS: dict[str, tuple[str, str, str]] = {
    "pledges.agreement_erasure_proposed": (
        *("tasks", "managers finance", N_("%(reference)s: removing a document waits for a second person")),
    ),
    "pledges.agreement_erased": (
        *("pledges", "donor managers finance official", N_("%(reference)s: the content of a document was removed")),
    ),
}
"""The same of agreements: kind, rules of the audience, headline."""
_WAITS, _ERASED = (
    N_("Removing a note verbale waits for a second person"),
    N_("The content of a note verbale was removed"),
)
ACCOUNT_NOTES = {
    "accounts.account_note_erasure_proposed": ("administrators", _WAITS),
    "accounts.account_note_erased": ("administrators", _ERASED),
    "accounts.role_note_erasure_proposed": ("administrators", _WAITS),
    "accounts.role_note_erased": ("administrators", _ERASED),
}
"""The same of notes verbales on which accounts and roles rest: rule of the audience, headline."""
SOURCES = {
    "imports.source_erasure_proposed": ("importers", N_("Removing an imported file waits for a second person")),
    "imports.source_erased": ("importers", N_("The content of an imported file was removed")),
}
"""The same of the files of imports."""
