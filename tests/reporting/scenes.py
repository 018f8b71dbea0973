"""A session that is over, with seats of several States, for the tests of reports."""

from collections.abc import Collection

import sqlalchemy as sa

from tests.factories import pledges as money
from tests.factories import settling
from tests.factories.assistance import People
from tests.factories.participation import accepted
from tests.factories.settling import CODE
from tracker.assistance.models import AssistanceRequest as R
from tracker.assistance.models import Consent
from tracker.costs.lines import LineKind, Payer
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.seats.services import NewLine, NewSeat

__all__ = ["CODE", "agree", "hide", "settled", "two_pledges", "waits"]


def two_pledges(scene, of="BTN", donors=None):
    """A seat whose fare another pledge pays (of `donors`, else of the same donor), and the rest the scene's."""
    other = money.funded(donors or scene.donors, money.terms(50_000_00))
    case = accepted(People(of), session_id=scene.session_id)
    delegate = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == case.now.id)).first()
    first, second = (settling.seating.row_of(one) for one in (scene.pledge, other))
    lines = (
        NewLine(LineKind.FARE, Payer.FUND, 600_00, second),
        NewLine(LineKind.ALLOWANCE, Payer.FUND, 900_00, first),
    )
    settling.seating.given(scene.donors, [NewSeat(case.now.id, delegate, lines)])
    return other


def waits(scene, of):
    """A State that asked and has no seat."""
    return accepted(People(of), session_id=scene.session_id)


def hide(case):
    """The request is strictly confidential from now on."""
    with transaction():
        update_where(R, R.id == case.now.id, marking="strictly_confidential")


def agree(case, fields: Collection[str], audience="public"):
    """The State agrees to show these fields of its request."""
    by, request_id = case.authority.person_id, case.now.id
    with transaction() as session:
        session.add_all(Consent(request_id=request_id, field=one, audience=audience, given_by_id=by) for one in fields)


def settled():
    """Every seat of which the journey is over is settled as it stands."""
    with transaction() as session:
        seats = session.scalars(sa.select(Seat.public_id).where(Seat.status.in_(("travelled", "no_show")))).all()
    for seat in seats:
        settling.move(seat, "settle")
