"""A table or a letter described once, and from that its page, PDF, spreadsheet, CSV; days as an iCalendar feed."""

from tracker.documents.calendars import Entry, as_icalendar
from tracker.documents.describing import (
    Column,
    Document,
    Facts,
    Heading,
    Kind,
    Paragraph,
    Signature,
    Table,
    in_one_table,
)
from tracker.documents.pdf import as_pdf
from tracker.documents.spreadsheets import as_csv, as_xlsx

__all__ = [
    "Column",
    "Document",
    "Entry",
    "Facts",
    "Heading",
    "Kind",
    "Paragraph",
    "Signature",
    "Table",
    "as_csv",
    "as_icalendar",
    "as_pdf",
    "as_xlsx",
    "in_one_table",
]
