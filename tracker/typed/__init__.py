"""What people typed or sent and the tracker does not have yet: forms that are being written, and files that came when a
session was gone."""

from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, request

from tracker.typed import models

__all__ = ["init_app", "models"]
log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Keep forms while they are typed until they were received, let forms whose session is gone hold their files, and
    throw away what nobody came back for."""
    from tracker.database.housekeeping import chore
    from tracker.typed import holding, kept_form, unsent, views
    from tracker.web.kept_forms import doors

    doors.hold_files = holding.hold
    chore(holding.forget_held_files)
    chore(unsent.forget_old_unsent_forms)
    app.register_blueprint(views.bp)
    app.jinja_env.globals.update(
        unsent_address=kept_form.unsent_address, unsent_thrown_away=kept_form.thrown_away_address
    )
    app.after_request(_forget_what_was_received)


def _forget_what_was_received(answer: Any) -> Any:
    """What was kept of a form goes when its act is done: the answer leads on."""
    from tracker.extensions import db
    from tracker.typed import kept_form, unsent
    from tracker.web.access import current_actor
    from tracker.web.whole_forms import MARK

    actor = current_actor()
    led_on = request.method == "POST" and answer.status_code in (302, 303)
    if led_on and actor.signed_in and request.form.get(MARK) in kept_form.kept_forms():
        try:
            unsent.forget(actor=actor, form_key=request.form.get("key", ""))
        except sa.exc.OperationalError:  # the act is done all the same; sent again, the form's key says so
            db.session.rollback()
            log.warning("a form that was received is still kept", path=request.path)
    return answer
