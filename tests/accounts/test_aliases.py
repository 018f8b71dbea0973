"""One donor under several names: found however it is written, and merged without rewriting anything."""

import csv
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make_accounts
from tests.factories import pledges as make
from tests.factories import reference as reference_data
from tests.factories.accounts import person
from tests.pledges.forms import fields_of, words_of
from tracker.accounts import queries, services
from tracker.accounts.models import Organisation
from tracker.accounts.names import key_of
from tracker.database.one_statement import read_in_one_statement
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.events import Event
from tracker.extensions import db
from tracker.imports.hints import Hints
from tracker.imports.reading import open_source
from tracker.notifications import queries as notifications
from tracker.pledges import services as pledge_services
from tracker.pledges.imports import read
from tracker.pledges.models import Pledge
from tracker.pledges.queries.totals import as_public_totals, select_public_totals
from tracker.rights.actor import Actor


@pytest.fixture(autouse=True)
def with_reference(app):
    reference_data.loaded()


@pytest.fixture
def administrator(app):
    return person("administrator", of="UNODC")


def donor(code: str, name: str, **facts: Any) -> Organisation:
    services.add_organisation(actor=Actor.system, kind="donor", code=code, name=name, **facts)
    return row(code)


def row(code: str) -> Organisation:
    found = sa.select(Organisation).where(Organisation.code == code).execution_options(populate_existing=True)
    organisation = db.session.scalars(found).one()
    db.session.rollback()
    return organisation


def merge(administrator: Any, code: str, into: str) -> Any:
    second = row(code)
    return services.merge_organisation(second.public_id, actor=administrator.actor, version=second.version, into=into)


class TestNames:
    @pytest.mark.parametrize(
        "names",
        [
            ("Norway", "Government of Norway", "NORWAY", "Norway, Government of", "Norvège", "Kingdom of Norway"),
            ("Côte d'Ivoire", "Cote d’Ivoire", "Government of Côte d`Ivoire", "CÔTE D'IVOIRE"),
            ("Médecins du Monde", "MEDECINS DU MONDE", "medecins  du monde"),
            ("People's Trust", "People’s Trust", "The People's Trust"),
        ],
    )
    def test_of_one_organisation_have_one_key(self, names):
        assert len({key_of(name) for name in names}) == 1

    def test_of_others_have_others(self):
        names = ("Norway", "Norwegian Red Cross", "Norway Foundation", "Qatar Charity", "Qatar", "日本財団")
        assert len({key_of(name) for name in names}) == len(names)

    def test_that_are_known_are_not_added_again(self, administrator):
        donor("TRUST", "People's Trust")
        for code, name, said in (
            ("TRUST2", "The PEOPLE’S trust", "People's Trust, TRUST"),
            ("NORGOV", "Government of Norway", "the name of a State"),
        ):
            with pytest.raises(Invalid) as refused:
                services.add_organisation(actor=administrator.actor, kind="donor", code=code, name=name)
            assert said in str(refused.value.fields["name"])

    def test_are_not_given_to_another(self, administrator):
        donor("TRUST", "People's Trust")
        fund = donor("FUND", "Fund for Peace")
        facts = {"official_email": None, "official_language": "en", "active": True}
        change = {"actor": administrator.actor, "version": fund.version, **facts}
        with pytest.raises(Invalid):
            services.change_organisation(fund.public_id, name="people's trust", **change)
        services.change_organisation(fund.public_id, name="FUND FOR PEACE", **change)

    def test_of_an_office_are_one_however_written(self, administrator):
        state = make_accounts.organisation("KEN")
        services.add_office(row("KEN").public_id, actor=administrator.actor, name="Misión Permanente", kind="mission")
        with pytest.raises(Invalid):
            services.add_office(
                row("KEN").public_id, actor=administrator.actor, name="MISION permanente", kind="mission"
            )
        assert len(queries.offices_of(state.id)) == 1


class TestAnImport:
    HEADS = ("id", "date", "amountUSD", "srcOrganization", "status")

    def take(self, tmp_path: Path, *names: str) -> None:
        path = tmp_path / "fts.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = [(f"{number}-{name}", "2021-01-01", "1000", name, "paid") for number, name in enumerate(names)]
            csv.writer(file).writerows([self.HEADS, *rows])
        source = open_source(path, Hints())
        pledge_services.importing.import_pledges(read(source), actor=Actor.system, file_name="x.csv", sha256="1" * 64)

    def test_takes_all_spellings_as_one(self, tmp_path):
        self.take(
            tmp_path, "Norway", "Government of Norway", "norway, government of", "People's Trust", "PEOPLE’S TRUST"
        )
        kinds = db.session.execute(sa.select(Organisation.kind, Organisation.code)).all()
        assert sorted(kinds) == [("donor", "PT"), ("state", "NOR")]
        assert db.session.scalar(sa.select(sa.func.count(Pledge.id))) == 5

    def test_finds_what_was_merged_under_its_other_name(self, tmp_path, administrator):
        donor("TRUST", "People's Trust")
        donor("OLD", "Trust of the People")
        merge(administrator, "OLD", "TRUST")
        self.take(tmp_path, "trust of the people")
        trust = row("TRUST").id
        assert db.session.scalars(sa.select(Pledge.organisation_id)).all() == [trust]


@pytest.fixture
def two(app, administrator) -> tuple[make.People, make.People, Any, Any]:
    """A donor under two names with people, and a signed pledge under each."""
    first, second = make.people("NORAD"), make.people("SECOND")
    return first, second, make.signed(first), make.signed(second)


class TestAMerger:
    def test_shows_people_pledges_and_addresses_under_the_first(self, app, administrator, two, sign_in):
        first, second, pledge, other = two
        merge(administrator, "SECOND", "NORAD")
        home = row("NORAD")
        for who in (first, second):
            client = sign_in(app.test_client(), who.officer)
            listed = words_of(client.get("/pledges"))
            for public_id in (pledge, other):
                reference = db.session.scalar(sa.select(Pledge.reference).where(Pledge.public_id == public_id))
                assert reference in listed
                assert client.get(f"/pledges/{public_id}").status_code == 200
            assert "0 donors" not in listed
        office = sign_in(app.test_client(), administrator)
        page = words_of(office.get(f"/organisations/{home.public_id}"))
        assert first.officer.name in page
        assert second.officer.name in page
        assert "Also known as" in page
        assert office.get(f"/organisations/{row('SECOND').public_id}").location.endswith(
            f"/organisations/{home.public_id}"
        )

    def test_leaves_one_line_in_lists_and_finds_it_by_either_name(self, app, administrator, two, sign_in):
        merge(administrator, "SECOND", "NORAD")
        office = sign_in(app.test_client(), administrator)
        for query in ("", "?q=SECOND", "?q=NORAD"):
            listed = office.get(f"/settings/organisations{query}").text
            assert "<bdi>NORAD</bdi>" in listed
            assert "<bdi>SECOND</bdi>" not in listed
        manager = sign_in(app.test_client(), two[0].manager)
        assert manager.get("/pledges").text.count("<td>NORAD</td>") == 2

    def test_lets_the_people_of_either_name_act_on_what_is_theirs(self, administrator, two):
        first, second, pledge, other = two
        merge(administrator, "SECOND", "NORAD")
        signatory = queries.actor_for(second.signatory.person_id, second.signatory.membership_id)
        assert (signatory.organisation_code, signatory.organisation_id) == ("NORAD", row("NORAD").id)
        pledge_services.withdraw(pledge, actor=signatory, version=2, reason="Together")
        mine = queries.actor_for(first.signatory.person_id, first.signatory.membership_id)
        pledge_services.withdraw(other, actor=mine, version=2, reason="Together")
        new = pledge_services.offer(
            make.terms(), actor=queries.actor_for(second.officer.person_id, second.officer.membership_id)
        )
        reference = db.session.scalar(sa.select(Pledge.reference).where(Pledge.public_id == make.uuid.UUID(new)))
        assert "-NORAD-" in reference

    def test_rewrites_nothing(self, administrator, two):
        second = two[1]
        before = db.session.execute(sa.select(Pledge.organisation_id, Pledge.reference).order_by(Pledge.id)).all()
        db.session.rollback()
        merge(administrator, "SECOND", "NORAD")
        after = db.session.execute(sa.select(Pledge.organisation_id, Pledge.reference).order_by(Pledge.id)).all()
        assert before == after
        assert [member.organisation_id for member in queries.members(row("SECOND").id)] == [
            second.officer.organisation_id
        ] * 2
        names = db.session.scalars(sa.select(Event.name).where(Event.name == "accounts.organisation_merged")).all()
        assert len(names) == 1

    def test_tells_the_people_of_both_of_a_pledge(self, administrator, two):
        first, second, pledge, _other = two
        merge(administrator, "SECOND", "NORAD")
        row_of_pledge = db.session.scalars(sa.select(Pledge).where(Pledge.public_id == pledge)).one()
        told = notifications.audience_in_words("pledges.accepted", row_of_pledge, first.manager.actor)
        assert any(second.officer.name in str(who) for who, _language in told)

    def test_is_told_to_administrators_and_auditors(self, administrator, two):
        auditor = person("auditor", of="UNODC")
        told = notifications.audience_in_words("accounts.organisation_merged", row("SECOND"), administrator.actor)
        for someone in (administrator, auditor):
            assert any(someone.name in str(who) for who, _language in told)

    def test_counts_one_donor(self, administrator, two, app):
        for people in two[:2]:
            make.accepted(people)
        assert as_public_totals(read_in_one_statement(**select_public_totals())).donors == 2
        db.session.rollback()
        merge(administrator, "SECOND", "NORAD")
        assert as_public_totals(read_in_one_statement(**select_public_totals())).donors == 1

    def test_of_a_merger_points_to_the_last(self, administrator, two):
        donor("TRUST", "People's Trust")
        merge(administrator, "SECOND", "NORAD")
        merge(administrator, "NORAD", "TRUST")
        assert row("SECOND").home.code == row("NORAD").home.code == "TRUST"
        with pytest.raises(Invalid):
            merge(administrator, "TRUST", "SECOND")

    def test_closing_the_first_closes_its_other_names(self, administrator, two):
        merge(administrator, "SECOND", "NORAD")
        home = row("NORAD")
        facts = {"official_email": None, "official_language": "en", "active": False}
        services.change_organisation(
            home.public_id, actor=administrator.actor, version=home.version, name=home.name, **facts
        )
        officer = two[1].officer
        assert queries.actor_for(officer.person_id, officer.membership_id) is None
        assert row("SECOND").active is False


class TestWhoMayMerge:
    def test_only_the_offices_administrator(self, two):
        second = row("SECOND")
        with pytest.raises(Forbidden):
            services.merge_organisation(second.public_id, actor=two[1].manager.actor, version=1, into="NORAD")

    def test_only_a_donor_into_another_organisation(self, administrator, two):
        make_accounts.organisation("KEN")
        for code, into, refusal in (
            ("KEN", "NORAD", Forbidden),
            ("NORAD", "NORAD", Invalid),
            ("NORAD", "NOBODY", Invalid),
            ("NORAD", "UNODC", Invalid),
        ):
            with pytest.raises(refusal):
                merge(administrator, code, into)
        merge(administrator, "NORAD", "KEN")

    def test_not_over_what_somebody_else_changed(self, administrator, two):
        second = row("SECOND")
        with pytest.raises(Conflict):
            services.merge_organisation(
                second.public_id, actor=administrator.actor, version=second.version + 1, into="NORAD"
            )


class TestThePageBefore:
    def test_says_what_moves_and_does_nothing_until_it_is_sent(self, app, administrator, two, sign_in):
        second, other = two[1], two[3]
        client = sign_in(app.test_client(), administrator)
        address = f"/settings/organisations/{row('SECOND').public_id}/merge"
        assert "Code of the other organisation" in words_of(client.get(address))
        shown = client.get(f"{address}?into=norad")
        words = words_of(shown)
        reference = db.session.scalar(sa.select(Pledge.reference).where(Pledge.public_id == other))
        for said in (second.officer.name, second.signatory.name, reference, "Nothing that was recorded is rewritten"):
            assert said in words
        assert row("SECOND").merged_into_id is None
        answer = client.post(address, data=fields_of(shown.text))
        assert answer.status_code == 302
        assert row("SECOND").home.code == "NORAD"

    def test_says_that_there_is_no_such_code(self, app, administrator, two, sign_in):
        client = sign_in(app.test_client(), administrator)
        shown = client.get(f"/settings/organisations/{row('SECOND').public_id}/merge?into=NOBODY")
        assert "There is no State or donor with this code." in words_of(shown)
        assert 'value="NOBODY"' in shown.text
