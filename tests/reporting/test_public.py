"""What is published of a session: nothing that tells of fewer than three States, and names only by consent."""

import csv
import io

import pytest
import sqlalchemy as sa

from tests.factories import accounts, settling
from tests.factories import participation as taking_part
from tests.reporting.scenes import CODE, agree, hide, settled, waits
from tests.services.statements import statements
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.publishing import publication
from tracker.rounds.earlier.models import EarlierSeats

PAGE = f"/reports/{CODE}"
AFRICA = ("KEN", "MWI", "BEN", "MDG")
ASIA = ("NPL", "BTN", "TLS")


@pytest.fixture
def scene(app):
    return settling.scene()


@pytest.fixture
def over(scene):
    """Four African States and three of Asia and the Pacific travelled; one of Latin America missed its journey."""
    for of in (*AFRICA, *ASIA):
        scene.seat("travelled", of=of, fare=700_00)
    scene.seat("no_show", of="JAM", fare=500_00)
    settled()
    return scene


def read():
    db.session.rollback()
    return publication(*queries.facts_for_public(reference.get_session(CODE)))


def shown(rows, name="given"):
    return {one.label: getattr(one, name) for one in rows}


def test_a_group_of_one_is_merged_with_another_so_that_it_cannot_be_subtracted(over):
    found = read()
    given = shown(found.regions.groups)
    assert (found.regions.whole.given, given["African States"]) == (8, 4)
    assert given["Asia-Pacific States"] is given["Latin American and Caribbean States"] is None
    assert found.regions.merged.given == 4, "Asia and the Pacific with the one of Latin America"


def test_one_journey_that_was_missed_is_told_by_no_difference(over):
    found = read()
    assert (found.regions.whole.given, found.regions.whole.used) == (8, None)
    assert found.without_journey_minor is None
    assert found.paid_minor == 7 * 700_00 + 500_00
    assert all(one.average_minor is None for one in found.costs if one.label != "African States")


def test_amounts_follow_when_all_seats_are_settled(over, client):
    """Beside seven that are settled one journey is not: what was paid for it would be the difference of two days."""
    said = "Amounts follow when all seats of the session are settled."
    assert said not in client.get(PAGE).text
    before = read()
    late = over.seat("travelled", of="KEN", fare=100_00)
    found, page = read(), client.get(PAGE).text
    assert (found.paid_minor, found.regions.whole.given) == (None, before.regions.whole.given + 1)
    assert said in page
    assert not any(one.paid_minor for one in found.costs)
    settling.move(late, "settle")
    assert read().paid_minor == before.paid_minor + 100_00


def test_of_two_states_nothing_is_published(scene, client):
    scene.seat("travelled", fare=700_00)
    scene.seat("travelled", of="NPL", fare=700_00)
    found = read()
    assert found.is_empty
    page = client.get(PAGE).text
    assert "Nothing is published of this session." in page
    assert "700" not in page
    text = client.get(f"{PAGE}?as=csv").get_data(as_text=True)
    assert "700" not in text
    assert "nothing published" in text


def test_names_a_state_only_where_it_agreed_and_its_amount_only_where_it_agreed_to_that(over, client):
    assert read().named == ()
    agree(over.cases["JAM"], ["summary"])
    agree(over.cases["NPL"], ["summary", "amounts"])
    agree(over.cases["KEN"], ["summary", "amounts"], audience="donors")
    assert [(one.iso3, one.given, one.used, one.paid_minor) for one in read().named] == [
        ("JAM", 1, 0, None),
        ("NPL", 1, 1, 700_00),
    ]
    page = client.get(PAGE).text
    assert "Jamaica" in page
    assert "Kenya" not in page


def test_a_state_that_is_named_stands_behind_nothing(over):
    agree(over.cases["JAM"], ["summary"])
    found = read()
    assert shown(found.regions.groups)["Asia-Pacific States"] == 3
    assert found.regions.whole.used == 7
    assert found.without_journey_minor is None, "it did not agree to publish amounts"


def test_every_word_of_the_page_is_one(over, client):
    page = client.get(f"{PAGE}?lang=fr").text
    assert "Coût d’une place" in page
    assert "Project-Id-Version" not in page


def test_a_strictly_confidential_request_is_in_no_figure(over):
    before = read()
    case = waits(over, "GHA")
    assert read().regions.whole.asked > before.regions.whole.asked
    hide(case)
    assert read() == before


def test_women_are_told_where_women_and_men_are_of_three_states_each(over):
    def are(*women):
        seated = {code: case.now.id for code, case in over.cases.items()}
        with transaction() as session:
            session.execute(sa.update(Delegate).values(gender="man"))
            ids = [seated[one] for one in women]
            session.execute(sa.update(Delegate).where(Delegate.request_id.in_(ids)).values(gender="woman"))
        return read().women

    assert are("KEN", "NPL") is None
    assert are("KEN", "NPL", "BTN") == (3, 8)


def test_a_session_that_is_not_over_has_no_public_report(app, client):
    taking_part.meeting(code="AHC-T960")
    assert client.get("/reports/AHC-T960").status_code == 404
    assert "/reports/AHC-T960" not in client.get("/sessions/AHC-T960").text


def test_its_page_leads_from_the_session_and_from_the_list(over, client):
    assert f'href="{PAGE}"' in client.get(f"/sessions/{CODE}").text
    assert f'href="{PAGE}"' in client.get("/reports").text


class TestOverAllSessions:
    def test_adds_up_what_the_sessions_publish_and_nothing_else(self, over, client):
        found = queries.equity_for_public()
        one = read()
        assert found.regions == one.regions
        small = settling.scene("AHC-T961", donors=over.donors)
        small.seat("travelled", of="KEN", fare=100_00)
        db.session.rollback()
        assert queries.equity_for_public().regions == one.regions, "what publishes nothing adds nothing"

    def test_the_office_reads_all_of_it(self, over):
        small = settling.scene("AHC-T961", donors=over.donors)
        small.seat("travelled", of="KEN", fare=100_00)
        db.session.rollback()
        found = queries.equity_for_office(accounts.person("auditor").actor)
        assert (found.regions.whole.given, shown(found.regions.groups)["African States"]) == (9, 5)
        assert [session.code for session, _row in found.sessions] == ["AHC-T961", CODE]
        assert found.earlier is None

    def test_earlier_seats_stand_apart_and_are_merged_for_the_public(self, over, client):
        with transaction() as session:
            session.add_all(
                EarlierSeats(
                    session="AHC-5", ended_on=over.first_day, state_iso3=one, seats=2, settled=True, source="List"
                )
                for one in (*AFRICA, "NPL")
            )
        office = queries.equity_for_office(accounts.person("auditor").actor)
        assert (office.earlier.whole, dict(office.earlier.groups)["Asia-Pacific States"]) == (10, 2)
        assert office.regions.whole.given == 8
        public = queries.equity_for_public()
        assert (public.earlier.whole, {figure for _label, figure in public.earlier.groups}) == (10, {None, 0})
        assert public.earlier.merged == 10

    def test_costs_as_many_statements_for_two_sessions_as_for_one(self, over, client):
        client.get("/reports")
        with statements() as one:
            client.get("/reports")
        settling.scene("AHC-T961", donors=over.donors).seat("travelled", of="KEN")
        with statements() as two:
            client.get("/reports")
        assert len(one) == len(two) <= 8

    def test_its_files_say_which_edition_they_are(self, over, client):
        text = client.get("/reports?as=csv").get_data(as_text=True).lstrip("\ufeff")
        said = {line["Line"]: line["Value"] for line in csv.DictReader(io.StringIO(text))}
        assert said["Edition"].startswith("Public edition")
        assert said["Filters"] == "None: all sessions that are over"
        assert client.get("/reports?as=pdf").data.startswith(b"%PDF")
        assert client.get("/reports?as=xlsx").data.startswith(b"PK")


def test_an_empty_tracker_publishes_nothing(app, client):
    assert "Nothing is published yet." in client.get("/reports").text
    assert len(queries.equity_for_public().regions.groups) == 6
