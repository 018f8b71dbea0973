"""A table or a letter described once, and from that its page, PDF, spreadsheet, CSV; days as an iCalendar feed."""

from flask import Flask

from tracker.documents import models
from tracker.documents.calendars import Entry, as_icalendar
from tracker.documents.describing import (
    Amount,
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
    "Amount",
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
    "init_app",
    "models",
]


def init_app(app: Flask) -> None:
    """Bind the page of exports, and let pages of lists lead to it."""
    from tracker.documents import links
    from tracker.documents.blueprint import bp
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    links.init_app(app)
