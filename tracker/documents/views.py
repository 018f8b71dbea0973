"""Taking a list away as a file: what is in it, then the file itself."""

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.calendar.now import now, today
from tracker.documents import services
from tracker.documents.blueprint import bp
from tracker.documents.describing import Document, Table
from tracker.documents.forms import ListExportForm
from tracker.documents.lists import MOST, NEVER, WITH_A_REASON, Listed, ListKind, as_table, hash_of, kind_of
from tracker.documents.spreadsheets import as_csv, as_xlsx
from tracker.errors import Invalid
from tracker.files.sending import send_csv_text, send_made
from tracker.languages.formatting import format_moment, format_number
from tracker.web.access import access, current_actor
from tracker.web.application import settings


@bp.route("/<list_name>", methods=["GET", "POST"])
@access("signed_in")
def export(list_name: str) -> Any:
    """Say what the file will hold and that it is put on record, then give it."""
    actor, kind = current_actor(), kind_of(list_name)
    kind.refuse_others(actor)
    parts: dict[str, Any] = kind.narrowed(request.args)
    if kind.opens is not None:
        kind.opens(actor, parts)
    listed = kind.listed(actor, parts)
    form = ListExportForm()
    if form.validate_on_submit():
        try:
            return _file(kind, listed, form)
        except Invalid as refused:
            form.add_errors(refused.fields)
    page = render_template(
        "documents/export.html",
        form=form,
        kind=kind,
        listed=listed,
        held={"confidential": listed.marked(WITH_A_REASON), "never": listed.marked(NEVER)},
        leaving=len(listed.leaving(with_confidential=False)),
        most=MOST,
        back=url_for(kind.endpoint, **parts),
    )
    return page, 422 if form.is_submitted() else 200


def _file(kind: ListKind, listed: Listed, form: ListExportForm) -> Any:
    """The file of a list, once it is on record what is in it."""
    leaving = listed.leaving(with_confidential=form.confidential.data)
    table = as_table(kind, listed, leaving)
    digest = hash_of(table)
    services.record_list_export(
        kind.name,
        key=str(uuid.uuid5(uuid.UUID(form.key_of_answers), digest)),
        actor=current_actor(),
        query=urlencode(kind.narrowed(request.args)),
        form=form.format.data,
        rows=len(leaving),
        confidential=sum(line.marking == WITH_A_REASON for line in leaving),
        reason=form.reason.data or "",
        sha256=digest,
    )
    about, name = _about(kind, listed, table), f"{kind.name}-{today().isoformat()}"
    if form.format.data == "csv":
        note = " · ".join(f"{label}: {words}" for label, words in about)
        return send_csv_text(as_csv(table, note=note), f"{name}.csv")
    document = Document(str(kind.label), (table,), today(), notice=_notice())
    return send_made(as_xlsx(document, about=about), "xlsx", f"{name}.xlsx")


def _about(kind: ListKind, listed: Listed, table: Table) -> tuple[tuple[str, str], ...]:
    """What the first lines of a file say: which list, filtered by what, made when and by whom, and what it lacks."""
    rows = format_number(len(table.rows))
    lacking = len(listed.lines[:MOST]) - len(table.rows)
    title = f"{kind.label}, {listed.titled}" if listed.titled else str(kind.label)
    return (
        (_("List"), title),
        (_("Filtered by"), "; ".join(listed.filters) or _("nothing")),
        (_("Made on"), format_moment(now())),
        (_("By"), current_actor().name),
        (_("Rows"), _("the first %(rows)s of more", rows=rows) if listed.more else rows),
        *([(_("Left out"), _left_out(lacking))] if lacking else ()),
        *([(_("Note"), _notice())] if _notice() else ()),
    )


def _left_out(number: int) -> str:
    return ngettext(
        "%(num)d row about a request whose marking does not let it leave",
        "%(num)d rows about requests whose marking does not let them leave",
        number,
    )


def _notice() -> str:
    """What a demonstration says of itself in every file."""
    return _("Demonstration: not a service of the United Nations") if settings().is_demo else ""
