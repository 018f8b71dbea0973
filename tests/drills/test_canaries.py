"""The search of the drill of sealing finds a word on a printed page."""

from datetime import date

from tests.drills.canaries import Search, whole
from tests.drills.pdf_text import words_of_pdf
from tracker.documents import Column, Document, Facts, Paragraph, Table
from tracker.documents.pdf import as_pdf

CANARY = "Wqxvzykfjhgprt"


def test_a_word_in_a_pdf_is_found_in_every_part(app):
    parts = (
        Paragraph(f"Needs {CANARY} always, حاجات too."),
        Facts((("Number", CANARY),)),
        Table("", (Column("Name", wide=True),), ((CANARY,),)),
    )
    for part in parts:
        with app.test_request_context():
            document = Document(
                title="Page", subtitle="", blocks=(part,), issued_on=date(2026, 11, 30), number="1", notice=""
            )
            content = as_pdf(document, "en")
        assert CANARY.encode() not in content
        assert CANARY in words_of_pdf(content).decode("utf-8", "replace")
        search = Search([CANARY])
        search.look("pages", "keep.pdf", whole(content))
        assert len(search.found) == 1, part
