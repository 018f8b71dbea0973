"""The Flask extensions, made here once and bound to the application in create_app."""

from typing import Any

import redis
from celery import Celery
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every table of the tracker; the convention names each constraint alike on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    def __setattr__(self, name: str, value: Any) -> None:
        """A row holds its columns and relationships. What else is known of it has a place of its own, where nobody
        finds it missing on a row that another query loaded."""
        if not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(f"{type(self).__name__} has no column {name}: nothing is hung on a row.")
        object.__setattr__(self, name, value)  # Flask-SQLAlchemy copies this class: super() would not find it


# redis-py names host and port where it counts an error, and a connection over a unix socket has neither: a broker that
# died would be an AttributeError, which neither Celery nor we take for a lost connection, and end the process.
for _name in ("host", "port"):
    if not hasattr(redis.UnixDomainSocketConnection, _name):
        setattr(redis.UnixDomainSocketConnection, _name, None)

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
compress = Compress()

# The producer's side of Celery: web processes only ever send names and ids with it;
# workers/celery_app.py binds the tasks to the same object.
celery = Celery("tracker")
