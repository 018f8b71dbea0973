"""What is typed into a page that has ended waits for the code; what is sealed does not, and nothing is kept here."""

import html
import re
from datetime import timedelta

import sqlalchemy as sa

from tests.factories import papers as handed
from tests.participation.delegate_page.opening import aged, digits, opened, press, token_of
from tests.pledges.forms import words_of
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.participation.conditions import shipped
from tracker.participation.conditions.models import ConditionsAnswer
from tracker.participation.delegate_page.models import DelegateOpening


def hidden(page):
    """The hidden fields of the last form of a page."""
    form = page.text.rpartition("<form")[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(text) for name, text in found}


def carried(page):
    """What the door carries."""
    return html.unescape(re.search(r'name="kept"[^>]* value="([^"]+)"', page.text)[1])


def test_what_was_typed_waits_for_the_code_without_what_is_sealed(app, scene):
    token = token_of(scene)
    client, address = opened(app, token), f"/journey/{token}/messages"
    aged(DelegateOpening, "pressed_at", timedelta(hours=2))
    typed = {"body": "Is there a lift?"}
    sealed = {"passport_number": handed.CANARIES[0], "born_on-day": "7", "page_code": "123456"}
    door = press(client, f"{address}?lang=en", **typed, **sealed)
    assert door.status_code == 401
    assert handed.CANARIES[0] not in door.text
    assert "What you typed waits here" in words_of(door)
    door = press(client, f"/journey/{token}/code?lang=en", kept=carried(door))
    assert door.status_code == 200
    code = digits(token)
    wrong = press(client, f"/journey/{token}/open?lang=en", page_code="1", kept=carried(door))
    assert wrong.status_code == 422
    page = press(client, f"/journey/{token}/open?lang=en", page_code=code, kept=carried(wrong))
    assert page.status_code == 200
    said = words_of(page)
    assert "Is there a lift?" in said
    assert "the page asks for them again" in said
    again = hidden(page)
    assert set(again) & {"passport_number", "born_on-day", "page_code"} == set()
    assert client.post(address, data=again).status_code == 302
    assert "Is there a lift?" in words_of(client.get(address))


def test_another_language_keeps_what_waits(app, scene):
    token = token_of(scene)
    client, address = opened(app, token), f"/journey/{token}/messages"
    aged(DelegateOpening, "pressed_at", timedelta(hours=2))
    door = press(client, f"{address}?lang=en", body="Is there a lift?")
    assert f'href="{address}?lang=fr"' not in door.text
    in_french = html.unescape(re.search(r'formaction="([^"]+lang=fr)"', door.text)[1])
    door = press(client, in_french, kept=carried(door))
    assert door.status_code == 200
    assert "Ce que vous avez saisi attend ici" in words_of(door)
    page = press(client, f"/journey/{token}/open", page_code=digits(token), kept=carried(door))
    assert "Is there a lift?" in words_of(page)
    assert "formaction" not in app.test_client().get(f"/journey/{token}").text


def test_an_acceptance_is_not_sent_without_the_text_on_the_page(app, scene):
    with transaction():
        shipped.load()
    token = token_of(scene)
    client, address = opened(app, token), f"/journey/{token}/conditions"
    aged(DelegateOpening, "pressed_at", timedelta(hours=2))
    door = press(client, f"{address}?lang=en", text="1", accepts_conditions="y", alone_pays="y")
    assert "nothing was sent" in words_of(door)
    door = press(client, f"/journey/{token}/code?lang=en", kept=carried(door))
    page = press(client, f"/journey/{token}/open?lang=en", page_code=digits(token), kept=carried(door))
    assert (page.status_code, page.location) == (302, address)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ConditionsAnswer)) == 0


def test_what_another_page_was_sent_and_what_is_sealed_alone_wait_nowhere(app, scene):
    kenya, bhutan = token_of(scene, "KEN"), token_of(scene, "BTN")
    client = app.test_client()
    door = press(client, f"/journey/{kenya}/conditions?lang=en", accepts_conditions="y")
    assert door.status_code == 401
    page = press(client, f"/journey/{bhutan}/open", page_code=digits(bhutan), kept=carried(door))
    assert page.status_code == 302
    alone = press(client, f"/journey/{kenya}/conditions?lang=en", passport_number=handed.CANARIES[0])
    assert alone.status_code == 401
    assert "could not be kept" in words_of(alone)
    assert handed.CANARIES[0] not in alone.text
    forged = press(client, f"/journey/{kenya}/open", page_code=digits(kenya), kept="forged")
    assert forged.status_code == 302
