"""The file of the seats that a pledge paid."""

import uuid

from flask import Response

from tracker.documents.spreadsheets import as_csv
from tracker.events import on_record
from tracker.files import sending
from tracker.participation.blueprint import bp
from tracker.participation.seats.presenting import seats_table
from tracker.participation.seats.queries import seats_paid_by
from tracker.pledges import queries as pledges
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.web.access import access, current_actor


@bp.get("/pledges/<uuid:public_id>/seats.csv")
@access(*SEES_PLEDGES)
def seats_csv(public_id: uuid.UUID) -> Response:
    """The rows and sums of the card on the pledge's page."""
    actor = current_actor()
    pledge = on_record(lambda: pledges.get_visible(public_id, actor), actor=actor)
    return sending.send_csv_text(as_csv(seats_table(seats_paid_by(pledge, actor))), f"{pledge.reference}-seats.csv")
