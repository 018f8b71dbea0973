"""A seat of Kenya in the world, its money, and a top-up that waits for a second person."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories import pledges, seats
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.pledges.changing.amounts import propose_reduction
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.top_up import More, propose_top_up
from tracker.statements.annual import queries as annual
from tracker.statements.annual.facts import written
from tracker.statements.annual.models import AnnualReport
from tracker.statements.annual.reading import facts_of
from tracker.statements.figures import hash_of
from tracker.statements.models import IssuedStatement

CHANGES = {
    **{
        f"pledges.{page}": {"norad": "change"}
        for page in ("change", "agree_to_change", "letter_of_change", "refuse_change", "take_back_change")
    },
    "pledges.paper_of_change": {"norad": "change_by_letter"},
}
"""Which of them each page is tried on."""


def made(norway: pledges.People) -> dict[str, Any]:
    """The ids of the seat's money, of its pledge and of the act."""
    kenya = seats.eligible("KEN")
    pledge = pledges.funded(norway, pledges.terms(5_000_00, title="quokkapledge topped up"))
    seats.given(norway, [seats.seat(kenya, seats.person_of(kenya), (pledge, 20_00), (pledge, 20_00))])
    money = sa.select(Allocation.public_id).where(Allocation.request_id == kenya.id)
    allocation = db.session.scalars(money).one()
    db.session.rollback()
    more = More("allowance", pledge, 5_00, "quokkapledge is dearer")
    act = propose_top_up(allocation, actor=norway.manager.actor, more=more, key="")
    return {"seat_money": allocation, "proposed_act": uuid.UUID(act), "topping_up": pledge}


def changing(norway: pledges.People) -> dict[str, Any]:
    """The ids of two changes of Norway's promises that wait: nobody has said yes to one, the donor by a letter to the
    other."""
    manager = norway.manager.actor
    found: dict[str, Any] = {}
    for name in ("change", "change_by_letter"):
        pledge = pledges.accepted(norway, pledges.terms(5_000_00, title=f"quokkapledge, {name}"))
        act = propose_reduction(pledge, actor=manager, amount_minor=5_00, reason="quokkapledge is less", key="")
        found[name] = uuid.UUID(act)
    letter = replace(pledges.amendment("LET-1"), signed_by="A. Minister")
    acts.file_letter(found["change_by_letter"], actor=manager, version=1, letter=letter)
    return found


def accounted_for(pledge: uuid.UUID, finance: Any) -> uuid.UUID:
    """The pledge with a statement of a day that is over, as if it had been issued then."""
    day = today() - timedelta(days=3)
    with transaction() as session:
        pledge_id = session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
        facts = {"number": 1, "first_on": day, "last_on": day, "after": 0, "until": 0, "hash": hash_of(())}
        session.add(IssuedStatement(pledge_id=pledge_id, issued_by_id=finance.person_id, pdf=b"%PDF-1.7", **facts))
    return pledge


def reported(norway: pledges.People) -> dict[str, Any]:
    """The id of a donor of whose present year there is a report, as if a worker had counted it."""
    donor_id, year = norway.officer.organisation_id, today().year
    facts = written(facts_of(donor_id, annual.period_of(donor_id, year)))
    db.session.rollback()
    kept = {"facts": facts, "made_at": now(), "job_public_id": uuid.uuid4()}
    with transaction() as session:
        session.add(AnnualReport(organisation_id=donor_id, year=year, **kept))
    return {"reported_donor": uuid.UUID(norway.officer.organisation_public_id)}
