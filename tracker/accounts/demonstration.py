"""One-click sign-in for the demonstration's accounts. Imported in a demonstration only: production has no such code
path."""

import uuid
from typing import Any

from flask import Blueprint, Flask, request

from tracker.accounts import login, queries, services
from tracker.accounts.views.signing_in import enter
from tracker.errors import NotFound
from tracker.web.access import access

bp = Blueprint("demonstration", __name__)


@bp.post("/demonstration/sign-in/<uuid:public_id>")
@access("public")
def sign_in(public_id: uuid.UUID) -> Any:
    """Sign in as a demonstration account. Raises NotFound for any other account."""
    chosen = next((m for m in queries.demonstration_people() if m.public_id == public_id), None)
    if chosen is None:
        raise NotFound
    token = services.begin(chosen.person_id, membership_id=chosen.id, **login.from_here())
    return enter(token, login.safe_next(request.form.get("next")), request.form.get("kept"))


def init_app(app: Flask) -> None:
    """Register the address, and offer the accounts on the sign-in page."""
    app.register_blueprint(bp)
    app.jinja_env.globals["demonstration_people"] = queries.demonstration_people
