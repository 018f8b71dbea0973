"""Sessions and rates as lists that can be taken away as a file."""

from flask_babel import gettext as _

from tracker.documents.describing import Cell, Column, Kind
from tracker.documents.lists import Filters, Listed, ListKind, lines
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.reference import queries
from tracker.reference.models import Session
from tracker.rights.actor import Actor

_NAMED_IN = ("en", "fr")


def _sessions(_actor: Actor, _parts: Filters, limit: int) -> Listed:
    ahead, past = queries.upcoming_and_past()
    columns = (
        *(Column(_("Session"), wide=True), Column(_("Code")), Column(_("First day"), Kind.DAY)),
        *(Column(_("Last day"), Kind.DAY), Column(_("Place")), Column(_("Last day to nominate"), Kind.DAY)),
        *(Column(_("Safe for a visa"), Kind.DAY), Column(_("Seats"), Kind.NUMBER)),
        Column(_("Per State"), Kind.NUMBER),
    )
    return Listed(columns, lines(_session(one) for one in [*ahead, *past][:limit]))


def _session(one: Session) -> tuple[Cell, ...]:
    language = current_language() if current_language() in _NAMED_IN else "en"
    when = (one.starts_on, one.ends_on, one.place(current_language()) or "", one.closing_on, one.visa_safe_on)
    return one.title(language), one.code, *when, one.seats_funded, one.seats_per_state


def _rates(_actor: Actor, _parts: Filters, limit: int) -> Listed:
    columns = (
        *(Column(_("Currency")), Column(_("Units for one US dollar"), Kind.NUMBER), Column(_("Since"), Kind.DAY)),
        Column(_("Source"), wide=True),
    )
    rows = queries.rates_in_force()[:limit]
    return Listed(columns, lines((one.currency, one.units_per_usd, one.valid_from, one.source) for one in rows))


EXPORTED = (
    ListKind("rates", lazy("Rates of exchange"), "settings.rates", ("staff",), _rates),
    ListKind("sessions", lazy("Sessions"), "settings.sessions", ("staff",), _sessions),
)
