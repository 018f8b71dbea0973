"""GET /healthz."""

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from tracker.extensions import db
from tracker.notifications import queries as notifications
from tracker.setup import broker as queries
from tracker.setup import queries as setup
from tracker.setup import writing
from tracker.setup.blueprint import bp
from tracker.web.access import access
from tracker.web.application import settings


@bp.get("/healthz")
@access("public")
def healthz() -> tuple[Response, int]:
    """The state of the parts. 503 only without a database, when one of another revision took its place under the
    running site, or when it takes no changes: without a broker the site works and mail waits."""
    try:
        oldest = notifications.oldest_due_delivery_seconds()
        database = "up" if setup.stands_at_this_revision() else "of another revision"
        db.session.rollback()
        if database == "up" and writing.why_not():
            database = "takes no changes"
    except SQLAlchemyError:
        db.session.rollback()
        oldest, database = None, "down"
    broker = "up" if queries.broker_answers(settings().redis_url) else "down"
    well = database == "up" and broker == "up"
    answer = jsonify(
        status="ok" if well else "degraded" if database == "up" else "down",
        database=database,
        broker=broker,
        oldest_due_delivery_seconds=oldest,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if database == "up" else 503
