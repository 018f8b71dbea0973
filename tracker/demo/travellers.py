"""What people of the demonstration do on their own page: one names a helper and writes to the office, which answers;
one claims after the journey, with receipts of which the office accepts a part."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import FileStorage

from tracker.calendar.now import today
from tracker.costs.lines import LineKind
from tracker.demo.pages import page_of
from tracker.extensions import db
from tracker.money import FUND_CURRENCY
from tracker.participation.claims import services as claims
from tracker.participation.claims.lifecycle import Days, Receipt, ReceiptLine
from tracker.participation.delegate_messages import queries as threads
from tracker.participation.delegate_messages import services as messages
from tracker.participation.helping.services import name_helper
from tracker.participation.papers import contents
from tracker.participation.settling import queries as settling_queries
from tracker.participation.settling import services as settling
from tracker.participation.settling.claimed import as_claimed, claim_of, mark_of
from tracker.participation.settling.lifecycle import Billed
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor

FEE, EXPRESS, TAXI = 60_00, 45_00, 28_00
"""Cents of the dollar: the fee of the visa, which is accepted, what it cost more to have it at once, and a taxi."""


@dataclass
class Traveller:
    """Whoever of a session does something on the own page: `find` gives their journey as it stands."""

    text: dict[str, Any]
    find: Callable[[], Travelling]
    officer: Actor

    def name_helper(self) -> None:
        """A colleague at home with a mailbox helps."""
        one = self.find()
        by = {"actor": Actor.anonymous, "by": contents.delegate(one.person.id), "version": None}
        said = self.text["helper"]
        name_helper(one.seat.public_id, name=said["name"], email=said["email"], language=said["language"], **by)

    def write(self) -> None:
        """They ask the office something."""
        one = self.find()
        by = contents.delegate(one.person.id)
        messages.write_to_office(one.seat.public_id, actor=Actor.anonymous, text=self.text["question"], by=by)

    def answer(self) -> None:
        """The travel officer answers."""
        one = self.find()
        seen = threads.get(one.seat.public_id, self.officer).newest_id
        messages.write_to_delegate(one.seat.public_id, actor=self.officer, text=self.text["reply"], seen=seen)

    def claim(self) -> None:
        """They say which days they spent, add a boarding pass and receipts, and send it."""
        one = self.find()
        seat, act = one.seat.public_id, {"actor": Actor.anonymous, "by": contents.delegate(one.person.id)}
        spent = Days(one.person.arrives_on, one.person.leaves_on, {}, self.text["remark"])
        claims.save_days(seat, version=None, days=spent, **act)
        claims.add_boarding_pass(seat, file=_page("a boarding pass", "1"), **act)
        paid = one.person.arrives_on or today()
        for number, (line, what, amount) in enumerate(
            (
                (ReceiptLine.VISA, "Fee of the consulate", FEE),
                (ReceiptLine.VISA, "Express service of the consulate", EXPRESS),
                (ReceiptLine.OTHER, "Taxi to the airport", TAXI),
            ),
            start=1,
        ):
            receipt = Receipt(line.value, what, paid, amount, FUND_CURRENCY, f"R-{number}")
            claims.add_receipt(seat, receipt=receipt, file=_page("a receipt", str(number)), **act)
        claims.send_claim(seat, version=None, **act)

    def look_at(self) -> None:
        """The travel officer begins to look at it."""
        claims.begin(self.find().seat.public_id, actor=self.officer, version=None)

    def enter(self) -> int:
        """The fee is accepted and what it cost more is not: enters what is due; gives what is to be paid of it, in
        cents of the dollar."""
        seat = self.find().seat
        one = settling_queries.get(seat.public_id, self.officer)
        claim = claim_of(one)
        usual = as_claimed(one, claim)
        bills = {**usual.bills, LineKind.VISA.value: Billed(FEE, "R-1")}
        said = {"answer": self.text["accepted"], "claim": mark_of(claim)}
        settling.enter(seat.public_id, actor=self.officer, version=None, entry=replace(usual, bills=bills, **said))
        db.session.expire_all()
        due = settling_queries.get(seat.public_id, self.officer)
        return next(line.to_pay_minor for line in due.lines if line.kind == LineKind.VISA)


def _page(paper: str, number: str) -> FileStorage:
    return FileStorage(io.BytesIO(page_of(paper, number)), filename=f"{paper.rsplit(maxsplit=1)[-1]}-{number}.pdf")
