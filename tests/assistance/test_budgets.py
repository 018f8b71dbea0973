"""How many statements the State's pages cost: the same for ten rows and for a hundred (architecture.md, Speed)."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.events import Event


def cost(client, address) -> int:
    client.get(address)  # the session is touched at most once a minute
    with statements() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def many_more(case, number: int) -> None:
    """Rows like the one of `case`, written at once, with an event each."""
    with transaction() as session:
        row = dict(
            session.execute(sa.select(AssistanceRequest.__table__).where(AssistanceRequest.public_id == case.public_id))
            .one()
            ._mapping
        )
        for position in range(number):
            fresh = {
                **row,
                "public_id": uuid.uuid4(),
                "public_number": uuid.uuid4(),
                "reference": f"TA-2020-KEN-{position + 1000}",
                "reference_number": position + 1000,
            }
            fresh.pop("id")
            new = session.execute(
                sa.insert(AssistanceRequest.__table__).values(**fresh).returning(AssistanceRequest.id)
            )
            session.add(
                Event(
                    name="assistance.submitted",
                    at=now(),
                    subject_type="request",
                    subject_id=new.scalar_one(),
                    organisation_id=row["organisation_id"],
                    data={},
                )
            )


@pytest.mark.parametrize(("address", "most"), [("/desk", 6), ("/requests", 6), ("/requests?status=open&q=evidence", 6)])
def test_a_list_costs_the_same_for_ten_rows_and_a_hundred(client, sign_in, address, most):
    case = make.submitted()
    sign_in(client, case.people.drafter)
    many_more(case, 10)
    with_ten = cost(client, address)
    many_more_later(case)
    assert cost(client, address) == with_ten <= most


def many_more_later(case) -> None:
    """A hundred rows beside the ten."""
    with transaction() as session:
        session.execute(
            sa.update(AssistanceRequest)
            .where(AssistanceRequest.reference_number >= 1000)
            .values(
                reference=AssistanceRequest.reference + "-x",
                reference_number=AssistanceRequest.reference_number + 5000,
            )
        )
    many_more(case, 100)


@pytest.mark.parametrize("status", ["draft", "clarification", "declined", "in_implementation", "completed"])
def test_a_request_page_costs_at_most_eight(client, sign_in, status):
    case = make.IN_EVERY_STATUS[status](make.People())
    sign_in(client, case.people.drafter)
    assert cost(client, case.url) <= 8
    assert cost(client, f"{case.url}/annex") <= 8
