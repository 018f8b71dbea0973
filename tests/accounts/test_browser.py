"""Taking up an invitation in a real browser; how the pages look is seen to in tests/journeys."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tracker.accounts import queries, services
from tracker.accounts.models import Invitation
from tracker.extensions import db

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]


@pytest.fixture
def link(app):
    """The link of an open invitation."""
    boss = make.person("state_administrator", of="KEN")
    kenya = make.organisation("KEN").public_id
    services.invite(
        kenya, actor=boss.actor, email="new@justice.example", name="Otieno", language="en", roles=["focal_point"]
    )
    link = queries.link_for_invitation(db.session.scalars(sa.select(Invitation.id)).one())
    db.session.rollback()
    return link


def test_an_invitation_is_taken_up_by_keyboard_alone(page, link):
    page.goto(link)
    page.get_by_label("Your language").select_option("fr")
    page.get_by_label("Password").fill("four quiet green boats")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/invitation/" not in url)
    page.goto("/account")
    assert page.locator("html").get_attribute("lang") == "fr"
