"""Saving a draft: by itself, twice, late, at the same time, and with anything typed: nothing is lost or saved over."""

import io
import json
import re
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assistance.conftest import events, form_of, new_key, value
from tests.factories import accounts
from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker.assistance.drafting import services
from tracker.errors import Stale
from tracker.extensions import db

pytestmark = pytest.mark.usefixtures("app")


class TestAutosave:
    def post(self, client, case, **fields):
        hidden = form_of(client.get(f"{case.url}/steps/when"))
        address = f"{case.url}/autosave/when"
        headers = {"Accept": "application/json", "X-Autosave": "1"}
        return client.post(address, data={**hidden, "currency": "USD", **fields}, headers=headers)

    def test_says_what_was_not_saved_and_records_nothing(self, client_of):
        case = make.draft()
        answer = self.post(client_of(case.people.drafter), case, place="Lomé", **{"lines-0-amount": "x"})
        assert answer.status_code == 200
        assert answer.json["not_saved"] == ["budget"]
        assert answer.json["version"].startswith("2.")
        assert case.version == 2
        assert value(case, "dates")["place"] == "Lomé"
        assert events(case) == ["assistance.drafted"]

    def test_goes_on_when_an_answer_was_lost_on_the_line(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        hidden = form_of(client.get(f"{case.url}/steps/when"))
        for place in ("A", "Ab", "Abu"):  # the page never learns the new version
            body = {**hidden, "currency": "USD", "place": place}
            assert client.post(f"{case.url}/autosave/when", data=body).status_code == 200
        assert value(case, "dates")["place"] == "Abu"

    def test_does_not_save_over_a_colleague(self, client_of):
        case = make.draft()
        colleague = accounts.person("focal_point")
        first, second = client_of(case.people.drafter), client_of(colleague)
        address = f"{case.url}/steps/when"
        mine, theirs = form_of(first.get(address)), form_of(second.get(address))
        assert second.post(address, data={**theirs, "currency": "USD", "place": "Theirs"}).status_code == 302
        headers = {"Accept": "application/json"}
        answer = first.post(f"{case.url}/autosave/when", data={**mine, "place": "Mine"}, headers=headers)
        assert answer.status_code == 409
        page = first.post(address, data={**mine, "currency": "USD", "place": "Mine"})
        assert page.status_code == 409
        assert "Theirs" in page.text
        assert 'value="Mine"' in page.text
        again = first.post(address, data={**form_of(page), "currency": "USD", "place": "Mine"})
        assert again.status_code == 302
        assert value(case, "dates")["place"] == "Mine"

    def test_two_people_write_two_steps_at_the_same_time(self, client_of):
        case = make.draft()
        first, second = client_of(case.people.drafter), client_of(accounts.person("focal_point"))
        where, when = form_of(first.get(f"{case.url}/steps/where")), form_of(second.get(f"{case.url}/steps/when"))
        for number in range(3):
            body = {**where, "language": "en", "title": f"Title {number}"}
            answer = first.post(f"{case.url}/autosave/where", data=body)
            assert answer.status_code == 200
            where["version"] = answer.json["version"]
            body = {**when, "currency": "USD", "place": f"Place {number}"}
            answer = second.post(f"{case.url}/autosave/when", data=body)
            assert answer.status_code == 200
            when["version"] = answer.json["version"]
        assert case.now.title == "Title 2"
        assert case.now.place == "Place 2"

    def test_a_late_autosave_of_a_page_that_was_left_saves_nothing(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        hidden = form_of(client.get(f"{case.url}/steps/when"))
        client.post(f"{case.url}/steps/when", data={**hidden, "currency": "USD", "place": "Newer"})
        late = client.post(f"{case.url}/autosave/when", data={**hidden, "currency": "USD", "place": "Older"})
        assert late.status_code == 409
        assert case.now.place == "Newer"

    def test_a_page_that_came_back_by_the_browsers_button_shows_both_texts(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        hidden = form_of(client.get(f"{case.url}/steps/when"))
        client.post(f"{case.url}/steps/when", data={**hidden, "currency": "USD", "place": "First"})
        page = client.post(f"{case.url}/steps/when", data={**hidden, "currency": "USD", "place": "Second"})
        assert page.status_code == 409
        assert "First" in page.text
        assert 'value="Second"' in page.text


class TestBadInput:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        slug=st.sampled_from(["where", "who", "why", "when", "consent"]),
        names=st.lists(
            st.sampled_from(
                [
                    *("title", "language", "areas", "beneficiaries-0", "beneficiaries-²", "problem", "currency"),
                    *("starts_on-day", "starts_on-month", "ends_on-year", "lines-0-label", "lines-0-amount", "rows"),
                    *("lines-99999999999-amount", "marking", "donors", "version", "key", "then"),
                ]
            ),
            min_size=1,
            max_size=8,
        ),
        text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    )
    def test_never_breaks_a_step(self, client_of, slug, names, text):
        case = make.draft()
        client = client_of(case.people.drafter)
        page = client.post(f"{case.url}/steps/{slug}", data=dict.fromkeys(names, text))
        assert page.status_code < 500
        assert client.get(f"{case.url}/steps/{slug}").status_code == 200


def test_twenty_parallel_presses_save_once(app):
    case = make.draft()
    actor, key, outcomes = case.drafter, new_key(), []

    def press():
        with app.app_context():
            try:
                outcomes.append(
                    services.edit(case.public_id, key=key, actor=actor, version=1, step="where", values={"title": "T"})
                )
            except Stale as stale:
                outcomes.append(stale)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert outcomes == [2] * 20
    assert json.dumps(events(case)) == '["assistance.drafted", "assistance.edited"]'


class TestPressingTwice:
    """The second press of any button gets what the first one did."""

    def test_every_act_of_the_state(self, client_of):
        people = make.People()
        drafter, authority = client_of(people.drafter), client_of(people.authority)
        case = make.complete(people)
        self.press_twice(drafter, f"{case.url}/review")
        self.press_twice(authority, f"{case.url}/return", reason="Shorter")
        self.press_twice(drafter, f"{case.url}/review")
        note = {"issuer": "Mission", "note_reference": "1", "dated-day": "2", "dated-month": "1", "dated-year": "2026"}
        self.press_twice(authority, f"{case.url}/authorise", **note, file=lambda: (io.BytesIO(PDF), "note.pdf"))
        self.press_twice(authority, f"{case.url}/withdraw", reason="Not needed")
        assert events(case)[-5:] == [
            "assistance.authorisation_asked",
            "assistance.returned_to_draft",
            "assistance.authorisation_asked",
            "assistance.submitted",
            "assistance.withdrawn",
        ]

    def test_discarding_answering_and_asking_for_a_second_look(self, client_of):
        people = make.People()
        drafter, authority = client_of(people.drafter), client_of(people.authority)
        self.press_twice(drafter, f"{make.draft(people).url}/discard")
        self.press_twice(authority, f"{make.declined(people).url}/reopen", reason="New facts")
        case = make.in_clarification(people)
        body = {**form_of(drafter.get(case.url), f"{case.url}/answers"), "then": "send"}
        (name,) = set(re.findall(r'name="(answer_\d+)"', drafter.get(case.url).text))
        for _ in range(2):
            assert drafter.post(f"{case.url}/answers", data={**body, name: "Forty"}).status_code == 302
        assert events(case).count("assistance.answered") == 1

    def press_twice(self, client, address, **fields):
        hidden = form_of(client.get(address))
        for _ in range(2):
            body = {name: value() if callable(value) else value for name, value in fields.items()}
            assert client.post(address, data={**hidden, **body}).status_code == 302, address
