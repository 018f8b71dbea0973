"""Requests from files: our published columns, IATI 2.03, the UNDP projects' JSON, the 1540 Committee's list."""

from collections.abc import Iterator

from tracker.assistance.imports import iati, projects, published, un1540
from tracker.assistance.imports.incoming import Incoming
from tracker.errors import Invalid
from tracker.i18n import lazy
from tracker.intake.reading import Source, json_list, xml_root
from tracker.intake.tables import table_rows

__all__ = ["Incoming", "read"]


def read(source: Source) -> list[Incoming]:
    """The records of a file, recognised by its content. Raises Invalid when it is none that we read."""
    found = list(_records(source))
    if not found:
        raise Invalid(lazy("The file has no rows."))
    return found


def _records(source: Source) -> Iterator[Incoming]:
    if source.type == "xml":
        return iati.records(xml_root(source))
    if source.type == "json":
        return projects.records(json_list(source, projects.KEY))
    rows = list(table_rows(source, {*published.COLUMNS, *un1540.COLUMNS}))
    if not rows:
        return iter(())
    columns = set(rows[0][1])
    if columns >= un1540.COLUMNS:
        return un1540.records(rows)
    if columns >= published.REQUIRED:
        return published.records(rows)
    raise Invalid(
        lazy(
            "The columns are not known. A table of requests has at least: %(columns)s.",
            columns=", ".join(sorted(published.REQUIRED)),
        )
    )
