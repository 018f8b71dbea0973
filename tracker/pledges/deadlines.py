"""Instalments that are due, and the last days on which pledges give money, as deadlines of donors and of finance."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.deadlines.sources import Deadline, Window
from tracker.extensions import db
from tracker.pledges.lifecycle import Origin, Status
from tracker.pledges.models import Instalment, Pledge
from tracker.pledges.queries.visible import visible_to
from tracker.rights.actor import MONEY_PLANNERS, Actor

_LEFT = Instalment.amount_minor - Instalment.received_minor - Instalment.cancelled_minor


def pledge_days(actor: Actor, window: Window) -> Iterator[Deadline]:
    """Outstanding instalments and the end of each agreement: a donor's own, in the office those of all donors, for
    finance and managers. Two statements. No amounts: a calendar says no more than mail."""
    if not (actor.is_donor or actor.has(*MONEY_PLANNERS)):
        return
    accepted = visible_to(actor), Pledge.status == Status.ACCEPTED, Pledge.origin != Origin.IMPORTED
    due = (
        sa.select(Instalment.id, Instalment.due_on, Pledge.reference, Pledge.public_id)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .where(*accepted, _LEFT > 0, Instalment.due_on.between(window.first, window.last))
        .order_by(Instalment.due_on, Instalment.id)
        .limit(window.most)
    )
    for row in db.session.execute(due).all():
        whose = "" if actor.is_donor else _("The donor")
        yield _deadline(f"instalment-{row.id}", row.due_on, _("An instalment falls due"), row, whose)
    ends = sa.select(Pledge.id, Pledge.ends_on, Pledge.reference, Pledge.public_id).where(
        *accepted, Pledge.ends_on.between(window.first, window.last)
    )
    for end in db.session.execute(ends.order_by(Pledge.ends_on, Pledge.id).limit(window.most)).all():
        yield _deadline(
            f"pledge-{end.public_id}", end.ends_on, _("Last day on which the pledge gives money"), end, _("UNODC")
        )


def _deadline(key: str, day: date, title: str, row: Any, whose: str) -> Deadline:
    return Deadline(key, day, title, row.reference, "pledges.show", {"public_id": row.public_id}, whose)
