"""Papers that were signed for journeys of several requests: they open for whoever may read each of these."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.files import queries as files
from tracker.files import services as storing
from tracker.files.kinds import PHOTOGRAPHS
from tracker.files.models import File
from tracker.languages.marking import lazy
from tracker.participation.travel.models import CashHanded, PaperCase
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal

R = AssistanceRequest


def keep_paper(upload: Any, named: Iterable[Travelling], *, actor: Actor, about: AssistanceRequest) -> File:
    """Store a signed paper that names these people, with the requests that it tells of."""
    stored = storing.put(upload, actor=actor, subject=about, kinds=PHOTOGRAPHS)
    requests = {about.id} | {one.request.id for one in named}
    db.session.add_all(PaperCase(file_id=stored.id, request_id=request_id) for request_id in sorted(requests))
    return stored


def may_open(file_id: int, actor: Actor) -> bool:
    """Whether the actor may read every request that a paper tells of; nobody, where it is not known which these are."""
    opens = sa.case((visible_to(actor), 1), else_=0)
    cases = sa.select(sa.func.min(opens)).join(PaperCase, PaperCase.request_id == R.id)
    return bool(db.session.scalar(cases.where(PaperCase.file_id == file_id)))


def paper(file_id: int, actor: Actor) -> File:
    """The paper. Raises Forbidden where it tells of a request that the actor may not read."""
    if not may_open(file_id, actor):
        words = lazy("The paper is about several requests, one of which you may not read: ask a colleague.")
        raise Forbidden(Refusal("paper", words))
    return files.by_number(file_id)


def pay_lists_of(travel_id: int) -> list[CashHanded]:
    """What somebody signed for and was not taken back, the newest list first; one row for each list."""
    rows = sa.select(CashHanded).where(CashHanded.travel_id == travel_id, CashHanded.undone_at.is_(None))
    found: dict[int, CashHanded] = {}
    for row in db.session.scalars(rows.order_by(CashHanded.id.desc())):
        found.setdefault(row.pay_list_file_id, row)
    return list(found.values())
