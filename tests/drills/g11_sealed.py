"""G11: personal data is sealed, opened for a reason, and goes away. Canaries are handed in over HTTP, opened, given out
and paid to, with a worker, a broker and a mail server at work; then they are looked for everywhere."""

import random
import string
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from tests.drills import canaries
from tests.drills.clock import nothing_to_do
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.drills.g11_rotation import ring
from tests.drills.own_page import at_own_page, press
from tests.drills.visitor import Visitor
from tests.drills.workforce import Workforce
from tests.factories import accounts, settling
from tests.participation.travel.test_pages import days
from tests.services.people import sign_in
from tests.services.postgresql import wait_for
from tests.services.smtp import SmtpSink
from tests.web.test_session_gone import hidden
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services import erase_papers
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.pledges.models import LedgerAccount, Transfer
from tracker.pledges.verification import verify
from tracker.reference import loader
from tracker.rights.actor import Actor
from tracker.sealing.envelopes import Unreadable
from tracker.sealing.services import Erased

CANARIES, OF_EACH, PAGES = 200, 6, 400
DAY, PATIENCE = timedelta(days=1), 120.0
OFFICE = ("programme_manager", "triage_officer", "auditor", "administrator")


@dataclass
class Sealed:
    """Somebody with what they handed in: words that stand nowhere else."""

    seat: uuid.UUID
    delegate_id: int
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.said = {
            "family_name": _letters().capitalize(),
            "passport": _signs(12),
            "visa": _signs(12),
            "access": _letters(),
            "holder": _letters().capitalize(),
            "account": "".join(random.choices(string.digits, k=14)),
        }


def _letters() -> str:
    return "".join(random.choices(string.ascii_lowercase, k=14))


def _signs(number: int) -> str:
    return "Q" + "".join(random.choices(string.ascii_uppercase + string.digits, k=number - 1))


class Stand:
    """The office with its site, its workers, and people who were given a seat."""

    def __init__(self, site: DrillSite) -> None:
        loader.load()
        self.site, self.sink = site, SmtpSink().start()
        self.workforce = Workforce(site, self.sink)
        self.scene = settling.scene()
        self.people = [self._person() for _ in range(site.some_of(-(-CANARIES // OF_EACH), least=2))]
        self.wrong: list[str] = []
        self.visitors: list[Visitor] = []
        self.own_pages: list[tuple[Visitor, str]] = []
        self.app = site.app

    def _person(self) -> Sealed:
        seat = self.scene.seat("confirmed")
        whose = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == seat)).one()
        db.session.rollback()
        return Sealed(seat, whose)

    @property
    def words(self) -> list[str]:
        return [word for one in self.people for word in one.said.values()]

    def start(self) -> None:
        self.workforce.start(workers=1, beats=1)
        self.officer = Visitor.signed_in(self.app, self.scene.travel, self.workforce.url)
        self.finance = Visitor.signed_in(self.app, self.scene.finance, self.workforce.url)
        self.visitors = [self.officer, self.finance]

    def stop(self) -> None:
        for visitor in self.visitors:
            visitor.hang_up()
        self.workforce.stop()
        self.sink.stop()

    def expect(self, status: int, wanted: int, what: str) -> None:
        if status != wanted:
            self.wrong.append(f"{what}: {status}")


def run(site: DrillSite) -> list[Outcome]:
    """Hand in, work with it, look for it; then swap, erase, and look again."""
    stand = Stand(site)
    try:
        stand.start()
        for one in stand.people:
            hand_in(stand, one)
            work_with(stand, one)
        wait_for(nothing_to_do, seconds=PATIENCE, what="an idle moment of the workers")
        search = look_everywhere(stand)
        swapped, another_key = swap(stand), open_a_copy(stand)
        erased = erase(stand)
    finally:
        stand.stop()
    places = ", ".join(f"{number} {kind}" for kind, number in search.places.items())
    faults = [*stand.wrong, *search.found, *swapped, *another_key, *erased]
    closed = len(swapped) + len(another_key)
    figure = f"{len(stand.words)} canaries in {places}: {len(search.found)} in clear; {closed} opened after a swap or "
    figure += f"with another key; one of them erased: {len(erased)} wrong"
    shown = f"; NOT: {faults[0]}" if faults else ""
    counts = {"canaries": len(stand.words), "found": len(search.found), "places": sum(search.places.values())}
    return [Outcome("G11", figure + shown, "0, and what is erased is gone", not faults, counts=counts)]


def hand_in(stand: Stand, one: Sealed) -> None:
    """All four papers, every second person on their own page, the others on the office's pages: there each once with a
    fault, which is refused with what was typed."""
    source = {"source": "Copy, by mail of the ministry", **days(received_on=today())}
    visitor, address, own = stand.officer, f"/seats/{one.seat}/papers", stand.people.index(one) % 2 == 1
    if own:
        visitor, address = at_own_page(stand.workforce.url, one.seat, one.delegate_id, stand.scene.travel)
        stand.visitors.append(visitor)
        stand.own_pages.append((visitor, address))
    begins, ends = date(today().year - 1, 1, 1), today() + 900 * DAY
    passport = {"passport_given_name": "Awa", "passport_family_name": one.said["family_name"]}
    passport |= {"passport_number": one.said["passport"], "issued_by": "Kenya", "passport_nationality": "Kenya"}
    visa = {"visa_needed": "yes", "visa_number": one.said["visa"]}
    account = {"how": "transfer", "account_holder": one.said["holder"], "bank_name": "Bank", "account_currency": "EUR"}
    papers = {
        "passport": passport | days(born_on=date(1981, 4, 7), passport_valid_until=ends),
        "visa": visa | days(visa_valid_from=begins, visa_valid_until=ends),
        "access": {"access_needs": f"Needs {one.said['access']} always"},
        "payment": account | {"account_number": one.said["account"], "bic": "COBADEFFXXX"},
    }
    for paper, typed in papers.items():
        if not own:
            refused = press(visitor, f"{address}/{paper}", typed | source | {"source": ""})[0]
            stand.expect(refused, 422, f"{paper} without a source")
        said = typed if own else typed | source
        stand.expect(press(visitor, f"{address}/{paper}", said)[0], 302, f"{paper} at {address[:8]}")


def work_with(stand: Stand, one: Sealed) -> None:
    """Pay to the account, open, and give out on the screen and as a ZIP."""
    stand.scene.to_an_account(one.seat)
    stand.scene.pay(one.seat, 100_00, "allowance", method="bank_transfer")
    opened = {"papers": [paper.value for paper in Paper], "reason": "The agency asks."}
    status, page = press(stand.officer, f"/seats/{one.seat}/papers/open", opened)
    if status != 200 or not all(word in page for word in one.said.values()):
        stand.wrong.append(f"opened papers do not say what was handed in: {status}")
    person = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.id == one.delegate_id)).one()
    db.session.rollback()
    what = ["passport.number", "visa.number", "access.needs"]
    given = {"people": [str(person)], "recipient": "agency", "to_name": "Agency", "what": what, "reason": "APIS."}
    address = f"/sessions/{settling.CODE}/travel/give-out"
    status, page = press(stand.officer, address, given | {"how": "screen"})
    stand.expect(status, 200, "given out on the screen")
    status, page = press(stand.officer, address, given | {"how": "zip"})
    stand.expect(status, 200, "a password for the ZIP")
    action = page.partition('/zip"')[0].rpartition('action="')[2] + "/zip"
    status, packed = stand.officer._ask("POST", action, urlencode(hidden(page)))
    stand.expect(status, 200, "the ZIP")
    if any(word.encode() in packed for word in one.said.values()):
        stand.wrong.append("the ZIP is not encrypted")


def look_everywhere(stand: Stand) -> canaries.Search:
    """Database, files, logs, broker, mail, a copy of all, and every page of several people."""
    search, site = canaries.Search(stand.words), stand.site
    if not all(map(search.sees, stand.words)):
        stand.wrong.append("the search does not find what is there")
    canaries.in_database(search, site)
    canaries.in_files(search, "files and logs", site.folder)
    canaries.in_files(search, "files and logs", stand.app.extensions["tracker_settings"].data_dir)
    canaries.in_broker(search, site)
    canaries.in_mail(search, stand.sink)
    case = stand.scene.cases["KEN"]
    people: dict[str, Any] = {role: accounts.person(role) for role in OFFICE} | {"nobody": None}
    people |= {"travel": stand.scene.travel, "finance": stand.scene.finance, "donor": stand.scene.donors.officer}
    people |= {"drafter": case.people.drafter, "authority": case.people.authority}
    first = [f"/seats/{one.seat}/{page}" for one in stand.people[:5] for page in ("papers", "travel")]
    first += [f"/sessions/{settling.CODE}/travel", f"/triage/requests/{case.public_id}"]
    canaries.on_pages(search, stand.app, people, most=max(20, round(PAGES * site.scale)), first=first)
    for visitor, address in stand.own_pages:
        visitor.hang_up()  # the site has closed what stood still for so long
        canaries.on_own_page(search, partial(visitor._ask, "GET"), address)
    for kind, least in (("pages", 5 * len(people)), ("own pages", 5 * len(stand.own_pages))):
        if search.places.get(kind, 0) < least:
            stand.wrong.append(f"only {search.places.get(kind, 0)} {kind} were read")
    return search


def swap(stand: Stand) -> list[str]:
    """The sealed passport of somebody else, then their own visa, stands where a passport was: nobody is shown it."""
    one, other = stand.people[:2]
    own, theirs = (sealed_of(each.delegate_id) for each in (one, other))
    wrong = []
    for instead, said in ((theirs["passport"], other.said["passport"]), (own["visa"], one.said["visa"])):
        put_as_passport(one, instead)
        client, page = sign_in(stand.app.test_client(), stand.scene.travel), f"/seats/{one.seat}/papers/open"
        form = hidden(client.get(page).text) | {"papers": ["passport"], "reason": "To look."}
        answer = client.post(page, data=form)
        if answer.status_code != 503 or said in answer.text:
            wrong.append(f"a swapped value was answered with {answer.status_code}")
    put_as_passport(one, own["passport"])
    return wrong


def sealed_of(delegate_id: int) -> dict[str, bytes]:
    """The values of somebody as they stand in the database."""
    table = DelegatePapers.__table__
    row = db.session.execute(sa.select(table.c.passport, table.c.visa).where(table.c.delegate_id == delegate_id)).one()
    db.session.rollback()
    return dict(row._mapping)


def put_as_passport(one: Sealed, value: bytes) -> None:
    """Whoever can write to the database puts a value there."""
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == one.delegate_id, passport=value)


def open_a_copy(stand: Stand) -> list[str]:
    """Whoever has the database and its files, and another sealing key: nothing opens."""
    wrong = []
    with ring(stand.app, "1:" + _letters() + _signs(40)):
        for one in stand.people:
            try:
                wrong.append(f"opened: {list(contents_of(one.delegate_id, list(Paper)))}")
            except Unreadable:
                continue
            finally:
                db.session.rollback()
    return wrong


def erase(stand: Stand) -> list[str]:
    """90 days after the settlement: the papers of one are gone, the ledger is as it was, and a payment is proved."""
    one, wrong, before = stand.people[0], [], ledger()
    settling.move(one.seat, "ticket", "travel")
    with transaction() as session:
        seat_id = session.scalars(sa.select(Seat.id).where(Seat.public_id == one.seat)).one()
        people = {"entered_by_id": stand.scene.travel.person_id, "settled_by_id": stand.scene.finance.person_id}
        session.add(Settlement(seat_id=seat_id, settled_at=now(), **people))
        update_where(Seat, Seat.id == seat_id, status="settled", ended_at=now())
    with shifted(now() + 91 * DAY):
        if not erase_papers(one.delegate_id, actor=Actor.system):
            wrong.append("not erased")
    try:
        if contents_of(one.delegate_id, list(Paper)):
            wrong.append("papers are there")
    except Erased:
        pass
    person = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.id == one.delegate_id)).one()
    db.session.rollback()
    status, page = press(stand.finance, f"/seats/{one.seat}/papers/evidence/{person}", {"reason": "Audit."})
    if status != 200 or one.said["holder"] not in page or one.said["account"][-4:] not in page:
        wrong.append(f"what proves the payment is not read: {status}")
    if ledger() != before or verify().first_wrong is not None:
        wrong.append("the ledger differs")
    db.session.rollback()
    return wrong


def ledger() -> list[Any]:
    """Every balance and every posting."""
    tables = (LedgerAccount, Transfer)
    found = [list(map(tuple, db.session.execute(sa.select(one.__table__).order_by(one.id)))) for one in tables]
    db.session.rollback()
    return found


DRILLS = [Drill(("G11",), run, wakes=True)]
