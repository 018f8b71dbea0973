"""The addresses of statements."""

from typing import Any

from flask import Blueprint

from tracker.statements import describing, figures, told, whole_tables
from tracker.statements.papers import paper_of

bp = Blueprint("statements", __name__)


@bp.context_processor
def what_templates_may_use() -> dict[str, Any]:
    """Words for the tables of a statement."""
    return {
        "GROUPS": figures.GROUPS,
        "REQUEST_GROUPS": describing.REQUEST_GROUPS,
        "balances": describing.balances,
        "closing_words": describing.closing_words,
        "made_for_the_reader": describing.made_for_the_reader,
        "opening_words": describing.opening_words,
        "paper_of": paper_of,
        "received": describing.received,
        "says": describing.says,
        "since_the_beginning": describing.since_the_beginning,
        "title_of": describing.title_of,
        "total_of": told.total_of,
        "what": describing.what,
        "whole_says": whole_tables.says,
        "whole_standing": whole_tables.standing,
        "whole_tables": whole_tables.tables,
        "whole_title": whole_tables.title_of,
        "words_of": describing.words_of,
    }
