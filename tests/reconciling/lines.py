"""Many payments here and the lines of a finance system about them, some of them wrong in one of six ways."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from tests.factories import pledges as make
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.pledges.models import Act, Allocation, Disbursement, Pledge
from tracker.pledges.services import Payment, disburse
from tracker.reconciling import services
from tracker.reconciling.services import Said

WAYS = ("missing here", "missing there", "amount", "currency", "day", "direction")
COLUMNS = {"reference": "Doc no.", "day": "Value date", "amount": "Amount", "currency": "Curr", "payee": "Vendor"}
HEAD = ",".join(COLUMNS.values())


@dataclass(frozen=True)
class Line:
    """A line of the other system; what was paid has a minus."""

    reference: str
    day: date
    amount_minor: int
    currency: str = "USD"
    payee: str = ""

    def __str__(self) -> str:
        amount = f"{self.amount_minor / 100:.2f}"
        return f"{self.reference},{self.day.isoformat()},{amount},{self.currency},{self.payee}"


def file_of(lines: list[Line]) -> bytes:
    """The lines as CSV."""
    return "\n".join((HEAD, *map(str, lines))).encode()


def source(people: make.People, name: str = "Finance system", columns=None) -> uuid.UUID:
    """A system with the headings of these lines."""
    said = Said(name, COLUMNS if columns is None else columns)
    return uuid.UUID(services.save_source(None, actor=people.finance.actor, version=None, said=said))


def paid(people: make.People, number: int) -> list[Line]:
    """A receipt and so many payments of one allocation, and what the other system says of them. One payment is made by
    its verb, the others are rows like it: they are compared, and no balance is asked about."""
    pledge = make.funded(people, make.terms(1_000_00))
    allocation = make.allocated(people, pledge, make.request_of(), 500_00)
    first = Line("FIN-00000", today(), -1_00)
    payment = Payment(1_00, first.day, first.reference, "supplier", "bank_transfer")
    disburse(allocation, actor=people.finance.actor, payment=payment)
    lines = [Line(f"FIN-{n:05}", today() - timedelta(days=n % 28), -(100 + n)) for n in range(1, number)]
    with transaction() as session:
        pledge_id = session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
        allocation_id = session.scalar(sa.select(Allocation.id).where(Allocation.public_id == allocation))
        event_id = session.scalar(sa.select(sa.func.max(Act.event_id)))
        session.execute(sa.insert(Act), [_act(line, n, pledge_id, event_id) for n, line in enumerate(lines, 1_000)])
        of_reference = {row[0]: row[1] for row in session.execute(sa.select(Act.external_reference, Act.id))}
        kinds = {"direction": "paid", "payee_kind": "supplier", "method": "bank_transfer"}
        rows = [
            {
                "public_id": uuid.uuid4(),
                "allocation_id": allocation_id,
                "act_id": of_reference[line.reference],
                "amount_minor": -line.amount_minor,
                **kinds,
            }
            for line in lines
        ]
        session.execute(sa.insert(Disbursement), rows)
        of_it = Act.name == "receipt", Act.pledge_id == pledge_id
        came_in = session.scalar(sa.select(Act.external_reference).where(*of_it))
    return [Line(came_in, today(), 1_000_00), first, *lines]


def _act(line: Line, number: int, pledge_id: int, event_id: int) -> dict:
    return {
        "public_id": uuid.uuid4(),
        "pledge_id": pledge_id,
        "number": number,
        "name": "disburse",
        "event_id": event_id,
        "at": now(),
        "value_date": line.day,
        "external_reference": line.reference,
    }


def spoilt(lines: list[Line], wrong: int) -> tuple[list[Line], dict[str, set[str]]]:
    """The lines of the other system with so many wrong, spread over the file, and the references wrong in each way."""
    said, ways = list(lines), {way: set() for way in WAYS}
    step = (len(lines) - 3) // wrong
    for n in range(wrong):
        at, way = 2 + n * step, WAYS[n % len(WAYS)]
        line = lines[at]
        ways[way].add(f"NEW-{line.reference}" if way == "missing here" else line.reference)
        said[at] = {
            "missing here": line,
            "missing there": None,
            "amount": replace(line, amount_minor=line.amount_minor - 7),
            "currency": replace(line, currency="EUR"),
            "day": replace(line, day=line.day - timedelta(days=1)),
            "direction": replace(line, amount_minor=-line.amount_minor),
        }[way]
        if way == "missing here":
            said.append(replace(line, reference=f"NEW-{line.reference}"))
    return [line for line in said if line is not None], ways
