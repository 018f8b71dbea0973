"""The pages of accounts in a real browser: for everyone, at every width, in both directions."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.look.test_browser import overflow, violations
from tracker.accounts import queries, services
from tracker.accounts.models import AccountRequest, Invitation
from tracker.accounts.services import NamedPerson, NoteVerbale
from tracker.extensions import db
from tracker.now import today

# How a page looks does not depend on the database; journeys go through both.
pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]

PUBLIC = ("sign-in", "forgotten-password", "forgotten-password/sent", "ask-for-an-account", "invitation/over")
OWN = ("account", "account/password", "account/membership")
SETTINGS = (
    "settings/organisations",
    "settings/organisations?q=nothing+like+it",
    "settings/organisations/new",
    "settings/organisations/new-state",
    "settings/people",
    "settings/account-requests",
    "settings/account-requests?status=refused",
)


@pytest.fixture
def world(app):
    """A State with its people, an open invitation, a waiting request, an administrator; addresses by name."""
    root = make.person("administrator", name="Ruth Administrator", demonstration=True)
    boss = make.person("state_administrator", name="Wanjiru Kamau", of="KEN", demonstration=True)
    anna = make.person("focal_point", name="Anna Karanja", of="KEN", password=make.PASSWORD)
    make.membership(boss, "donor_officer", of="NORAD")
    kenya = make.organisation("KEN").public_id
    services.invite(
        kenya, actor=boss.actor, email="new@justice.example", name="Otieno", language="en", roles=["focal_point"]
    )
    make.state("CIV")
    named = NamedPerson("Aya Koffi", "Conseillère", "aya@diplomatie.example", "fr")
    services.ask(
        address="",
        key=None,
        state_iso3="CIV",
        office_name="Mission permanente à Vienne",
        office_kind="mission",
        official_email="mission@diplomatie.example",
        people=[named],
        note=NoteVerbale("NV/2026/114", today()),
        language="fr",
    )
    asked = db.session.scalars(sa.select(AccountRequest.public_id)).one()
    link = queries.link_for_invitation(db.session.scalars(sa.select(Invitation.id)).one())
    db.session.rollback()
    own = f"organisations/{kenya}"
    office = make.office("KEN").public_id
    return {
        "root": root,
        "boss": boss,
        "link": link,
        "state": (own, f"{own}/invite", f"{own}/offices/new", f"offices/{office}",
                  f"memberships/{anna.membership_public_id}", f"memberships/{anna.membership_public_id}/end"),
        "office": (own, f"settings/organisations/{kenya}", f"settings/people/{anna.public_id}",
                   f"settings/people/{anna.public_id}/disable", f"settings/account-requests/{asked}",
                   f"settings/account-requests/{asked}/refuse"),
    }  # fmt: skip


def come_in(page, name):
    """Sign in with one press, as a demonstration offers."""
    page.goto("/sign-in")
    page.get_by_role("button", name=f"Sign in as {name}").first.click()


def complaints(page, addresses):
    """What axe finds, and what is wider than a phone, on each of these pages."""
    found = []
    for address in addresses:
        page.goto(f"/{address}", wait_until="domcontentloaded")
        page.set_viewport_size({"width": 320, "height": 800})
        found += [(address, "overflow")] if overflow(page) else []
        page.set_viewport_size({"width": 1280, "height": 800})
        found += [(address, text) for text in violations(page)]
    return found


def test_public_pages_are_for_everyone(page, world):
    assert complaints(page, (*PUBLIC, world["link"].split("/", 3)[3], "sign-in?lang=ar")) == []


def test_pages_of_a_state_are_for_everyone(page, world):
    come_in(page, "Wanjiru Kamau")
    assert complaints(page, (*OWN, *world["state"], "account?lang=ar")) == []


def test_pages_of_the_office_are_for_everyone(page, world):
    come_in(page, "Ruth Administrator")
    assert complaints(page, (*SETTINGS, *world["office"])) == []


def test_an_invitation_is_taken_up_by_keyboard_alone(page, world):
    page.goto(world["link"])
    page.get_by_label("Your language").select_option("fr")
    page.get_by_label("Password").fill("four quiet green boats")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/invitation/" not in url)
    page.goto("/account")
    assert page.locator("html").get_attribute("lang") == "fr"
