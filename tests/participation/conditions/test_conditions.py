"""What delegates agree to: versions that stay as they were accepted, and payments that wait for it."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, offers, seats
from tests.factories import papers as handed
from tests.factories.settling import WHY
from tests.participation.delegate_page.opening import opened, press, token_of
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.participation.conditions import queries, services, shipped
from tracker.participation.conditions.models import ConditionsAnswer, ConditionsText, ConditionsVersion
from tracker.participation.conditions.services import Read, Wording
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel import services as journeys
from tracker.pledges import services as paying
from tracker.pledges.lifecycle import METHODS
from tracker.pledges.models import SeatLine
from tracker.rights.actor import Actor

DAY = timedelta(days=1)


@pytest.fixture
def scene(app):
    """Two confirmed seats with an allowance, and the conditions that are delivered."""
    made = offers.ready("KEN", "BTN", costs=(20_00, 5_00))
    offers.confirmed(made)
    with transaction():
        shipped.load()
    return made


def delegate_of(scene, state="KEN"):
    found = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == scene.seats[state])).one()
    db.session.rollback()
    return found


def read(language="en"):
    text = queries.now_in_force().text_for(language)
    db.session.rollback()
    return Read(text.id, text.hash)


def accept(scene, state="KEN", **said):
    """The delegate accepts."""
    usual = {"by": contents.delegate(delegate_of(scene, state)), "read": read(), "both": True}
    return services.accept_conditions(scene.seats[state], **{"actor": Actor.anonymous, **usual, **said})


def written(scene, body="One.\nTwo.", holds_from=None, **texts):
    """The manager writes a version."""
    wording = Wording(holds_from or today(), {"en": body, **texts})
    return services.write_conditions(actor=scene.manager, wording=wording)


def boxes(page):
    """The form on the delegate's page, both boxes ticked."""
    hidden = dict(re.findall(r'name="(text|text_hash)"[^>]* value="([^"]*)"', page.text))
    return {**hidden, "accepts_conditions": "y", "alone_pays": "y"}


def transfer(scene, state="KEN", method="bank_transfer"):
    """Pay a part of the allowance."""
    whose = sa.select(Seat.id).where(Seat.public_id == scene.seats[state]).scalar_subquery()
    line = db.session.scalars(
        sa.select(SeatLine.id).where(SeatLine.seat_id == whose, SeatLine.kind == "allowance")
    ).one()
    db.session.rollback()
    payment = replace(seats.payment(offers.money_of(scene.seats[state]), 1_00, "FIN-9"), method=method)
    payment = replace(payment, seat_line_id=line)
    return paying.disburse(offers.money_of(scene.seats[state]), actor=scene.donors.finance.actor, payment=payment)


def test_the_delegate_reads_accepts_once_and_reads_later_what_was_accepted(app, scene):
    token = token_of(scene)
    client, address = opened(app, token), f"/journey/{token}/conditions"
    assert "Accept them by" in words_of(client.get(f"/journey/{token}?lang=en"))
    page = client.get(f"{address}?lang=ar")
    assert re.search(r'lang="en"\s+dir="ltr">\s*<ul>', page.text)
    refused = press(client, f"{address}?lang=en", **{**boxes(page), "alone_pays": ""})
    assert refused.status_code == 422
    assert "somebody else pays too" in words_of(refused)
    page = client.get(f"{address}?lang=fr")
    assert "Je participe à toute la session" in page.text
    assert press(client, f"{address}?lang=fr", **boxes(page)).status_code == 302
    kept = db.session.scalars(sa.select(ConditionsAnswer)).one()
    french = db.session.scalars(sa.select(ConditionsText).where(ConditionsText.language == "fr")).one()
    assert (kept.text_id, kept.text_hash) == (french.id, queries.Text(french.id, "fr", french.body).hash)
    db.session.rollback()
    with transaction():
        update_where(ConditionsVersion, sa.true(), holds_from=today() - DAY)
    written(scene, "Another text.")
    said = words_of(client.get(f"{address}?lang=en"))
    assert "Je participe à toute la session" in said
    assert "Nobody asks you again" in said
    assert "Another text." not in said
    assert "You accepted them on" in words_of(client.get(f"/journey/{token}?lang=en"))
    with pytest.raises(Forbidden):
        accept(scene)


def test_only_the_person_in_the_seat_accepts_and_the_next_one_anew(app, scene):
    own = delegate_of(scene)
    for by in (contents.helper(own), contents.delegate(delegate_of(scene, "BTN"))):
        with pytest.raises(Forbidden):
            accept(scene, by=by)
    with pytest.raises(Invalid):
        accept(scene, both=False)
    accept(scene)
    handed.another_sits_in(scene.seats["KEN"])
    with pytest.raises(Forbidden):
        accept(scene, by=contents.delegate(own))
    assert travel.get(scene.seats["KEN"], Actor.system)[0].lacks("conditions")
    db.session.rollback()
    accept(scene)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ConditionsAnswer)) == 2


def test_a_version_is_changed_until_it_holds(app, scene):
    seen, first = read(), queries.now_in_force().public_id
    db.session.rollback()
    wording = Wording(today() + DAY, {"en": "One.\nTwo."})
    with pytest.raises(Forbidden) as refused:
        services.change_conditions(first, actor=scene.manager, version=1, wording=wording)
    assert "holds already" in str(refused.value)
    public_id = uuid.UUID(written(scene, "Uno.", today() + DAY))
    services.change_conditions(public_id, actor=scene.manager, version=1, wording=replace(wording, holds_from=today()))
    with pytest.raises(Forbidden):
        services.change_conditions(public_id, actor=scene.manager, version=2, wording=wording)
    with pytest.raises(Conflict):
        accept(scene, read=seen)
    with pytest.raises(Conflict):
        accept(scene, read=replace(read(), text_hash="0" * 64))
    for wrong in (Wording(today() - DAY, {"en": "One."}), Wording(today() + DAY, {"fr": "Un."})):
        with pytest.raises(Invalid):
            services.write_conditions(actor=scene.manager, wording=wrong)
    with pytest.raises(Invalid):
        written(scene)
    with pytest.raises(Forbidden):
        services.write_conditions(actor=scene.travel.actor, wording=wording)
    later = uuid.UUID(written(scene, "Later.", today() + DAY))
    services.change_conditions(later, actor=scene.manager, version=1, wording=wording)
    with pytest.raises(Stale):
        services.change_conditions(later, actor=scene.manager, version=1, wording=wording)
    assert queries.now_in_force().public_id == public_id
    db.session.rollback()
    by = contents.officer("Form, signed", today() - DAY)
    with pytest.raises(Invalid) as refused:
        accept(scene, actor=scene.travel.actor, by=by)
    assert "did not hold yet" in str(refused.value.fields["received_on"])


def test_the_boxes_are_not_ticked_for_a_text_that_was_not_read(app, scene):
    token = token_of(scene)
    client, address = opened(app, token), f"/journey/{token}/conditions?lang=en"
    said = boxes(client.get(address))
    written(scene, "Another text.")
    answer = press(client, address, **said)
    assert answer.status_code == 422
    assert "Another text." in answer.text
    assert "was changed meanwhile" in words_of(answer)
    assert re.findall(r'type="checkbox"[^>]* checked', answer.text) == []


def test_an_allowance_waits_for_the_acceptance_and_the_ticket_does_not(app, scene):
    journeys.record_payee(
        scene.seats["KEN"], actor=scene.donors.finance.actor, version=None, payee=journeys.Payee(number="P-1")
    )
    for method in set(METHODS) - {"cash"}:
        with pytest.raises(Invalid) as refused:
            transfer(scene, method=method)
        assert "has not accepted the conditions" in str(refused.value.fields["method"])
    found = travel.get(scene.seats["KEN"], Actor.system)[0]
    assert found.lacks("conditions")
    db.session.rollback()
    offers.paid(scene, scene.seats["KEN"], 10_00)
    accept(scene)
    transfer(scene)


def test_whoever_missed_the_journey_is_not_asked(app, scene):
    with transaction():
        update_where(Seat, Seat.public_id == scene.seats["KEN"], status="no_show", **WHY)
    transfer(scene, method="interoffice")


def test_what_came_on_paper_is_entered_with_its_source_and_the_state_reads_that_it_is_there(app, scene):
    seat, case = scene.seats["KEN"], scene.cases["KEN"]
    state = sign_in(app.test_client(), case.people.authority)
    assert "Conditions: missing" in words_of(state.get(f"/requests/{case.public_id}"))
    officer, address = sign_in(app.test_client(), scene.travel), f"/seats/{seat}/travel/conditions"
    assert "Not accepted yet" in words_of(officer.get(f"/seats/{seat}/travel"))
    text = re.search(r'name="text"[^>]* value="(\d+)"', officer.get(address).text)[1]
    day = {"received_on-day": today().day, "received_on-month": today().month, "received_on-year": today().year}
    typed = {"text": text, "says_both": "y", "source": "Form, signed, by mail of the mission", **day}
    refused = press(officer, address, **{**typed, "says_both": ""})
    assert refused.status_code == 422
    assert "Form, signed, by mail of the mission" in refused.text
    assert press(officer, address, **typed).status_code == 302
    assert "Form, signed, by mail of the mission" in words_of(officer.get(f"/seats/{seat}/travel"))
    assert "Conditions: accepted" in words_of(state.get(f"/requests/{case.public_id}"))
    token = token_of(scene)
    said = words_of(opened(app, token).get(f"/journey/{token}/conditions?lang=en"))
    assert "Form, signed, by mail of the mission" in said
    manager = sign_in(app.test_client(), scene.donors.manager)
    assert "Conditions accepted: Awa KEN" in words_of(manager.get(f"/triage/requests/{case.public_id}"))


def test_the_manager_writes_and_reads_versions(app, scene):
    manager = sign_in(app.test_client(), scene.donors.manager)
    said = words_of(manager.get("/conditions"))
    assert "approved by nobody" in said
    assert "I take part in the whole session" in said
    first = today() + 9 * DAY
    day = {"holds_from-day": first.day, "holds_from-month": first.month, "holds_from-year": first.year}
    refused = press(manager, "/conditions/new", text_en="", text_fr="Un.", **day)
    assert refused.status_code == 422
    assert "Un." in refused.text
    assert press(manager, "/conditions/new", text_en="One.", text_ar="واحد", **day).status_code == 302
    said = manager.get("/conditions").text
    assert 'lang="ar" dir="rtl"' in said
    public_id = re.search(r'href="/conditions/([^/]+)/change"', said)[1]
    page = manager.get(f"/conditions/{public_id}/change")
    version = re.search(r'name="version"[^>]* value="(\d+)"', page.text)[1]
    changed = {"text_en": "Uno.", "version": version, **day}
    assert press(manager, f"/conditions/{public_id}/change", **changed).status_code == 302
    assert "Uno." in manager.get("/conditions").text
    assert sign_in(app.test_client(), scene.travel).get("/conditions/new").status_code == 403
    assert sign_in(app.test_client(), accounts.person("focal_point")).get("/conditions").status_code == 403


def test_where_no_text_holds_nobody_is_asked(app, scene):
    with transaction() as session:
        session.execute(sa.delete(ConditionsText))
        session.execute(sa.delete(ConditionsVersion))
    token = token_of(scene)
    client = opened(app, token)
    assert "Conditions" not in words_of(client.get(f"/journey/{token}?lang=en"))
    assert client.get(f"/journey/{token}/conditions").status_code == 404
    by = contents.delegate(delegate_of(scene))
    with pytest.raises(NotFound):
        services.accept_conditions(scene.seats["KEN"], actor=Actor.anonymous, by=by, read=Read(1, ""), both=True)
