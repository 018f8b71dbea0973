"""What the list of a State's requests is narrowed to, in words."""

from flask_babel import gettext as _

from tracker.assistance.lifecycle import KIND_LABELS, STATUS_LABELS, Kind, Status
from tracker.assistance.listing.queries import Filters
from tracker.languages.marking import N_

GROUP_LABELS = {
    "preparing": N_("Being prepared"),
    "open": N_("With UNODC"),
    "closed": N_("No longer open"),
}


def words_of(filters: Filters) -> dict[str, str]:
    """Each filter in words, by its name, in the order of the address."""
    words = {}
    if filters.q:
        words["q"] = _("“%(text)s”", text=filters.q)
    if filters.status:
        words["status"] = _(GROUP_LABELS.get(filters.status) or STATUS_LABELS[Status(filters.status)][0])
    if filters.kind:
        words["kind"] = _(KIND_LABELS[Kind(filters.kind)])
    return words
