"""A report as the browser asks for it: a page, or one of the three files."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.documents import Document, as_csv, as_pdf, as_xlsx, in_one_table
from tracker.errors import NotFound
from tracker.files.sending import send_csv_text, send_made
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_amount
from tracker.money import FUND_CURRENCY
from tracker.web.application import settings

FORMS = ("pdf", "xlsx", "csv")


def notice() -> str:
    """What a demonstration says of itself in every file."""
    return _("Demonstration: not a service of the United Nations") if settings().is_demo else ""


def wanted() -> str:
    """Which file is asked for; "" for the page. Raises NotFound for one that there is not."""
    form = request.args.get("as", "")
    if form and form not in FORMS:
        raise NotFound
    return form


def sent(form: str, document: Document, name: str) -> Any:
    """The document as the file that is asked for."""
    if form == "pdf":
        return send_made(as_pdf(document, current_language()), "pdf", f"{name}.pdf")
    if form == "xlsx":
        return send_made(as_xlsx(document), "xlsx", f"{name}.xlsx")
    return send_csv_text(as_csv(in_one_table(document, headings())), f"{name}.csv")


def written(minor: int) -> str:
    """An amount of the fund beside a bar."""
    return format_amount(minor, FUND_CURRENCY)


def headings() -> tuple[str, str, str, str, str]:
    """The headings of the CSV, which has one line for each figure."""
    return _("Table"), _("Line"), _("Column"), _("Unit"), _("Value")
