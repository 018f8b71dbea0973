"""The production set does the main job: everybody comes in by a link from a letter, and works over plain HTTP."""

import re
import uuid
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from lxml import html

from tests.factories.accounts import PASSWORD
from tests.journeys import people, steps
from tests.journeys.people import Everybody
from tests.journeys.posting import Poster
from tests.services.postgresql import wait_for
from tests.services.production import ProductionSet
from tracker.accounts.models import Person
from tracker.accounts.roles import CONFIRMED_ROLES, SIGNING_ROLES
from tracker.calendar.now import today
from tracker.extensions import db

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.production, pytest.mark.xdist_group("production")]
FORM = "application/x-www-form-urlencoded"
PEOPLE = sa.select(Person.id, Person.email)
LINK = re.compile(r"https?://\S+/invitation/\S+")


@dataclass
class House:
    """An installation into which people are invited one after the other."""

    running: ProductionSet
    second: Poster | None = None

    def seat(self, link: str, language: str = "en") -> Poster:
        """Take up the place that a link offers; the person is signed in afterwards."""
        poster = Poster(self.running.url, language)
        poster.go(urlsplit(link).path).write(language=language, password=PASSWORD).send()
        assert poster.page.get("lang") == language
        return poster

    def invite(self, by: Poster, organisation: str, *roles: str, email: str, language: str = "en", **place: str):
        """`by` invites somebody, who opens the letter that came and takes the place up."""
        by.go(f"/organisations/{organisation}/invite")
        by.write(name=email.partition("@")[0].title(), email=email, language=language, roles=list(roles), **place)
        by.send()
        if CONFIRMED_ROLES & set(roles):
            self.confirm(signing=bool(SIGNING_ROLES & set(roles)))
        return self.seat(self.link_to(email), language)

    def confirm(self, *, signing: bool) -> None:
        """The second administrator gives what waits, with a note verbale to whoever signs."""
        assert self.second is not None
        self.second.go(self.second.go("/settings/roles").links("^/settings/roles/")[0])
        if signing:
            self.second.write(note_reference="NV/1", note_date=today(), note_file=steps.NOTE)
        self.second.send()

    def link_to(self, email: str) -> str:
        """The link in the letter to this address, when it is there."""
        wait_for(lambda: self.running.smtp.to(email), seconds=30, what=f"the letter to {email}")
        found = LINK.search(self.running.smtp.to(email)[0].text)
        assert found, self.running.smtp.to(email)[0].text
        return found[0]


@pytest.fixture
def house(production_set) -> House:
    return House(production_set)


def first_administrators(house: House) -> Poster:
    """As docs/operating.md has it: reference data, then the first two accounts, whose links the command prints."""
    house.running.command("reference", "load")
    head, house.second = (
        house.seat(LINK.search(house.running.command("accounts", "create", "--email", email, "--name", "Head"))[0])
        for email in ("head@office.example", "deputy@office.example")
    )
    return head


def staff(house: House, administrator: Poster) -> dict[str, Poster]:
    """The people of the office."""
    office = administrator.go("/settings/organisations").links("^/organisations/")[0].rsplit("/", 1)[1]
    return {
        name: house.invite(administrator, office, role, email=f"{name}@office.example")
        for name, role in (
            ("officer", "triage_officer"),
            ("manager", "programme_manager"),
            ("finance", "finance_officer"),
            ("second_finance", "finance_officer"),
        )
    }


def state(house: House, administrator: Poster) -> dict[str, Poster]:
    """A State whose own administrator opens its mission and invites its people; it works in French and Arabic."""
    administrator.go("/settings/organisations/new-state")
    administrator.write(state="CIV", official_email="note@civ.example", official_language="fr").send()
    place = administrator.id_in("/organisations/([0-9a-f-]{36})")
    own = house.invite(administrator, place, "state_administrator", email="admin@civ.example", language="fr")
    own.go(f"/organisations/{place}/offices/new").write(
        name="Mission permanente", kind="mission", is_authority="y"
    ).send()
    mission = own.go(f"/organisations/{place}").links("^/offices/")[0].rsplit("/", 1)[1]
    return {
        "drafter": house.invite(own, place, "focal_point", email="drafter@civ.example", language="fr"),
        "authority": house.invite(
            own, place, "authorising_officer", email="authority@civ.example", language="ar", office=mission
        ),
    }


def donor(house: House, administrator: Poster) -> dict[str, Poster]:
    """A donor whose own administrator invites its people."""
    administrator.go("/settings/organisations/new")
    administrator.write(kind="donor", code="NORAD", name="Norad", official_email="post@norad.example")
    administrator.write(official_language="en").send()
    place = administrator.id_in("/organisations/([0-9a-f-]{36})")
    own = house.invite(administrator, place, "donor_administrator", email="admin@norad.example")
    return {
        "donor": house.invite(own, place, "donor_officer", email="donor@norad.example", language="es"),
        "signatory": house.invite(own, place, "donor_signatory", email="signatory@norad.example"),
    }


def known(names: list[str]) -> Everybody:
    """The people of the journey as the database knows them."""
    rows = db.session.execute(PEOPLE).all()
    db.session.rollback()
    found = {row.email.partition("@")[0]: SimpleNamespace(person_id=row.id, email=row.email) for row in rows}
    return Everybody(**{name: found[name] for name in names})


def test_does_the_main_job(house):
    running = house.running.start()
    administrator = first_administrators(house)
    seats = staff(house, administrator) | state(house, administrator) | donor(house, administrator)
    people.wait_until_sent()
    running.smtp.clear()

    drafter, authority, officer, manager = (seats[name] for name in ("drafter", "authority", "officer", "manager"))
    request = steps.ask_for_authorisation(drafter)
    steps.authorise(authority, request)
    steps.take_up(officer, request)
    steps.ask_and_answer(officer, authority, request)
    steps.accept(officer, manager, request, amount="9650")
    steps.pledge(seats["donor"], seats["signatory"], manager, seats["finance"])
    steps.pay(manager, seats["second_finance"], seats["finance"], request, amount="9650")
    steps.deliver_and_confirm(officer, drafter, manager, request)

    assert drafter.page.get("lang") == "fr"
    assert authority.page.get("dir") == "rtl"
    people.wait_until_sent()
    everybody = known(list(seats))
    assert set(people.mails_by_person(everybody)) >= set(seats)
    people.assert_mail_is_due_and_in_their_language(everybody, running.smtp)
    assert "Every balance is the sum" in running.command("ledger", "verify")


def test_knows_no_demonstration(house):
    anybody = Poster(house.running.url)
    house.running.start_web().wait_for_line("Booting worker")
    assert "/demonstration/" not in str(html.tostring(anybody.go("/sign-in").page))
    assert anybody.ask("/demo/mailbox").status == 404
    for body in (None, b""):
        assert anybody.ask(f"/demonstration/sign-in/{uuid.uuid4()}", body=body, kind=FORM).status == 404
