"""A client whose requests stand alone, as they do on a server."""

import contextvars
from typing import Any

from flask.globals import _cv_app
from flask.testing import FlaskClient

from tracker.extensions import db


class Client(FlaskClient):
    """Each request gets an application context of its own instead of the test's: what hangs on `g` (the person, the
    language) and the database session end with it. Afterwards the test reads afresh what the request wrote."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        context = contextvars.copy_context()
        context.run(_cv_app.set, None)
        try:
            return context.run(super().open, *args, **kwargs)
        finally:
            db.session.rollback()
