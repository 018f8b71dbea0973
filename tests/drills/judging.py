"""What was done, what the rows say and what the mail server took, compared by the drill's own table of who must
hear."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills.doing import Done
from tests.drills.told import ACTS, CANARY, SAID_BY_ITSELF, Folk
from tests.services.smtp import Received, SmtpSink
from tracker.accounts.models import Organisation, Person
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.models import Delivery

OFFICE_ADDRESS = "official@unodc.example"
SECOND = 1.0
NAMES = frozenset(act.event for act in ACTS)
BAD = ("bounced", "failed")


@dataclass
class Verdict:
    """Every kind of fault, with what it was found in."""

    expected: int = 0
    inapp: int = 0
    arrived: int = 0
    unmatched: list[Any] = field(default_factory=list)
    lost: list[Any] = field(default_factory=list)
    stuck: list[Any] = field(default_factory=list)
    twice: list[Any] = field(default_factory=list)
    strangers: list[Any] = field(default_factory=list)
    out_of_order: list[Any] = field(default_factory=list)
    canaries: list[Any] = field(default_factory=list)
    uncertain: int = 0
    ended_badly: int = 0


@dataclass(frozen=True)
class Told:
    """Who must hear of one event, and who may where all mail to their side ended badly."""

    folk: Folk
    hear: frozenset[str]


def judge(sink: SmtpSink, folks: list[Folk], done: Done) -> Verdict:
    """Go through everything once the last mail has ended."""
    db.session.rollback()
    verdict = Verdict()
    told = _expected(folks, done, verdict)
    rows = _rows()
    officers = {folk.people["officer"].email for folk in folks}
    _count_rows(verdict, told, rows, sink)
    _count_arrivals(verdict, told, rows, sink.received, officers)
    _look_at_the_order(verdict, told, rows, sink.received)
    verdict.canaries = [mail.subject for mail in sink.received if CANARY in _everything(mail)]
    return verdict


def _expected(folks: list[Folk], done: Done, verdict: Verdict) -> dict[int, Told]:
    """For each event who must hear of it. The acknowledged acts and the recorded events must be the same, in order."""
    told = {}
    for folk in folks:
        wanted = [act.event for act in done.acts[folk.subject_id]]
        about = (Event.subject_type == "request", Event.subject_id == folk.subject_id)
        found = db.session.execute(sa.select(Event.id, Event.name).where(*about).order_by(Event.id)).all()
        mine = [row for row in found if row.name in NAMES]
        if [row.name for row in mine] != wanted:
            verdict.unmatched.append((folk.subject_id, len(wanted), len(mine)))
            continue
        for row, act in zip(mine, done.acts[folk.subject_id], strict=True):
            told[row.id] = Told(folk, frozenset(folk.mailboxes(act.hear)))
        for row in found:
            if row.name in SAID_BY_ITSELF:
                told[row.id] = Told(folk, frozenset(folk.mailboxes(SAID_BY_ITSELF[row.name])))
    return told


def _rows() -> list[Any]:
    """Every delivery of the drill with the address of its person."""
    organisation = sa.literal("address:") + sa.cast(Organisation.id, sa.String)
    address = sa.func.coalesce(Person.email, Organisation.official_email).label("address")
    wanted = sa.select(Delivery.__table__, address).outerjoin(Person, Person.id == Delivery.person_id)
    wanted = wanted.outerjoin(Organisation, organisation == Delivery.recipient_key)
    return list(db.session.execute(wanted.order_by(Delivery.id)).all())


def _count_rows(verdict: Verdict, told: dict[int, Told], rows: list[Any], sink: SmtpSink) -> None:
    """Each channel by itself: one row for everybody who must hear, and no mail on its way."""
    mailed = {(row.event_id, row.address) for row in rows if row.channel == "email"}
    shown = Counter((row.event_id, row.address) for row in rows if row.channel == "inapp")
    for event_id, one in told.items():
        for address in one.hear:
            verdict.expected += 1
            verdict.inapp += shown[event_id, address]
            if (event_id, address) not in mailed or shown[event_id, address] != 1:
                verdict.lost.append((event_id, address, "no row"))
    refused = Counter(sink.refused)
    for row in rows:
        if row.channel != "email":
            continue
        verdict.uncertain += bool(row.uncertain_count)
        if row.status in BAD:
            verdict.ended_badly += 1
            refused[row.address] -= 1
            if refused[row.address] < 0 and row.uncertain_count < 2 and row.refusals < 9:
                verdict.lost.append((row.event_id, row.address, row.status, row.last_error))
        elif row.status != "sent":
            verdict.stuck.append((row.event_id, row.address, row.status))


def _count_arrivals(
    verdict: Verdict, told: dict[int, Told], rows: list[Any], received: list[Received], officers: set[str]
) -> None:
    """What came to whom: nothing to strangers, nothing twice without doubt, everything that is said to be sent."""
    by_id = {row.message_id: row for row in rows if row.channel == "email"}
    arrived = Counter(_message_id(mail) for mail in received)
    verdict.arrived = len(arrived)
    for row in by_id.values():
        if row.status == "sent" and not arrived[row.message_id]:
            verdict.lost.append((row.event_id, row.address, "sent, and never arrived"))
    verdict.twice = [key for key, count in arrived.items() if count > 1 and not by_id[key].uncertain_count]
    reached = {(row.event_id, row.address) for row in by_id.values() if row.status == "sent"}
    for mail in received:
        row = by_id.get(_message_id(mail))
        known = told.get(row.event_id) if row is not None else None
        if known is None or not _may_hear(known, mail.recipients[0], row.event_id, reached, officers):
            verdict.strangers.append((mail.recipients, mail.subject))


def _may_hear(told: Told, address: str, event_id: int, reached: set[Any], officers: set[str]) -> bool:
    """Whoever must, and those behind them where nobody of their side was reached."""
    if address in told.hear:
        return True
    at_office = address in officers or address == OFFICE_ADDRESS
    side = {one for one in told.hear if one.endswith("@unodc.example") == at_office}
    behind = officers | {OFFICE_ADDRESS} if at_office else {told.folk.state_address, *_of_state(told.folk)}
    return bool(side) and address in behind and not any((event_id, one) in reached for one in side)


def _of_state(folk: Folk) -> set[str]:
    """The authority is behind those who drafted."""
    return folk.mailboxes(("authority", "deputy"))


def _look_at_the_order(verdict: Verdict, told: dict[int, Told], rows: list[Any], received: list[Received]) -> None:
    """To one recipient about one request: a later mail before an earlier one only where that one was doubtful, or did
    not get through for ten minutes."""
    by_id = {row.message_id: row for row in rows if row.channel == "email" and row.event_id in told}
    first: dict[str, Received] = {}
    for mail in received:
        first.setdefault(_message_id(mail), mail)
    lines = defaultdict(list)
    for message_id, mail in first.items():
        row = by_id.get(message_id)
        if row and row.address in told[row.event_id].hear:  # those in their stead are told when that is known
            lines[row.address, row.subject_key].append((row, mail))
    for line in lines.values():
        newest = 0
        for row, mail in line:
            newest = max(newest, row.event_id)
            if row.event_id < newest and not row.uncertain_count and not _held_long_enough(row, line, mail):
                verdict.out_of_order.append((row.address, row.subject_key, row.event_id, newest))


def _held_long_enough(row: Any, line: list[Any], mail: Received) -> bool:
    """Whether every later one that came before it waited until the hold of this one was over."""
    before = [came for other, came in line if other.event_id > row.event_id and came.at < mail.at]
    slack = timedelta(seconds=SECOND)
    return row.holds_until is not None and all(came.at >= row.holds_until - slack for came in before)


def _message_id(mail: Received) -> str:
    return str(mail.message["Message-ID"])


def _everything(mail: Received) -> str:
    """Headers and both texts, as a reader sees them."""
    parts = [part.get_content() for part in mail.message.walk() if part.get_content_maintype() == "text"]
    return " ".join([*map(str, mail.message.values()), *parts]).lower()
