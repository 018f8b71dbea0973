"""The journey of a strictly confidential request: its manager looks after it, finance pays a seat that it cannot name,
nobody else knows that it is there."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import travel
from tests.factories.accounts import person
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.pledges.forms import words_of
from tests.rights.papers import paper
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.travel import waiting_work


@pytest.fixture
def scene(app):
    """Kenya's request is strictly confidential, Bhutan's is not; both seats are confirmed."""
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 10_00))
    with transaction():
        kenya = AssistanceRequest.public_id == scene.cases["KEN"].public_id
        update_where(AssistanceRequest, kenya, marking="strictly_confidential")
    return scene


def figure(someone) -> int | None:
    counted = waiting_work.count_waiting(someone.actor)
    found = db.session.scalar(sa.select(counted["travel"])) if counted else None
    db.session.rollback()
    return found


def test_the_manager_records_from_papers_to_cash_and_the_travel_officer_knows_nothing_of_it(app, scene):
    manager, officer = sign_in(app.test_client(), scene.donors.manager), sign_in(app.test_client(), scene.travel)
    kenya, desk = f"/seats/{scene.seats['KEN']}/travel", f"/sessions/{scene.code}/travel"
    for page in ("", "/papers", "/invitation"):
        assert officer.get(kenya + page).status_code == 404
    assert "Awa KEN" not in words_of(officer.get(desk))
    assert press(manager, f"{kenya}/papers", **days(papers_on=today())).status_code == 302
    soon = today() + timedelta(days=3)
    ticket = {"number": "220-1", "agency": "Agency", "route": "NBO–VIE–NBO", "fare": "20"}
    ticket |= days(issued_on=today(), out_on=soon, back_on=soon)
    assert press(manager, f"{kenya}/ticket", **ticket).status_code == 302
    assert travel.record_of(scene.seats["KEN"]).ticket_number == "220-1"
    both = "&".join(f"s={seat}" for seat in scene.seats.values())
    signed = press(manager, f"{desk}/authorised?s={scene.seats['KEN']}", **days(signed_on=today()), file=paper())
    assert signed.status_code == 302
    # Of what is not so confidential the travel officer alone records.
    assert manager.get(f"/seats/{scene.seats['BTN']}/travel/papers").status_code == 403
    assert manager.get(f"{desk}/authorised?{both}").status_code == 403
    page = manager.get(desk).text
    assert f'value="{scene.seats["KEN"]}"' in page
    assert f'value="{scene.seats["BTN"]}"' not in page


def test_finance_pays_a_seat_that_it_cannot_name(app, scene):
    finance, manager = (sign_in(app.test_client(), who) for who in (scene.donors.finance, scene.donors.manager))
    seat, desk = scene.seats["KEN"], f"/sessions/{scene.code}/travel"
    reference = scene.cases["KEN"].now.reference
    press(manager, f"/seats/{seat}/travel/papers", **days(papers_on=today()))
    travel.ticketed(scene, "BTN")
    shown = [finance.get(page) for page in (desk, f"/seats/{seat}/travel", f"/seats/{seat}/travel/payee")]
    assert press(finance, f"/seats/{seat}/travel/payee", how="cash", advance="CASH-7").status_code == 302
    soon = today() + timedelta(days=3)
    ticket = {"number": "220-1", "agency": "Agency", "route": "NBO–VIE–NBO", "fare": "20"}
    press(manager, f"/seats/{seat}/travel/ticket", **ticket, **days(issued_on=today(), out_on=soon, back_on=soon))
    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=today()))
    assert "Awa KEN" in words_of(manager.get(f"{desk}/pay-list"))
    ticked = press(manager, f"{desk}/handed-over", s=str(seat), **days(day=today()), file=paper())
    assert ticked.status_code == 302
    shown.append(finance.get(f"{desk}/payments"))
    for page in shown:
        assert page.status_code == 200
        assert reference in words_of(page)
        for hidden in ("Awa KEN", "Kenya", "NBO", "Papers complete"):
            assert hidden not in words_of(page).replace("Awa BTN", "")
    assert press(finance, f"{desk}/payments", s=str(seat), external_reference="UMOJA 9").status_code == 302
    assert "10" in words_of(finance.get(f"/seats/{seat}/travel"))
    # The list that was signed names its people: it is not finance's to open, no more than what a manager signed.
    assert finance.get(f"/seats/{seat}/travel/authorisation").status_code == 404
    assert "Awa KEN" not in words_of(finance.get(f"{desk}?q=Kenya"))


def test_the_menu_counts_what_the_page_lists(scene):
    other = person("travel_officer")
    assert [figure(who) for who in (other, scene.donors.manager, scene.donors.finance)] == [1, 1, 2]
    assert figure(person("auditor", of="UNODC")) is None
    with transaction() as session:
        kenya = scene.cases["KEN"].now.id
        for who in (scene.donors.manager, scene.donors.finance):
            session.add(Recusal(request_id=kenya, person_id=who.person_id, reason="A relative."))
    assert [figure(who) for who in (other, scene.donors.manager, scene.donors.finance)] == [1, 0, 1]
    with transaction():
        kenya = AssistanceRequest.public_id == scene.cases["KEN"].public_id
        update_where(AssistanceRequest, kenya, assigned_to_id=other.person_id)
    assert figure(other) == 2
    rows = {work.name: db.session.execute(work.rows()).one().number for work in waiting_work.FOR_ROLES}
    db.session.rollback()
    assert rows == {"buy_tickets": 1, "buy_tickets_in_confidence": 1, "give_payee_numbers": 2}
