"""A delegation in few words, for lists."""

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.participation.queries import Size


def size_words(size: Size | None) -> str:
    """How many people are nominated: "2 delegates, 1 alternate"; nothing of who they are."""
    if size is None:
        return _("no delegate yet")
    delegates = ngettext("%(num)d delegate", "%(num)d delegates", size.delegates)
    if not size.alternates:
        return delegates
    alternates = ngettext("%(num)d alternate", "%(num)d alternates", size.alternates)
    return _("%(delegates)s, %(alternates)s", delegates=delegates, alternates=alternates)
