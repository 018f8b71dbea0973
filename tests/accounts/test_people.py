"""The profile, and what administrators do with people and organisations."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.services.statements import statements
from tracker.accounts import queries, services
from tracker.accounts.models import Office, Organisation, Person, WebSession
from tracker.calendar.now import now, shifted
from tracker.errors import Forbidden, Invalid, Stale
from tracker.events import Event
from tracker.extensions import db


def last_event():
    return db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()


class TestProfile:
    def test_changing_the_language_changes_the_interface_at_once(self, as_person, hidden):
        anna = make.person("focal_point", name="Anna")
        browser = as_person(anna)
        browser.get("/account?lang=es")
        sent = hidden(browser.get("/account")) | {
            "name": "Anna Karanja",
            "language": "fr",
            "timezone": "Africa/Nairobi",
        }
        answer = browser.post("/account", data=sent, follow_redirects=True)
        assert '<html lang="fr"' in answer.text
        assert "Anna Karanja" in answer.text
        assert anna.actor.timezone == "Africa/Nairobi"

    def test_the_switch_of_languages_lasts_in_this_browser(self, as_person):
        browser = as_person(make.person("focal_point", language="ar"))
        assert '<html lang="ar" dir="rtl"' in browser.get("/account").text
        browser.get("/account?lang=ru")
        assert '<html lang="ru"' in browser.get("/account").text

    def test_a_stale_form_is_not_saved(self, app):
        anna = make.person("focal_point")
        services.change_profile(actor=anna.actor, version=1, name="A", language="en", timezone="UTC")
        with pytest.raises(Stale):
            services.change_profile(actor=anna.actor, version=1, name="B", language="en", timezone="UTC")

    def test_lists_sessions_and_ends_another_one(self, app, as_person):
        anna, boris = make.person("focal_point"), make.person("focal_point")
        here, there, his = as_person(anna), as_person(anna), as_person(boris)
        ids = db.session.scalars(sa.select(WebSession.public_id).order_by(WebSession.id)).all()
        assert here.get("/account").text.count('/end"') == 1
        assert here.post(f"/account/sessions/{ids[2]}/end").status_code == 404
        assert here.post(f"/account/sessions/{ids[1]}/end").status_code == 302
        assert there.get("/account").status_code == 302
        assert his.get("/account").status_code == 200

    def test_ends_all_other_sessions_in_one_press(self, app, as_person, hidden):
        anna, boris = make.person("focal_point"), make.person("focal_point")
        here, his = as_person(anna), as_person(boris)
        assert "End all other sessions" not in here.get("/account").text
        others = [as_person(anna), as_person(anna)]
        page = here.get("/account")
        assert "End all other sessions" in page.text
        sent = hidden(page)
        for _press in range(2):
            answer = here.post("/account/sessions/end-others", data=sent, follow_redirects=True)
            assert "2 other sessions have ended." in answer.text
        assert [other.get("/account").status_code for other in others] == [302, 302]
        assert his.get("/account").status_code == 200
        told = db.session.scalars(sa.select(Event).where(Event.name == "accounts.other_sessions_ended")).all()
        assert [event.data["number"] for event in told] == [2]

    def test_ending_other_sessions_where_there_is_none_is_no_act(self, app, as_person):
        here = as_person(make.person("focal_point"))
        answer = here.post("/account/sessions/end-others", follow_redirects=True)
        assert "you are signed in here only" in answer.text
        assert last_event().name == "accounts.signed_in"


class TestOrganisationPage:
    def test_shows_authorities_and_deputies_to_its_people(self, as_person):
        anna = make.person("focal_point", of="KEN")
        make.person("state_administrator", of="KEN", name="Wanjiru Admin")
        browser = as_person(anna)
        assert 'aria-current="page">People' in browser.get("/my-organisation").text
        page = browser.get(f"/organisations/{anna.organisation_public_id}").text
        assert "Wanjiru Admin" in page
        assert "authority" in page
        assert "Invite a person" not in page

    def test_foreign_equals_absent(self, as_person):
        browser = as_person(make.person("focal_point", of="KEN"))
        foreign = browser.get(f"/organisations/{make.organisation('GHA').public_id}")
        absent = browser.get("/organisations/00000000-0000-4000-8000-000000000000")
        assert foreign.status_code == absent.status_code == 404

    @pytest.mark.parametrize("count", [3, 30])
    def test_takes_the_same_few_statements_for_any_number_of_people(self, as_person, count):
        boss = make.person("state_administrator", of="KEN")
        for _ in range(count):
            make.person("focal_point", of="KEN")
        browser = as_person(boss)
        with statements() as seen:
            assert browser.get(f"/organisations/{boss.organisation_public_id}").status_code == 200
        assert len(seen) <= 6, seen


class TestMemberships:
    def test_other_roles_count_at_once_and_end_sessions(self, as_person, hidden):
        boss, anna = make.person("state_administrator", of="KEN"), make.person("focal_point", of="KEN")
        browser, hers = as_person(boss), as_person(anna)
        url = f"/memberships/{anna.membership_public_id}"
        office = str(db.session.scalars(sa.select(Office.public_id).where(Office.name == "Ministry of Justice")).one())
        sent = hidden(browser.get(url)) | {
            "roles": ["donor_officer"],
            "title": "Counsellor",
            "office": office,
            "deputy": "y",
        }
        assert browser.post(url, data=sent).status_code == 302
        assert hers.get("/account").status_code == 302
        assert anna.actor.roles == {"donor_officer"}
        event = last_event()
        assert event.name == "accounts.role_changed"
        assert event.data["after"] == ["donor_officer"]

    def test_another_function_ends_nothing(self, as_person):
        boss, anna = make.person("state_administrator", of="KEN"), make.person("focal_point", of="KEN")
        hers = as_person(anna)
        services.change_membership(place_of(anna), actor=boss.actor, version=1, roles=["focal_point"], title="X")
        assert last_event().name == "accounts.membership_changed"
        assert hers.get("/account").status_code == 200

    def test_ending_shuts_out_and_tells(self, as_person, hidden):
        boss, anna = make.person("state_administrator", of="KEN"), make.person("focal_point", of="KEN", name="Anna")
        browser, hers = as_person(boss), as_person(anna)
        url = f"/memberships/{anna.membership_public_id}/end"
        page = browser.get(url)
        assert "Who will be told" in page.text
        assert browser.post(url, data=hidden(page)).status_code == 302
        assert hers.get("/account").status_code == 302
        assert last_event().name == "accounts.membership_ended"
        assert browser.get(url).status_code == 404

    def test_the_last_administrator_stays(self, app):
        boss = make.person("state_administrator", "focal_point", of="KEN")
        with pytest.raises(Forbidden):
            services.end_membership(place_of(boss), actor=boss.actor, version=1)
        with pytest.raises(Forbidden):
            services.change_membership(place_of(boss), actor=boss.actor, version=1, roles=["focal_point"])
        root = make.person("administrator")
        with pytest.raises(Forbidden):
            services.end_membership(place_of(root), actor=root.actor, version=1)
        services.end_membership(place_of(boss), actor=root.actor, version=1)

    def test_a_second_administrator_sets_the_first_free(self, app):
        boss, second = (make.person("state_administrator", of="KEN") for _ in range(2))
        services.end_membership(place_of(boss), actor=second.actor, version=1)
        assert queries.actor_for(boss.person_id, boss.membership_id) is None

    def test_nobody_reaches_into_another_organisation(self, as_person):
        anna = make.person("focal_point", of="KEN")
        foreign = as_person(make.person("state_administrator", of="GHA"))
        for url in (f"/memberships/{anna.membership_public_id}", f"/memberships/{anna.membership_public_id}/end"):
            assert foreign.get(url).status_code == foreign.post(url).status_code == 404
        assert as_person(anna).get(f"/memberships/{anna.membership_public_id}").status_code == 403

    def test_a_donors_administrator_cannot_touch_the_states_people(self, app):
        donor = make.person("donor_administrator", of="KEN")
        anna = make.person("focal_point", of="KEN")
        with pytest.raises(Forbidden):
            services.end_membership(place_of(anna), actor=donor.actor, version=1)


def place_of(someone):
    """The uuid of a person's membership, as views have it."""

    return uuid.UUID(someone.membership_public_id)


class TestSettings:
    @pytest.mark.parametrize("url", ["/settings/organisations", "/settings/people", "/settings/account-requests"])
    def test_are_for_the_office(self, as_person, client, url):
        assert client.get(url).status_code == 302
        assert as_person(make.person("state_administrator")).get(url).status_code == 403
        assert as_person(make.person("auditor")).get(url).status_code == 200

    @pytest.mark.parametrize("url", ["/settings/organisations/new", "/settings/organisations/new-state"])
    def test_only_an_administrator_adds(self, as_person, url):
        assert as_person(make.person("auditor")).get(url).status_code == 403
        assert as_person(make.person("administrator")).get(url).status_code == 200

    def test_adds_a_donor_and_a_state_from_reference_data(self, as_person, hidden):
        browser = as_person(make.person("administrator"))
        page = browser.get("/settings/organisations/new")
        common = {"official_email": "office@x.example", "official_language": "fr"}
        sent = hidden(page) | {"kind": "donor", "code": "afd", "name": "Agence"} | common
        assert browser.post("/settings/organisations/new", data=sent).status_code == 302
        again = (
            hidden(browser.get("/settings/organisations/new")) | {"kind": "donor", "code": "AFD", "name": "X"} | common
        )
        assert browser.post("/settings/organisations/new", data=again).status_code == 422
        make.state("CIV")
        page = browser.get("/settings/organisations/new-state?lang=fr")
        assert "Côte d’Ivoire" in page.text
        sent = hidden(page) | {"state": "CIV"} | common
        assert browser.post("/settings/organisations/new-state", data=sent).status_code == 302
        codes = db.session.scalars(sa.select(Organisation.code).order_by(Organisation.code)).all()
        assert codes == ["AFD", "CIV", "UNODC"]

    def test_changes_the_official_address_and_closes(self, as_person, hidden):
        browser, anna = as_person(make.person("administrator")), make.person("focal_point", of="GHA")
        hers = as_person(anna)
        url = f"/settings/organisations/{anna.organisation_public_id}"
        sent = hidden(browser.get(url)) | {"official_email": "new@gov.example", "official_language": "fr"}
        assert browser.post(url, data=sent).status_code == 302
        row = db.session.scalars(sa.select(Organisation).where(Organisation.code == "GHA")).one()
        assert (row.official_email, row.active, row.name) == ("new@gov.example", False, "Ghana")
        db.session.rollback()
        assert hers.get("/account").status_code == 302
        assert browser.post(url, data=sent | {"key": str(uuid.uuid4())}).status_code == 409

    def test_finds_a_state_by_its_name_in_any_language(self, as_person):
        make.organisation("DEU")
        make.organisation("KEN")
        page = as_person(make.person("administrator")).get("/settings/organisations?q=Allemagne").text
        assert "DEU" in page
        assert "KEN" not in page

    def test_pages_people_by_keyset(self, as_person):
        for number in range(60):
            make.person("focal_point", name=f"Somebody {number:03}")
        browser = as_person(make.person("administrator", name="Zed"))
        with statements() as seen:
            first = browser.get("/settings/people").text
        assert len(seen) <= 6
        assert "Somebody 049" in first
        assert "Somebody 050" not in first
        url = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])
        following = browser.get(url).text
        assert "Somebody 050" in following
        assert "Somebody 049" not in following

    def test_disables_and_opens_an_account(self, as_person, hidden):
        root, anna = make.person("administrator"), make.person("focal_point")
        browser, hers = as_person(root), as_person(anna)
        url = f"/settings/people/{anna.public_id}"
        assert browser.post(f"{url}/disable", data=hidden(browser.get(f"{url}/disable"))).status_code == 302
        assert hers.get("/account").status_code == 302
        assert browser.post(f"{url}/enable", data=hidden(browser.get(url))).status_code == 302
        assert db.session.get(Person, anna.person_id).disabled_at is None
        with pytest.raises(Forbidden):
            services.disable_person(uuid.UUID(root.public_id), actor=root.actor, version=1)

    def test_adds_an_office_once(self, app):
        boss = make.person("state_administrator", of="KEN")
        organisation = make.organisation("KEN").public_id
        services.add_office(organisation, actor=boss.actor, name="Ministère de l’Équité", kind="ministry")
        with pytest.raises(Invalid):
            services.add_office(organisation, actor=boss.actor, name=" Ministère de  l’Équité", kind="ministry")


class TestOffices:
    def test_an_office_becomes_an_authority(self, as_person, hidden):
        boss = make.person("state_administrator", of="KEN")
        make.office("KEN", "Embassy in Vienna", kind="embassy")
        office = db.session.scalars(sa.select(Office).where(Office.name == "Embassy in Vienna")).one()
        url, other = f"/offices/{office.public_id}", make.office("GHA").public_id
        browser = as_person(boss)
        sent = hidden(browser.get(url)) | {"name": "Embassy in Vienna", "kind": "embassy", "is_authority": "y"}
        assert browser.post(url, data=sent).status_code == 302
        assert last_event().name == "accounts.office_changed"
        assert db.session.scalars(sa.select(Office.is_authority).where(Office.name == "Embassy in Vienna")).one()
        taken = hidden(browser.get(url)) | {"name": "Permanent Mission in Vienna", "kind": "embassy"}
        assert browser.post(url, data=taken).status_code == 422
        assert browser.get(f"/offices/{other}").status_code == 404
        assert as_person(make.person("focal_point", of="KEN")).get(url).status_code == 403


class TestAudience:
    def test_names_each_holder_of_a_role_once(self, app):
        make.person("administrator", "auditor", name="A")
        make.person("auditor", name="B")
        make.person("focal_point", name="C")
        assert [row.name for row in queries.people_with_roles(["administrator", "auditor"])] == ["A", "B"]


def test_what_has_served_is_forgotten(client, as_person):
    client.post("/sign-in", data={"email": "x@y.example", "password": "wrong"})
    as_person(make.person("focal_point"))
    with shifted(now() + timedelta(days=31)):
        assert services.forget_old_attempts() == 1
        assert services.forget_old_sessions() == 0
    with shifted(now() + timedelta(days=91)):
        assert services.forget_old_sessions() == 1
