"""The pages of money in a real browser: nothing for axe to find, nothing that overflows on a phone."""

import os

import pytest

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.look.test_browser import overflow, violations
from tracker.assistance.models import Consent
from tracker.database import transaction
from tracker.now import today
from tracker.pledges import services
from tracker.pledges.services import Payment

# How a page looks does not depend on the database; journeys go through both.
pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]


@pytest.fixture
def story(app):
    """A pledge in the middle of its life, with other pledges and needs around it; gives people and addresses."""
    people = make.cast()
    rules = [make.Rule("lists", ("ldc",)), make.Rule("kinds", ("technical",), 5000)]
    terms = make.terms(
        400_000_00, parts=(150_000_00, 150_000_00, 100_000_00), earmarks=rules, title="Least developed States"
    )
    pledge = make.accepted(people, terms)
    for amount in (150_000_00, 60_000_00):
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(amount))
    first, second = make.request_of("RWA", approved=87_900_00), make.request_of("MWI", approved=64_200_00)
    allocation = make.allocated(people, pledge, first, 60_000_00)
    payment = Payment(25_000_50, today(), "FIN-25-0031", "supplier", "bank_transfer")
    services.disburse(allocation, actor=people.finance.actor, payment=payment)
    plan = make.planned(people, pledge, second, 12_000_00)
    restricted = make.terms(5_000_00, "EUR", earmarks=[make.Rule("kinds", ("participation",))], title="Seats in Vienna")
    make.funded(people, restricted)
    offered = make.offered(people, make.terms(70_000_00, title="Prosecution, Africa"))
    with transaction() as session:
        giver = person("authorising_officer").person_id
        for request in (first, second):
            for name in ("title", "summary", "amounts"):
                consent = Consent(request_id=request.id, field=name, audience="donors", given_by_id=giver)
                session.add(consent)
    services.set_interests({"regions": ["AFR"], "lists": ["ldc"]}, actor=people.officer.actor, version=None)
    return {
        "people": people,
        "donor": ["/donor", "/donor/needs", "/donor/interests", "/pledges", f"/pledges/{pledge}", "/pledges/new"],
        "signatory": [f"/pledges/{offered}/sign", f"/pledges/{pledge}/withdraw"],
        "finance": [
            "/finance",
            f"/finance/allocations/{allocation}",
            f"/finance/allocations/{plan}/approve",
            f"/finance/requests/{second.public_id}/plan",
            f"/pledges/{pledge}",
            f"/pledges/{pledge}/receipt",
        ],
        "manager": [f"/pledges/{pledge}/raise"],
    }


WHO = {"donor": "officer", "signatory": "signatory", "finance": "finance", "manager": "manager"}


@pytest.mark.parametrize("side", WHO)
def test_page_is_for_everyone(story, page_of, side):
    page = page_of(getattr(story["people"], WHO[side]))
    for path in story[side]:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(path)
            assert answer.status == 200, path
            assert overflow(page) == 0, (path, width)
            _shoot(page, path, width)
        assert violations(page) == [], path


def _shoot(page, path, width):
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{path.strip('/').replace('/', '-')[:60]}-{width}.png", full_page=True)
