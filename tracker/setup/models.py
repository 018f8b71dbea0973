"""Marks of an installation: that something happened, and when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import moment
from tracker.extensions import db

SIGN_OF_LIFE = "sign_of_life"


class Mark(db.Model):
    """That something was so at a moment, such as the last sign of life of beat and worker."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    at: Mapped[datetime] = moment(default=now)
