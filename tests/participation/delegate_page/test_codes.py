"""Codes that stand beside each other, how many there are, and where their record is read."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.participation.delegate_page.opening import aged, digits, opened, press, token_of, wrong
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.costs.lines import Payer
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.notifications.queries import failed_deliveries
from tracker.participation.delegate_page import queries, services
from tracker.participation.delegate_page.models import DelegateCode
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.support.models import SessionSupport
from tracker.pledges.models import SeatLine


def read_out(scene):
    """The digits that the travel officer reads out."""
    found = queries.digits_of(services.read_out_code(scene.seats["KEN"], actor=scene.travel.actor))
    db.session.rollback()
    return found


def test_a_code_that_was_read_out_and_one_that_was_mailed_stand_beside_each_other(scene):
    token = token_of(scene)
    for first, second in ((read_out, lambda _scene: digits(token)), (lambda _scene: digits(token), read_out)):
        one, other = first(scene), second(scene)
        assert services.open_page(token, typed=one)
        assert services.open_page(token, typed=other)
        assert services.open_page(token, typed=one) is None
    earlier, later = read_out(scene), read_out(scene)
    assert services.open_page(token, typed=earlier) is None
    for _try in range(4):
        assert services.open_page(token, typed=wrong(later)) is None
    assert services.open_page(token, typed=later) is None
    mailed, by_voice = digits(token), read_out(scene)
    aged(DelegateCode, "expires_at", timedelta(seconds=1))
    assert not services.open_page(token, typed=mailed)
    assert not services.open_page(token, typed=by_voice)


def test_a_link_sends_fifteen_codes_a_day_and_the_door_says_whom_to_call(app, scene):
    token, client = token_of(scene), app.test_client()
    with transaction():
        update_where(SessionSupport, sa.true(), phone_day="+43 1 0000 0101")
    for _hour in range(3):
        for _code in range(5):
            digits(token)
        aged(DelegateCode, "asked_at", timedelta(hours=2))
    answer = press(client, f"/journey/{token}/code")
    assert answer.status_code == 409
    said = words_of(answer)
    assert "Fifteen codes were sent within a day." in said
    assert "+43 1 0000 0101" in said
    with pytest.raises(Conflict):
        digits(token)
    aged(DelegateCode, "asked_at", timedelta(hours=24, seconds=1))
    assert digits(token)


def test_links_and_codes_stand_in_the_history_and_are_kept_from_whoever_may_not_know(app, scene):
    digits(token_of(scene))
    case = scene.cases["KEN"]
    manager = sign_in(app.test_client(), scene.donors.manager)
    history = words_of(manager.get(f"/triage/requests/{case.public_id}"))
    assert "A personal link was sent to a delegate" in history
    assert "A delegate asked for a code" in history
    notifications.dispatch()
    officer = accounts.person("triage_officer").actor

    def read():
        with transaction():
            update_where(Delivery, Delivery.recipient_key.like("delegate:%"), status="bounced", last_error="550 no")
        return [one for one in failed_deliveries(officer)[0] if one.delivery.recipient_key.startswith("delegate:")]

    kenya = case.now.reference
    db.session.rollback()
    assert [one.reference for one in read()].count(kenya) == 2
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.reference == kenya, marking="strictly_confidential")
    lines = read()
    assert [one.recipient for one in lines].count("Not shown: strictly confidential") == 2
    assert kenya not in {one.reference for one in lines}


def test_the_page_says_by_when_a_visa_is_asked_for_and_nothing_of_what_the_fund_does_not_pay(app, scene):
    token, seat = token_of(scene), scene.seats["KEN"]
    with transaction():
        update_where(Delegate, Delegate.name == "Awa KEN", payer_visa=Payer.FUND)
    client = opened(app, token)
    said = words_of(client.get(f"/journey/{token}?lang=en"))
    assert "Ask for it by" in said
    assert "Your ticket has not been bought yet." in said
    with transaction():
        whose = sa.select(Seat.id).where(Seat.public_id == seat).scalar_subquery()
        update_where(SeatLine, SeatLine.seat_id == whose, payer=Payer.STATE, allocation_id=None, approved_minor=0)
        update_where(Delegate, Delegate.name == "Awa KEN", arrives_on=sa.func.current_date())
        update_where(Seat, Seat.public_id == seat, status="travelled")
    said = words_of(client.get(f"/journey/{token}?lang=en"))
    assert "Not asked any more" in said
    for words in ("The office waits for it.", "You book your lodging", "Your ticket has not been bought yet."):
        assert words not in said


def test_the_officer_reads_what_to_ask_a_caller(app, scene):
    with transaction():
        update_where(Delegate, Delegate.name == "Awa KEN", function="Attorney", office="Bureau of treaties")
    officer = sign_in(app.test_client(), scene.travel)
    said = words_of(officer.get(f"/seats/{scene.seats['KEN']}/travel/code"))
    assert re.search(r"As nominated: Attorney, Bureau of treaties", said)
    token = token_of(scene)
    said = words_of(opened(app, token).get(f"/journey/{token}?lang=en"))
    assert "Bureau of treaties" not in said


def test_a_letter_that_came_back_shows_at_the_desk_where_the_address_is_corrected(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    officer, manager = (sign_in(app.test_client(), who) for who in (scene.travel, scene.donors.manager))
    notifications.dispatch()
    came_back = "could not be delivered"
    assert came_back not in words_of(officer.get(f"/seats/{seat}/travel"))
    with transaction():
        bounced = {"status": "bounced", "last_error": "550 awa@mail.example unknown"}
        update_where(Delivery, Delivery.recipient_key.like("delegate:%"), **bounced)
    said = words_of(officer.get(f"/seats/{seat}/travel"))
    assert came_back in said
    assert "awa@mail.example" not in said
    assert came_back not in words_of(manager.get(f"/seats/{seat}/travel"))
    refused = press(officer, f"/seats/{seat}/travel/link", link_email="no address")
    assert refused.status_code == 422
    assert press(officer, f"/seats/{seat}/travel/link", link_email="Awa@Other.example").status_code == 302
    assert came_back not in words_of(officer.get(f"/seats/{seat}/travel"))
    assert app.test_client().get(f"/journey/{token}").status_code == 404
    link = queries.link_behind(token_of(scene))
    assert queries.mailbox_of(link.id).email.casefold() == "awa@other.example"
