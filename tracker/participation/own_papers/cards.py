"""How far each paper is, for the page of a delegate: missing, handed in, to be decided, complete."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.languages.formatting import format_day
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.delegate_page.presenting import Thing
from tracker.participation.papers import queries
from tracker.participation.papers.lifecycle import DOUBT_LABELS, PAPER_LABELS, PAYS_BY_LABELS, By, Paper
from tracker.participation.papers.missing import WAITS
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.queries import PapersOf
from tracker.participation.travel.lifecycle import Lack
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor
from tracker.rights.rules import can

PAGES = {
    Paper.PASSPORT: "participation.hand_in_passport",
    Paper.VISA: "participation.hand_in_visa",
    Paper.ACCESS: "participation.say_access_needs",
    Paper.PAYMENT: "participation.choose_payment",
}
"""Each paper with the page on which it is handed in."""


def _shown(here: Here, _found: Travelling) -> Mapping[str, Any]:
    return {"papers": queries.get_own(here.seat_id, here.delegate_id)}


def _things(here: Here, shown: Mapping[str, Any]) -> Sequence[Thing]:
    """Each paper that is asked or there, and access needs, which anybody may say."""
    found: PapersOf = shown["papers"]
    if found.papers is not None and found.papers.erased_on:
        return [Thing(_("Papers"), _("Erased on %(day)s.", day=format_day(found.papers.erased_on)), done=True)]
    return [thing for paper in Paper if (thing := _thing(here, found, paper)) is not None]


def _thing(here: Here, found: PapersOf, paper: Paper) -> Thing | None:
    """One paper; None where it is neither asked nor there."""
    there, recorded = found.handed_in.get(paper), _payee_recorded(found, paper)
    facts = queries.facts_of(found, here.by, paper)
    may = can(RULES, PapersAction.HAND_IN, Actor.anonymous, facts) is None
    hidden = here.by.who is By.HELPER and paper is Paper.PAYMENT
    if hidden or not (may or there or recorded):
        return None
    note, done = _stands(found, paper, there)
    href = url_for(PAGES[paper], token=here.token) if may else ""
    return Thing(_(PAPER_LABELS[paper]), recorded or note, bool(recorded) or done, href, _act(paper, there))


def _act(paper: Paper, there: date | None) -> str:
    if there:
        return _("Replace")
    return {Paper.ACCESS: _("Say it"), Paper.PAYMENT: _("Choose")}.get(paper) or _("Hand in")


def _payee_recorded(found: PapersOf, paper: Paper) -> str:
    """How the office recorded that the person is paid."""
    record = found.journey.record
    if paper is not Paper.PAYMENT or record is None or not record.payee_known:
        return ""
    return _("In cash, on arrival") if record.on_arrival else _("By a bank transfer")


def _stands(found: PapersOf, paper: Paper, there: date | None) -> tuple[str, bool]:
    """How far a paper is, in words, and whether nothing is awaited of the person."""
    if paper is Paper.ACCESS:
        return (_handed_in(there) if there else _("If you need something to take part, say it here.")), True
    if there and paper is Paper.PASSPORT and found.papers is not None and found.papers.to_decide:
        doubts = [str(DOUBT_LABELS[doubt]) for doubt in found.papers.to_decide]
        return " ".join([_handed_in(there), *doubts, _("The office decides whether it serves.")]), False
    complete = _complete(found, paper, there)
    if complete is not None:
        return _("Complete since %(day)s", day=format_day(complete)), True
    if there:
        chosen = [_pays_by(found)] if paper is Paper.PAYMENT else []
        return ". ".join([*chosen, _("Handed in on %(day)s; the office looks at it", day=format_day(there))]), True
    return _awaited(found, paper)


def _pays_by(found: PapersOf) -> str:
    return str(PAYS_BY_LABELS[found.papers.pays_by]) if found.papers and found.papers.pays_by else ""


def _complete(found: PapersOf, paper: Paper, there: date | None) -> date | None:
    """Since when the office has said that nothing is missing of it; None where it was handed in since."""
    record = found.journey.record
    if record is None:
        return None
    said = record.visa_on if paper is Paper.VISA else record.papers_on
    return None if said and there and said < there else said


def _awaited(found: PapersOf, paper: Paper) -> tuple[str, bool]:
    due = {one.what: one.by for one in found.journey.missing}
    lack = Lack.VISA if paper is Paper.VISA else Lack.PAPERS
    if found.journey.status not in WAITS:
        return _("Not asked any more: you have travelled."), True
    by, record = due.get(lack), found.journey.record
    if by is None:
        return _("The office waits for it."), lack not in due
    if paper is not Paper.VISA:
        return _("The office needs it by %(day)s.", day=format_day(by)), False
    if record is not None and record.visa_asked_on is not None:
        return _("Asked for. It has to be there by %(day)s.", day=format_day(by)), False
    return _("Ask for it by %(day)s at the latest.", day=format_day(by)), False


def _handed_in(there: date) -> str:
    return _("Handed in on %(day)s.", day=format_day(there))


CARD = DelegateCard(10, "", _shown, _things, for_helpers=True)
