"""Somebody handed something in anew: what the office recorded of the earlier one holds no more."""

from typing import Any

from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.missing import WAITS
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.payee import ask_payee
from tracker.participation.travel.services.recording import keep
from tracker.rights.actor import Actor

_LOOKED_AT = {Paper.PASSPORT: "papers_on", Paper.PAYMENT: "papers_on", Paper.VISA: "visa_on"}
"""The day on which the office found each paper complete."""


def begin_anew(found: Travelling, paper: Paper, *, actor: Actor, by_office: bool, on_arrival: bool) -> None:
    """The desk looks again at what it has not entered itself, and finance is asked again how to pay whoever said anew
    how to be paid (`on_arrival`: in cash), so that nothing goes to the earlier account. In a transaction that holds the
    request. Raises Conflict where cash was signed for."""
    record = found.record
    if record is None:
        return
    looked_at, facts = _LOOKED_AT.get(paper), dict[str, Any]()
    if looked_at and not by_office and found.status in WAITS and getattr(record, looked_at) is not None:
        facts[looked_at] = None
    asks = paper is Paper.PAYMENT and record.payee_known and not (record.on_arrival and on_arrival)
    if asks and found.signed:
        raise Conflict(lazy("Cash was handed over that is not recorded yet: record it first."))
    if asks:
        facts |= {"payee_number": None, "on_arrival": False, "advance": None}
    if facts:
        keep(found, **facts)
    if asks:
        ask_payee(found.request, [found.seat.id], [found.seat.delegate_id], actor=actor)
