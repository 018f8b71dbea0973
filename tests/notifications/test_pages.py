"""The bell, the list, the preferences, the mailbox of the demonstration, the office's page of deliveries."""

import re

import pytest

from tests.factories import accounts
from tests.notifications.conftest import happen, mails, send_all, states_of
from tests.services.smtp import NEVER
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.notifications import services, spool


@pytest.fixture
def case(request_of_kenya):
    happen(request_of_kenya, "assistance.returned_to_draft")
    services.dispatch()
    return request_of_kenya


def elsewhere() -> int:
    """Another State, which has people of its own."""
    return accounts.person("focal_point", of="FRA").organisation_id


@pytest.fixture
def drafter(client, case, sign_in):
    return sign_in(client, case.people.drafter)


class TestTheList:
    def test_shows_what_happened_and_how_it_stands(self, drafter, case):
        page = drafter.get("/notifications").text
        assert f"{case.now.reference}: returned to you as a draft" in page
        assert "Unread" in page

    def test_is_counted_by_the_bell(self, drafter):
        assert drafter.get("/notifications/count").json == {"unread": 1}

    def test_marks_as_read_what_is_opened(self, drafter):
        link = re.search(r'href="(/notifications/[0-9a-f-]{36})"', drafter.get("/notifications").text).group(1)
        assert drafter.get(link).status_code == 302
        assert drafter.get("/notifications/count").json == {"unread": 0}

    def test_marks_all_as_read_but_not_what_came_meanwhile(self, drafter, case):
        page = drafter.get("/notifications").text
        happen(case, "assistance.taken_up")
        services.dispatch()
        fields = dict(re.findall(r'name="(csrf_token|key|up_to)" value="([^"]*)"', page))
        answer = drafter.post("/notifications/read", data=fields, follow_redirects=True)
        assert "1 notification marked as read." in answer.text
        assert drafter.get("/notifications/count").json == {"unread": 1}

    def test_what_is_shown_no_more_does_not_ring_for_ever(self, drafter, case):
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, organisation_id=elsewhere())
        page = drafter.get("/notifications").text
        assert "Nothing to read yet" in page
        fields = dict(re.findall(r'name="(csrf_token|key|up_to)" value="([^"]*)"', page))
        drafter.post("/notifications/read", data=fields)
        assert drafter.get("/notifications/count").json == {"unread": 0}
        assert "Mark all as read" not in drafter.get("/notifications").text

    def test_shows_nothing_of_others(self, client, case, sign_in):
        stranger = accounts.person("focal_point", of="FRA")
        sign_in(client, stranger)
        page = client.get("/notifications").text
        assert "Nothing to read yet" in page
        assert case.now.reference not in page

    def test_anothers_notification_is_not_found(self, client, case, sign_in, app):
        from tracker.extensions import db
        from tracker.notifications.models import Delivery

        public_id = db.session.query(Delivery).filter_by(channel="inapp").one().public_id
        db.session.rollback()
        sign_in(client, accounts.person("focal_point", of="KEN"))
        assert client.get(f"/notifications/{public_id}").status_code == 404

    def test_pages_through_with_the_same_few_statements(self, drafter, case):
        for _ in range(60):
            happen(case, "assistance.taken_up")
        services.dispatch()
        seen, url, costs = 0, "/notifications", set()
        while url:
            with statements() as executed:
                page = drafter.get(url).text
            costs.add(len(executed))
            seen += page.count('href="/notifications/') - page.count('href="/notifications/pref')
            found = re.search(r'href="(/notifications\?before=\d+)" rel="next"', page)
            url = found.group(1) if found else ""
        assert seen >= 61
        assert max(costs) <= 6

    def test_needs_a_person(self, client):
        assert client.get("/notifications").status_code == 302


class TestPreferences:
    def test_are_kept(self, drafter):
        page = drafter.get("/notifications/preferences").text
        fields = dict(re.findall(r'name="(csrf_token|key|version)"[^>]* value="([^"]*)"', page))
        kinds = {"tasks": "at_once", "requests": "daily", "deadlines": "weekly", "pledges": "none", "money": "at_once"}
        answer = drafter.post("/notifications/preferences", data={**fields, **kinds}, follow_redirects=True)
        assert "Preferences saved." in answer.text
        chosen = re.findall(r'name="requests"[^>]*value="(\w+)"[^>]*checked', answer.text)
        assert chosen == ["daily"]

    def test_an_unknown_answer_is_shown_as_an_error(self, drafter):
        page = drafter.get("/notifications/preferences").text
        fields = dict(re.findall(r'name="(csrf_token|key)"[^>]* value="([^"]*)"', page))
        assert drafter.post("/notifications/preferences", data={**fields, "requests": "hourly"}).status_code == 422


class TestTheMailbox:
    def test_a_list_that_is_cut_says_so(self, client, case, monkeypatch):
        send_all()
        assert "Only the first" not in client.get("/demo/mailbox").text
        monkeypatch.setattr(spool, "NEWEST", 0)  # the case sends one letter
        assert "Only the first 0 are shown." in client.get("/demo/mailbox").text

    def test_shows_letters_by_recipient(self, client, case):
        send_all()
        address = case.people.drafter.email
        page = client.get("/demo/mailbox", query_string={"to": address}).text
        assert f"{case.now.reference}: returned to you as a draft" in page
        link = re.search(r'href="(/demo/mailbox/[0-9a-f]{40})"', page).group(1)
        letter = client.get(link).text
        assert "As plain text" in letter
        assert "Open the request" in letter

    @pytest.mark.parametrize("name", ["nothing", "../keys/secret", "0" * 40])
    def test_gives_nothing_else_away(self, client, case, name):
        assert client.get(f"/demo/mailbox/{name}").status_code == 404

    def test_does_not_exist_in_production(self, settings):
        from dataclasses import replace

        from flask import Flask

        from tracker.calendar import now
        from tracker.notifications import views

        app = Flask("bare")
        app.extensions["tracker_settings"] = replace(settings, environment="production")
        views.register(app)
        assert not [rule for rule in app.url_map.iter_rules() if "mailbox" in rule.rule]
        assert now._may_shift


class TestTheOfficesPage:
    @pytest.fixture
    def failed(self, case, smtp):
        smtp.behaviour = lambda _to: NEVER
        send_all()
        smtp.clear()
        return mails()[0]

    def test_shows_what_failed_and_why(self, client, case, failed, sign_in):
        sign_in(client, case.people.officer)
        page = client.get("/triage/deliveries").text
        assert "Returned to you as a draft" in page
        assert "The recipient&#39;s server knows no such mailbox." in page
        assert "Not tried again by itself." in page
        assert "550 no such person" in page
        assert case.people.drafter.name in page
        assert "it goes to the address and in the language that the person has now" in page

    def test_names_nothing_by_the_programs_own_words(self, client, case, failed, sign_in):
        sign_in(client, case.people.officer)
        main = client.get("/triage/deliveries").text.split("<main", 1)[1]
        assert "assistance." not in main

    def test_leads_to_the_person_whose_address_is_wrong(self, client, case, failed, sign_in):
        sign_in(client, case.people.officer)
        page = client.get("/triage/deliveries").text
        assert f'href="/settings/people/{case.people.drafter.public_id}"' in page

    def test_names_nobody_of_strictly_confidential_matters(self, client, case, failed, sign_in):
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, marking="strictly_confidential")
        for anybody in (case.people.officer, accounts.person("finance_officer"), accounts.person("administrator")):
            sign_in(client, anybody)
            page = client.get("/triage/deliveries").text
            assert "Not shown: strictly confidential" in page
            assert case.people.drafter.name not in page
            assert "550 no such person" not in page
        sign_in(client, case.people.manager)
        assert case.people.drafter.name in client.get("/triage/deliveries").text

    def test_speaks_french(self, client, case, failed, sign_in):
        sign_in(client, accounts.person("auditor", language="fr"))
        page = client.get("/triage/deliveries").text
        assert "Le serveur du destinataire ne connaît pas cette boîte." in page
        assert '<code lang="en" dir="ltr">550 no such person' in page

    def test_says_that_mail_waits_for_the_server(self, client, case, smtp, sign_in):
        smtp.stop()
        send_all()
        sign_in(client, case.people.officer)
        assert "1 message waits because the mail server cannot be used now." in client.get("/triage/deliveries").text

    def test_sends_again(self, client, case, failed, sign_in, smtp):
        sign_in(client, case.people.officer)
        page = client.get("/triage/deliveries").text
        fields = dict(re.findall(r'name="(csrf_token|key)" value="([^"]*)"', page))
        answer = client.post(f"/triage/deliveries/{failed.public_id}/again", data=fields, follow_redirects=True)
        assert "The message will be sent again." in answer.text
        send_all()
        assert states_of() == ["sent"]
        assert smtp.received[0].message["Message-ID"] == failed.message_id

    def test_lets_an_auditor_only_look(self, client, case, failed, sign_in):
        sign_in(client, accounts.person("auditor"))
        page = client.get("/triage/deliveries").text
        assert "550 no such person" in page
        assert "Send again</button>" not in page
        assert "it goes to the address" not in page
        token = re.search(r'name="csrf_token" value="([^"]*)"', page).group(1)
        url = f"/triage/deliveries/{failed.public_id}/again"
        assert client.post(url, data={"csrf_token": token}).status_code == 403

    def test_is_not_for_states(self, drafter):
        assert drafter.get("/triage/deliveries").status_code == 403

    def test_costs_few_statements(self, client, case, failed, sign_in):
        sign_in(client, case.people.officer)
        with statements() as executed:
            client.get("/triage/deliveries")
        assert len(executed) <= 6


def test_the_commands_drain_and_count(app, case):
    runner = app.test_cli_runner()
    assert "deliveries due           1" in runner.invoke(args=["outbox", "status"]).output
    assert "1 deliveries tried" in runner.invoke(args=["outbox", "drain"]).output
    assert states_of() == ["sent"]
