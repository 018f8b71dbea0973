"""Where the paper behind a step of a statement is."""

from flask import url_for

from tracker.statements.figures import Line
from tracker.statements.told import Told


def paper_of(told: Told, line: Line, staff: bool) -> str:
    """The address behind a step: the step that it takes back, the agreement, or for the office the allocation; "" where
    there is none that the reader may open."""
    if line.reverses is not None and told.carries(line.reverses):
        return f"#s-{line.reverses}"
    if line.name == "accept" and told.pledge.agreement_file_id is not None:
        return url_for("pledges.agreement", public_id=told.pledge.public_id)
    page = told.names[line.allocation_id].page if staff and line.allocation_id is not None else None
    return url_for("finance.allocation", public_id=page) if page is not None else ""
