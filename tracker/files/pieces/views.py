"""The address to which a browser sends a file in pieces, on all pages that have no other."""

from typing import Any

from tracker.files.pieces.answering import answer
from tracker.files.pieces.blueprint import bp
from tracker.web.access import access


@bp.post("")
@access("public")
def take_piece() -> Any:
    """Take a piece of whoever sends it, with the ticket of a page."""
    return answer()
