"""The page to keep, made at the moment at which it is taken."""

from typing import Any

from tracker.documents import as_pdf
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.sending import send_made
from tracker.languages.choosing import current_language
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page import cards, presenting, queries
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.page_to_keep.paper import paper_of
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.views.papers import notice
from tracker.web.access import access


@bp.get(f"{queries.PATH}<token>/keep.pdf")
@access("public")
@behind_the_door
def page_to_keep(here: Here) -> Any:
    """The delegate's page as a PDF of one side, in the language in which the page is read."""
    if here.by.who is not By.DELEGATE:
        raise NotFound
    link = db.session.get_one(DelegateLink, here.link_id)
    found, session = queries.journey_of(link)
    _drawn, things = cards.drawn(here, found)
    page = presenting.page_of(link, found, session, things)
    document = paper_of(page, found, heading=presenting.journey_name(session), notice=notice())
    return send_made(as_pdf(document, current_language()), "pdf", f"journey-{session.code}.pdf")
