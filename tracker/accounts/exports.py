"""People and organisations as lists that can be taken away as a file."""

from typing import Any

from flask_babel import gettext as _

from tracker.accounts import queries
from tracker.accounts.presenting import organisation_name, state_label
from tracker.documents.describing import Cell, Column, Kind
from tracker.documents.lists import Filters, Listed, ListKind, lines
from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import N_, lazy
from tracker.rights.actor import Actor

KIND_NAMES = {"state": N_("State"), "donor": N_("Donor"), "office": N_("UNODC")}


def _people(actor: Actor, parts: Filters, limit: int) -> Listed:
    text = parts.get("q", "").strip()[:100]
    columns = (
        *(Column(_("Name"), wide=True), Column(_("E-mail address")), Column(_("Organisations"))),
        *(Column(_("Language")), Column(_("Account"))),
    )
    rows = queries.people_page(actor, text=text, limit=limit - 1)
    return Listed(columns, lines(_person(row) for row in rows), _searched(text))


def _person(row: Any) -> tuple[Cell, ...]:
    person = row.Person
    account = _("Disabled") if person.disabled_at else _("Active") if row.codes else _("No place")
    return person.name, person.email, row.codes or "", LANGUAGE_NAMES[person.language], account


def _organisations(actor: Actor, parts: Filters, limit: int) -> Listed:
    kind, text = parts.get("kind", ""), parts.get("q", "").strip()[:100]
    known = kind if kind in KIND_NAMES else ""
    columns = (
        *(Column(_("Code")), Column(_("Name"), wide=True), Column(_("Kind")), Column(_("Official address"))),
        *(Column(_("People"), Kind.NUMBER), Column(_("Open or closed"))),
    )
    rows = queries.organisations_page(actor, kind=known, text=text, limit=limit - 1)
    words = ((_("Kind: %(kind)s", kind=_(KIND_NAMES[known])),) if known else ()) + _searched(text)
    return Listed(columns, lines(_organisation(row) for row in rows), words)


def _organisation(row: Any) -> tuple[Cell, ...]:
    one = row.Organisation
    state = _("Open") if one.active else _("Closed")
    address = one.official_email or ""
    return one.code, organisation_name(one), _(KIND_NAMES[one.kind]), address, row.people, state


def _searched(text: str) -> tuple[str, ...]:
    return (_("Search: %(words)s", words=text),) if text else ()


ANSWERS = {"waiting": N_("Waiting"), "approved": N_("Approved"), "refused": N_("Refused")}


def _first_accounts(actor: Actor, parts: Filters, limit: int) -> Listed:
    status = parts.get("status", "") if parts.get("status", "") in ANSWERS else "waiting"
    columns = (
        *(Column(_("State"), wide=True), Column(_("Sent by")), Column(_("People"), wide=True)),
        *(Column(_("Note verbale")), Column(_("Asked"), Kind.DAY)),
    )
    rows = queries.account_requests_page(actor, status=status, limit=limit - 1)
    found = (
        (
            *(state_label(row.state_iso3), row.office_name, ", ".join(person.name for person in row.people)),
            *(row.note_reference, row.asked_at),
        )
        for row in rows
    )
    return Listed(columns, lines(found), (_("Status: %(status)s", status=_(ANSWERS[status])),))


EXPORTED = (
    ListKind(
        "first-accounts",
        lazy("First accounts"),
        "accounts.account_requests",
        ("staff",),
        _first_accounts,
        filters=("status",),
    ),
    ListKind(
        "organisations",
        lazy("Organisations"),
        "accounts.organisations",
        ("staff",),
        _organisations,
        filters=("q", "kind"),
    ),
    ListKind("people", lazy("People"), "accounts.people", ("staff",), _people, filters=("q",)),
)
