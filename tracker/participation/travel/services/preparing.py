"""Before the ticket: when papers were complete and the visa was there, and what a ticket would cost."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.travel.policies import TravelAction
from tracker.participation.travel.services.recording import keep, recorded, to_record
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Papers:
    """The days on which a person's papers were complete, the visa was asked, and it was there; None: not yet."""

    papers_on: date | None
    visa_asked_on: date | None
    visa_on: date | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a ticket would cost (cents of the dollar), until when, by whom; and the cheapest direct fare of that day,
    None where there is no direct flight."""

    fare_minor: int
    until: date
    source: str
    direct_minor: int | None = None


@verb
def record_papers(public_id: uuid.UUID, *, actor: Actor, version: int | None, papers: Papers) -> str:
    """Keep how far papers and visa of a person are, by days alone; gives the seat's public id. Raises Invalid for a day
    that lies ahead, or a visa that was there before it was asked."""
    found, _session = to_record(public_id, TravelAction.PREPARE, actor, version)
    said = asdict(papers)
    ahead = lazy("This day lies ahead: enter it once it has come.")
    problems: dict[str, Any] = {name: ahead for name, day in said.items() if day is not None and day > today()}
    if papers.visa_on and papers.visa_asked_on and papers.visa_on < papers.visa_asked_on:
        problems["visa_on"] = lazy("The visa was asked later than this day.")
    if problems:
        raise Invalid(fields=problems)
    keep(found, **said)
    return recorded("participation.papers_recorded", found, actor)


@verb
def record_quotation(public_id: uuid.UUID, *, actor: Actor, version: int | None, quotation: Quotation) -> str:
    """Keep the quotation on which a ticket is to be bought, in place of an earlier one; gives the seat's public id."""
    found, _session = to_record(public_id, TravelAction.PREPARE, actor, version)
    problems: dict[str, Any] = {}
    if quotation.fare_minor <= 0:
        problems["fare"] = lazy("Enter an amount above zero.")
    if quotation.direct_minor is not None and quotation.direct_minor <= 0:
        problems["direct"] = lazy("Enter an amount above zero.")
    if quotation.until < today():
        problems["until"] = lazy("This quotation is valid no more.")
    if not shown(quotation.source):
        problems["source"] = lazy("Enter who gave the quotation.")
    if problems:
        raise Invalid(fields=problems)
    keep(
        found,
        quoted_minor=quotation.fare_minor,
        quoted_until=quotation.until,
        quoted_from=quotation.source,
        direct_minor=quotation.direct_minor,
    )
    return recorded("participation.quotation_recorded", found, actor)
