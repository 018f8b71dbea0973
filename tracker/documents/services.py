"""Putting on record that a list leaves as a file."""

from tracker import events
from tracker.database.verbs import verb
from tracker.documents.lists import kind_of
from tracker.documents.models import FORMATS, ListExport
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@verb
def record_list_export(
    name: str, *, actor: Actor, query: str, form: str, rows: int, confidential: int, reason: str, sha256: str
) -> str:
    """Write down that the rows with this hash leave as a file (`query` is the list's address). Gives the public id.

    Raises Forbidden to whom the list's page is not open, Invalid when confidential rows lack a reason.
    """
    kind_of(name).refuse_others(actor)
    if form not in FORMATS:
        raise Invalid(fields={"format": lazy("Choose one of the two kinds of file.")})
    if confidential and not reason.strip():
        raise Invalid(fields={"reason": lazy("Say why: some of the requests are confidential.")})
    export = ListExport(
        name=name,
        query=query[:500],
        format=form,
        rows=rows,
        confidential=confidential,
        reason=reason.strip(),
        sha256=sha256,
        person_id=actor.person_id,
    )
    db.session.add(export)
    db.session.flush()
    events.record(
        "documents.list_exported",
        export,
        actor=actor,
        organisation_id=actor.organisation_id,
        list=name,
        form=form,
        rows=rows,
        confidential=confidential,
    )
    return str(export.public_id)
