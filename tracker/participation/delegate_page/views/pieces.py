"""Files of a delegate in pieces: their page is open by a cookie of its own, sent to the addresses below it alone."""

from typing import Any

from flask import request, url_for

from tracker.files.pieces import places
from tracker.files.pieces.answering import answer
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page import queries
from tracker.participation.delegate_page.behind import Here, behind_the_door, who_is_here
from tracker.web.access import access


@bp.post(f"{queries.PATH}<token>/pieces")
@access("public")
@behind_the_door
def take_delegate_piece(_here: Here) -> Any:
    """Take a piece of a file that whoever opened the page sends."""
    return answer()


@places.register
def below_a_link() -> places.Place | None:
    """What is sent on the page behind a link is that link's."""
    token = (request.view_args or {}).get("token", "")
    here = who_is_here(token) if request.path.startswith(queries.PATH) and token else None
    if here is None:
        return None
    return places.Place(f"link:{here.link_id}", url_for("participation.take_delegate_piece", token=token))
