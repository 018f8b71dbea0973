"""Entering what is due for a seat answers the claim of whoever sits in it."""

from collections.abc import Mapping

from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.events import record
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.claims import queries
from tracker.participation.claims.lifecycle import ClaimStep, Days, differs
from tracker.participation.claims.services.looking import take_on
from tracker.participation.delegate_page.queries import link_of_seat
from tracker.rights.actor import Actor


@verb(events=None)
def answer(seat_id: int, delegate_id: int, *, actor: Actor, days: Days, accepted: Mapping[str, int], why: str) -> None:
    """Say how much of each line by invoice is accepted, and tell the delegate by a mail that carries the link alone;
    nothing where no claim was sent. Raises Invalid where something else is accepted than was claimed and nobody says
    why."""
    claim = queries.sent_of(seat_id, delegate_id)
    if claim is None:
        return
    row = claim.row
    same_days = (row.first_day, row.last_day, claim.provided) == (days.first_day, days.last_day, days.provided or {})
    other = differs(claim.totals, accepted, days_differ=not same_days, unknown=claim.unknown)
    if other and not shown(why):
        words = lazy("Something else is accepted than was claimed: say why. The delegate reads it.")
        raise Invalid(fields={"answer": words})
    kept = {line: accepted.get(line, 0) for line in claim.totals}
    take_on(claim, ClaimStep.ANSWER, version=None, answered_at=now(), answer=shown(why), accepted=kept)
    link = link_of_seat(seat_id)
    if link is not None:
        record("participation.claim_replied", link, actor=actor, delegate_id=delegate_id)
