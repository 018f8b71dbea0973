"""Pages cost as many statements for many rows as for few."""

import pytest

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.services.statements import statements
from tracker.assistance.models import Consent
from tracker.database.transactions import transaction
from tracker.pledges import services
from tracker.pledges.services import Payment


def cost_of(app, sign_in, someone, path) -> list[str]:
    client = sign_in(app.test_client(), someone)
    client.get(path)
    with statements() as seen:
        assert client.get(path).status_code == 200
    return seen


def fill(people, rows: int) -> tuple[str, str]:
    """A pledge with as many allocations, as many other pledges, and a need; their addresses."""
    rule = make.Rule("kinds", ("technical",))
    pledge = make.funded(people, make.terms(1_000_00, earmarks=[rule]))
    with transaction() as session:
        giver = person("authorising_officer").person_id
        for _ in range(rows):
            request = make.request_of(approved=100_00)
            session.add(Consent(request_id=request.id, field="title", audience="donors", given_by_id=giver))
    for _ in range(rows):
        request = make.request_of(approved=100_00)
        allocation = make.allocated(people, pledge, request, 10_00)
        payment = Payment(1_00, make.today(), "FIN-1", "supplier", "card")
        services.disburse(allocation, actor=people.finance.actor, payment=payment)
        make.planned(people, pledge, request, 5_00)
        make.accepted(people, make.terms(10_00, earmarks=[rule]))
    return f"/pledges/{pledge}", f"/finance/requests/{make.request_of().public_id}/plan"


@pytest.mark.parametrize("rows", [1, 8])
def test_pages_stay_within_their_statements(app, people, sign_in, rows):
    pledge, plan = fill(people, rows)
    for who, path, most in (
        ("officer", "/pledges", 6),
        ("finance", "/pledges", 6),
        ("officer", pledge, 10),  # what became of the agreement's file is read apart, where there is one
        ("finance", pledge, 11),
        ("officer", "/donor", 6),
        ("officer", "/donor/needs", 6),
        ("finance", "/finance", 6),
        ("finance", plan, 10),
    ):
        seen = cost_of(app, sign_in, getattr(people, who), path)
        assert len(seen) <= most, (path, who, len(seen))
