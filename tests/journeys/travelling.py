"""The steps from a session's support to the paid ticket, each as the person at the browser takes it."""

import uuid

import sqlalchemy as sa

from tests.factories.accounts import person
from tests.journeys.browsing import Seat
from tests.journeys.steps import A_DAY
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.seats.models import Seat as SeatRow
from tracker.participation.settling.models import SettlementLine
from tracker.participation.travel.models import SeatTravel
from tracker.pledges import ledger
from tracker.pledges.ledger import fund
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, SeatLine
from tracker.reference import queries as reference
from tracker.reference import services as keeping

SESSION = "AHC-P1"


def dated() -> int:
    """An administrator gives the session its days, 90 days from now; gives its id."""
    found = reference.get_session(SESSION)
    session_id, version = found.id, found.version
    starts = today() + 90 * A_DAY
    facts = {"starts_on": starts, "ends_on": starts + 4 * A_DAY, "city": "Vienna", "airport_iata": "VIE"}
    db.session.rollback()
    keeping.edit_session(SESSION, actor=person("administrator").actor, version=version, **facts)
    return session_id


def set_up(manager: Seat, *, closing_in: int = 1) -> None:
    """The manager says what the session pays: one seat for each State, those that nominate in time first."""
    manager.go(f"/settings/sessions/{SESSION}/support/new")
    manager.write(seats="3", first_pass="1", seats_per_state="1", alternates_per_state="1", rule_set="A")
    manager.write(nominations_on=today() + closing_in * A_DAY, in_time_place="1", in_time_source="Practice").send()


def close_nominations(manager: Seat) -> None:
    """The manager closes nominations as of yesterday, which is asked twice: what comes now is late."""
    manager.go(f"/settings/sessions/{SESSION}/support").write(nominations_on=today() - A_DAY).refused()
    manager.send()


def open_round(manager: Seat) -> str:
    """The manager opens a round of the session; gives its id."""
    manager.go(f"/rounds/sessions/{SESSION}/open").send()
    return manager.id_in("/rounds/([0-9a-f-]{36})")


def give_out_of_turn(manager: Seat, round_: str, reason: str) -> None:
    """The last State of the order is given a seat before all others, which needs a reason."""
    manager.go(manager.go(f"/rounds/{round_}").links("/give/")[-1])
    _choose_pledge(manager)
    manager.write(reason=reason).send()


def give_in_turn(manager: Seat, round_: str) -> None:
    """Everybody else is given a seat in the published order."""
    while links := manager.go(f"/rounds/{round_}").links("/give/"):
        manager.go(links[0])
        _choose_pledge(manager)
        manager.send()


def _choose_pledge(manager: Seat) -> None:
    pledge = manager.page.locator("main [name=pledge]").first.get_attribute("value")
    manager.write(pledge=pledge)


def sign_and_approve(manager: Seat, second_finance: Seat, round_: str) -> None:
    manager.go(f"/rounds/{round_}/prepare").send()
    second_finance.go(f"/rounds/{round_}/approve").send()


def offer(travel: Seat) -> None:
    """The travel officer offers every seat that waits for it."""
    travel.go(f"/sessions/{SESSION}/offers")
    for box in travel.page.locator("main [name=s]").all():
        box.check()
    travel.press(travel.page.locator("main form[method=get] button[type=submit]").first)
    travel.send()


def confirm(authority: Seat, request: str) -> None:
    authority.go(_offer(authority, request) + "/confirm").write(nobody_else_pays="y").send()


def decline(authority: Seat, request: str, reason: str) -> None:
    authority.go(_offer(authority, request) + "/decline").write(reason=reason).send()


def substitute(authority: Seat, request: str) -> None:
    """Somebody else of the delegation takes the seat."""
    authority.go(_offer(authority, request) + "/substitute")
    somebody = authority.page.locator("main [name=who]").first.get_attribute("value")
    authority.write(who=somebody).send()


def _offer(authority: Seat, request: str) -> str:
    return authority.go(f"/requests/{request}").links("/offers/")[-1]


def allocation_of(finance: Seat, request: str) -> str:
    """The allocation that pays the seat of a request."""
    return finance.go(f"/finance/requests/{request}/plan").links("/finance/allocations/")[0].split("/")[3]


def estimates(finance: Seat, allocation: str) -> list[int]:
    """What was estimated for each line of the seat, in cents, in the order of the lines."""
    rows = sa.select(SeatLine.estimate_minor).join(Allocation, Allocation.id == SeatLine.allocation_id)
    found = list(db.session.scalars(rows.where(Allocation.public_id == uuid.UUID(allocation)).order_by(SeatLine.id)))
    db.session.rollback()
    return found


def pay_line(finance: Seat, allocation: str, line: int, cents: int, part: str, number: str, *, note: str = "") -> Seat:
    """Write a payment for a line of the seat (counted as on the page) and leave it to be sent."""
    finance.go(f"/finance/allocations/{allocation}/pay")
    value = finance.page.locator("main [name=line] option").nth(line).get_attribute("value")
    payee = "travel_agent" if line == 1 else "delegate"
    return finance.write(
        line=value, amount=f"{cents / 100:.2f}", part=part, external_reference=number, payee_kind=payee, note=note
    )


def top_up(travel: Seat, second_finance: Seat, allocation: str, cents: int) -> None:
    """The travel officer asks for more money for the ticket, a finance officer confirms."""
    travel.go(f"/finance/acts/top-up/{allocation}/fare").write(
        amount=f"{cents / 100:.2f}", reason="Fares have risen."
    ).send()
    act = travel.id_in("/finance/acts/([0-9a-f-]{36})")
    second_finance.go(f"/finance/acts/{act}/confirm").send()


def money_of(allocation: str) -> tuple[int, int]:
    """What an allocation holds and what was paid from it, in cents."""
    found = db.session.scalars(sa.select(Allocation).where(Allocation.public_id == uuid.UUID(allocation))).one()
    accounts = (fund(AccountKind.HELD, found.id), fund(AccountKind.PAID, found.id))
    held, paid = (ledger.balance(found.pledge_id, account) for account in accounts)
    db.session.rollback()
    return held, paid


def dues_of(seat: str) -> dict[str, int]:
    """What is due for each line of a seat whose settlement is entered, in cents."""
    whose = sa.select(SeatRow.id).where(SeatRow.public_id == uuid.UUID(seat.rpartition("/")[2])).scalar_subquery()
    rows = db.session.execute(
        sa.select(SettlementLine.kind, SettlementLine.due_minor).where(SettlementLine.seat_id == whose)
    ).all()
    db.session.rollback()
    return {row.kind: row.due_minor for row in rows}


def seat_of(travel: Seat, name: str) -> str:
    """The address of the journey of somebody on the travel desk."""
    travel.go(f"/sessions/{SESSION}/travel?q={name}")
    return travel.links(r"/seats/[0-9a-f-]{36}/travel$")[0].removesuffix("/travel")


def say_payee(finance: Seat, seat: str, number: str) -> None:
    finance.go(f"{seat}/travel/payee").write(how="transfer", number=number).send()


def accept_on_paper(travel: Seat, seat: str) -> None:
    """The delegate signed the conditions on paper; the travel officer enters it."""
    travel.go(f"{seat}/travel/conditions")
    text = travel.page.locator("main [name=text]").first.get_attribute("value")
    travel.write(text=text, says_both="y", source="Signed form, by mail.", received_on=today()).send()


def write_ticket(travel: Seat, seat: str, cents: int, number: str) -> Seat:
    """Write what the agency issued and leave it to be sent."""
    travel.go(f"{seat}/travel/ticket").write(number=number, agency="Agency", route="By the shortest way")
    travel.write(fare=f"{cents / 100:.2f}")
    return travel.write(issued_on=today(), out_on=today() + 89 * A_DAY, back_on=today() + 95 * A_DAY)


def miss(travel: Seat, seat: str) -> None:
    """The day of departure comes, and somebody with a ticket did not travel because of an illness: the pledge bears
    the ticket."""
    whose = sa.select(SeatRow.id).where(SeatRow.public_id == uuid.UUID(seat.rpartition("/")[2])).scalar_subquery()
    with transaction():
        update_where(SeatTravel, SeatTravel.seat_id == whose, ticket_out_on=today())
    travel.go(f"{seat}/missed").write(cause="illness", reason="Fell ill on the day before.").send()


def settle(travel: Seat, second_finance: Seat, seat: str, fare: int) -> None:
    """The travel officer enters the invoice of the ticket, a finance officer settles the seat."""
    travel.go(f"{seat}/settlement/enter")
    travel.write(fare_amount=f"{fare / 100:.2f}", fare_invoice="INV-1").send()
    second_finance.go(f"{seat}/settlement/settle").send()
