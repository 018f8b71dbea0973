"""What changes a promise is proposed by one side and takes the yes of both: who, in which order, what is refused."""

import io
import uuid
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.factories.money_acts import day
from tests.files.samples import PDF
from tests.pledges.forms import words_of
from tests.pledges.test_ledger import balances
from tests.pledges.test_races import at_once
from tracker.calendar.now import today
from tracker.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services, verification
from tracker.pledges.changing.amounts import propose_raise, propose_reduction
from tracker.pledges.models import Act
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ActYes, ProposedAct


@pytest.fixture
def pledge(people):
    """A pledge of 100 of which 60 came in."""
    return make.funded(people, received=60_00)


def reduction(people, pledge, amount=20_00, by=None) -> uuid.UUID:
    by = by or people.officer.actor
    return uuid.UUID(propose_reduction(pledge, actor=by, amount_minor=amount, reason="A smaller budget.", key=""))


def letter(signed_by="A. Minister") -> acts.Paper:
    paper = make.amendment("LET-1")
    return acts.Paper(paper.reference, paper.dated, paper.file, signed_by)


def statuses() -> list[str]:
    found = list(db.session.scalars(sa.select(ProposedAct.status).order_by(ProposedAct.id)))
    db.session.rollback()
    return found


def told(name: str) -> list[dict]:
    found = [event.data for event in db.session.scalars(sa.select(Event).where(Event.name == name))]
    db.session.rollback()
    return found


def by_donor(people, act):
    acts.agree(act, actor=people.signatory.actor, version=1)


def by_office(people, act):
    acts.agree(act, actor=people.manager.actor, version=1, amendment=make.amendment())


@pytest.mark.parametrize("order", [(by_donor, by_office), (by_office, by_donor)])
def test_the_second_yes_does_it_whichever_comes_first(people, pledge, order):
    act = reduction(people, pledge)
    order[0](people, act)
    assert balances(pledge)["expected"] == 40_00
    assert statuses() == ["waiting"]
    with pytest.raises((Forbidden, Stale)):
        order[0](people, act)  # once for a side
    db.session.rollback()
    order[1](people, act)
    assert balances(pledge)["expected"] == 20_00
    assert statuses() == ["confirmed"]
    kept = db.session.scalars(sa.select(ActYes).where(ActYes.side == "office")).one()
    assert (kept.paper_reference, kept.paper_date) == ("AMD-1", today())
    assert db.session.scalar(sa.select(Act.note).where(Act.name == "reduce")) == "A smaller budget."
    assert verification.verify().first_wrong is None


def test_nobody_says_yes_for_both_sides_or_to_what_they_proposed_for_the_office(people, pledge):
    manager, other = people.manager.actor, person("programme_manager", of="UNODC").actor
    act = reduction(people, pledge, by=manager)
    for by in (manager, people.finance.actor, people.officer.actor):
        with pytest.raises(Forbidden):
            acts.agree(act, actor=by, version=1, amendment=make.amendment())
        db.session.rollback()
    for by in (people.officer.actor, people.finance.actor):
        with pytest.raises(Forbidden):
            acts.confirm(act, actor=by, version=1)
        db.session.rollback()
    with pytest.raises(Forbidden) as one_answer:
        acts.confirm(act, actor=other, version=1)
    assert one_answer.value.refusal.code == "of_both"
    db.session.rollback()
    with pytest.raises(NotFound):
        acts.agree(act, actor=person("donor_signatory", of="SIDA").actor, version=1)
    db.session.rollback()
    with pytest.raises(Invalid):
        acts.agree(act, actor=other, version=1)  # without the amendment
    db.session.rollback()
    acts.file_letter(act, actor=manager, version=1, letter=letter())
    with pytest.raises(Forbidden):
        by_donor(people, act)  # the letter was its yes
    db.session.rollback()
    acts.agree(act, actor=other, version=1, amendment=make.amendment())
    assert balances(pledge)["expected"] == 20_00
    row = db.session.scalars(sa.select(ProposedAct)).one()
    assert (row.proposed_by_id, row.answered_by_id) == (manager.person_id, other.person_id)


def test_a_donor_on_paper_changes_its_promise_by_two_managers(people, pledge):
    act = reduction(people, pledge)
    other = person("programme_manager", of="UNODC").actor
    with pytest.raises(Invalid):
        acts.file_letter(act, actor=other, version=1, letter=letter(signed_by=" "))
    db.session.rollback()
    acts.file_letter(act, actor=other, version=1, letter=letter())
    with pytest.raises(Forbidden) as twice:
        acts.agree(act, actor=other, version=1, amendment=make.amendment())
    assert twice.value.refusal.code == "two_persons"
    db.session.rollback()
    by_office(people, act)
    kept = db.session.scalars(sa.select(ActYes).where(ActYes.side == "donor")).one()
    assert (kept.signed_by, kept.paper_reference) == ("A. Minister", "LET-1")
    assert balances(pledge)["expected"] == 20_00


def test_what_can_no_longer_be_done_says_why_and_stays_proposed(people, page, pledge):
    act = reduction(people, pledge, 30_00)
    by_office(people, act)
    services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(20_00))
    with pytest.raises(Conflict, match="What came in is given back by a refund"):
        by_donor(people, act)
    db.session.rollback()
    assert statuses() == ["waiting"]
    assert "As things stand it cannot be done: USD 20 are still" in words_of(
        page(people.officer, f"/pledges/changes/{act}")
    )
    acts.take_back(act, actor=people.officer.actor, version=1)
    assert statuses() == ["taken_back"]
    with pytest.raises(Invalid):
        reduction(people, pledge, 30_00)
    db.session.rollback()


def test_a_refusal_says_why_to_whoever_proposed(people, page, pledge):
    act = reduction(people, pledge, by=people.manager.actor)
    answer = page(people.signatory, f"/pledges/changes/{act}/refuse", {"reason": "Parliament has voted."})
    assert answer.status_code == 302
    assert "Parliament has voted." in words_of(page(people.manager, f"/pledges/changes/{act}"))
    assert told("pledges.change_refused")[0]["proposed_by_id"] == people.manager.person_id
    assert balances(pledge)["expected"] == 40_00
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "Changes of the promise" in shown
    assert "Refused" in shown


def test_both_sides_read_what_changes_and_answer_on_the_page(people, page, pledge):
    due = today() + timedelta(days=200)
    act = uuid.UUID(
        propose_raise(pledge, actor=people.officer.actor, amount_minor=50_00, due_on=due, reason="More.", key="")
    )
    assert "Waits for the yes of the donor and of UNODC" in words_of(page(people.manager, f"/pledges/{pledge}"))
    for reader in (people.manager, people.signatory, people.officer, people.finance):
        shown = words_of(page(reader, f"/pledges/changes/{act}"))
        assert "Pledged USD 100 USD 150" in shown
        assert "Still expected USD 40 USD 90" in shown
        assert ("Planned against it" in shown) is (reader in (people.manager, people.finance))
    assert page(people.signatory, f"/finance/acts/{act}").status_code == 403
    assert page(people.finance, f"/finance/acts/{act}").headers["Location"].endswith(f"/pledges/changes/{act}")
    assert page(people.manager, f"/finance/acts/{act}/refuse").status_code == 404
    paper = {"reference": "AMD-7", **day("dated", today()), "file": (io.BytesIO(PDF), "amendment.pdf")}
    assert page(people.manager, f"/pledges/changes/{act}/agree", {**paper, "reference": ""}).status_code == 422
    paper["file"] = (io.BytesIO(PDF), "amendment.pdf")
    assert page(people.manager, f"/pledges/changes/{act}/agree", paper).status_code == 302
    assert "Waits for the yes of the donor" in words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "Say yes to a change of a pledge" in words_of(page(people.signatory, "/donor"))
    assert page(people.signatory, f"/pledges/changes/{act}/agree", {}).status_code == 302
    assert balances(pledge)["expected"] == 90_00
    assert page(people.officer, f"/pledges/changes/{act}/papers/office").data == PDF
    assert page(people.officer, f"/pledges/changes/{act}/papers/donor").status_code == 404
    assert "AMD-7" in words_of(page(people.officer, f"/pledges/changes/{act}"))


def test_two_yeses_at_once_do_it_once(app, people, pledge):
    act = reduction(people, pledge)
    managers = [people.manager.actor, *(person("programme_manager", of="UNODC").actor for _ in range(2))]
    office = [partial(acts.agree, act, actor=by, version=1, amendment=make.amendment()) for by in managers]
    donor = [partial(acts.agree, act, actor=people.signatory.actor, version=1)] * 2
    answers = at_once(app, *office, *donor)
    assert answers.count(None) == 2
    assert all(isinstance(answer, DomainError) for answer in answers if answer is not None)
    assert list(db.session.scalars(sa.select(Act.name).order_by(Act.number))) == ["accept", "receipt", "reduce"]
    assert verification.verify().first_wrong is None
