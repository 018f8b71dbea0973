"""Requests from files: our published columns, IATI 2.03, the UNDP projects' JSON, the 1540 Committee's list."""

from tracker.assistance.imported import iati, projects, published, un1540
from tracker.assistance.imported.incoming import Incoming
from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source, json_list, xml_root
from tracker.imports.report import Records
from tracker.imports.tables import table_rows
from tracker.languages.marking import lazy

__all__ = ["Incoming", "read"]


@refused_when_damaged()
def read(source: Source) -> Records:
    """The records of a file (Incoming), recognised by its content. Raises Invalid when it is none that we read."""
    found = _records(source)
    if not found:
        raise Invalid(lazy("The file has no rows."))
    return found


def _records(source: Source) -> Records:
    if source.type == "xml":
        return Records(iati.records(xml_root(source)))
    if source.type == "json":
        return Records(projects.records(json_list(source, projects.KEY)))
    rows = list(table_rows(source, {*published.COLUMNS, *un1540.COLUMNS}))
    if not rows:
        return Records(())
    columns = set(rows[0][1])
    if columns >= un1540.COLUMNS:
        notes = rewrite_days(rows, un1540.DAYS, source.hints.dates)
        return Records(un1540.records(rows), notes)
    if columns >= published.REQUIRED:
        notes = published.unknown_columns(rows) + rewrite_days(rows, published.DAYS, source.hints.dates)
        return Records(published.records(rows), notes)
    raise Invalid(
        lazy(
            "The columns are not known. A table of requests has at least: %(columns)s.",
            columns=", ".join(sorted(published.REQUIRED)),
        )
    )
