"""Marks that an installation carries."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import moment
from tracker.extensions import db
from tracker.now import now

DEMONSTRATION = "demonstration"
SIGN_OF_LIFE = "sign_of_life"


class Mark(db.Model):
    """That something was so at a moment: demonstration data was loaded, beat and worker gave a sign of life."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    at: Mapped[datetime] = moment(default=now)
