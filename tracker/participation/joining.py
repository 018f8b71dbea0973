"""How the delegation joins the request: a step of its form, two of its fields, facts on its pages and prints."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.fields import differences, editing, steps, table
from tracker.assistance.fields.facts import Fact, add_facts
from tracker.assistance.fields.shape import Field
from tracker.assistance.lifecycle import Kind
from tracker.calendar.now import today
from tracker.costs.lines import Payer
from tracker.events import sentences
from tracker.events.sentences import Sentence
from tracker.languages.formatting import format_day, format_days
from tracker.languages.marking import N_
from tracker.participation import queries
from tracker.participation.lifecycle import NEED_LABELS, PAYER_LABELS
from tracker.participation.models import Delegate
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.web.components import know_labels, labelled, listed

HISTORY = {
    "participation.nominated": N_("Nominated: %(names)s"),
    "participation.nomination_changed": N_("Nomination changed: %(names)s"),
    "participation.nomination_removed": N_("No longer nominated: %(names)s"),
    "participation.order_changed": N_("Moved up in the order of priority: %(names)s"),
    "participation.delegation_copied": N_("Nominated again from the last delegation: %(names)s"),
    "participation.seats_given": N_("Seats given: %(names)s"),
    "participation.put_on_lists": N_("Without a seat in the round: %(names)s"),
    "participation.seats_offered": N_("Seats offered: %(names)s"),
    "participation.seat_confirmed": N_("Seat confirmed: %(names)s"),
    "participation.seat_declined": N_("Seat declined: %(names)s"),
    "participation.seat_substituted": N_("Somebody else named for a seat: %(names)s"),
    "participation.link_made": N_("A personal link was sent to a delegate"),
    "participation.helper_named": N_("A helper was named by %(names)s"),
    "participation.helper_named_by_office": N_("A helper was named by UNODC for %(names)s"),
    "participation.helper_ended": N_("A helper helps no more: %(names)s"),
    "participation.page_code_asked": N_("A delegate asked for a code"),
    "participation.code_read_out": N_("A code was read out by telephone to %(names)s"),
    "participation.helper_code_read_out": N_("A code was read out by telephone to the helper of %(names)s"),
    "participation.conditions_accepted": N_("Conditions accepted: %(names)s"),
    "participation.payee_asked": N_("Finance asked how to pay %(names)s"),
    "participation.payee_recorded": N_("Recorded how to pay %(names)s"),
    "participation.papers_recorded": N_("Papers and visa recorded: %(names)s"),
    "participation.paper_handed_in": N_("Handed in for the journey by %(names)s"),
    "participation.paper_entered": N_("Entered from what %(names)s handed in"),
    "participation.passport_accepted": N_("Passport accepted: %(names)s"),
    "participation.papers_opened": N_("Sealed papers opened for a reason: %(names)s"),
    "participation.papers_disclosed": N_("Sealed papers given out for a reason: %(names)s"),
    "participation.papers_erased": N_("Sealed papers erased: %(names)s"),
    "participation.papers_reminded": N_("Reminded of missing papers by the State: %(names)s"),
    "participation.papers_reminded_by_office": N_("Reminded of missing papers by UNODC: %(names)s"),
    "participation.quotation_recorded": N_("Quotation recorded for %(names)s"),
    "participation.deviation_recorded": N_("Travels otherwise for private reasons: %(names)s"),
    "participation.deviation_dropped": N_("Travels as planned after all: %(names)s"),
    "participation.authorisation_made": N_("Travel authorisation made for %(names)s"),
    "participation.authorisation_filed": N_("Signed travel authorisation filed for %(names)s"),
    "participation.invitation_made": N_("Letter of invitation made for %(names)s"),
    "participation.pay_list_made": N_("Pay list made: %(names)s"),
    "participation.cash_handed_over": N_("Signed for cash on arrival: %(names)s"),
    "participation.hand_over_undone": N_("Tick for cash on arrival taken back: %(names)s"),
    "participation.ticket_recorded": N_("Ticket issued for %(names)s"),
    "participation.ticket_corrected": N_("Ticket corrected for %(names)s"),
    "participation.travel_recorded": N_("Travelled: %(names)s"),
    "participation.travel_corrected": N_("Days of travel corrected: %(names)s"),
    "participation.attendance_undone": N_("Not recorded as travelled any more, the list was taken back: %(names)s"),
    "participation.attendance_imported": N_("Days of travel taken from the list of participants"),
    "participation.offer_due": N_("Reminder: the answer is due soon for %(names)s"),
    "participation.offer_overdue": N_("The day for the answer has passed for %(names)s"),
    "participation.seats_taken_back": N_("Seats taken back, not answered: %(names)s"),
    "participation.seats_cancelled": N_("Seats given up: %(names)s"),
    "participation.seats_ended": N_("Seats ended by UNODC: %(names)s"),
    "participation.seat_given_up": N_("Seat given up by the State: %(names)s"),
    "participation.journey_missed": N_("Did not travel: %(names)s"),
    "participation.claim_sent": N_("Claim after the journey sent by %(names)s"),
    "participation.claim_taken_back": N_("Claim after the journey taken back by %(names)s"),
    "participation.claim_begun": N_("Claim after the journey is looked at: %(names)s"),
    "participation.claim_asked": N_("Asked to complete the claim after the journey: %(names)s"),
    "participation.claim_replied": N_("A delegate was told that the claim is answered"),
    "participation.claim_opens": N_("A delegate was told that a claim can be made"),
    "participation.claim_paper_opened": N_("A paper of the claim was opened: %(names)s"),
    "participation.claims_erased": N_("Claim and its papers erased: %(names)s"),
    "participation.cost_borne": N_("Who bears the cost of a seat was said: %(names)s"),
    "participation.settlement_entered": N_("What is due was entered: %(names)s"),
    "participation.seats_settled": N_("Seats settled: %(names)s"),
    "participation.seats_claimed": N_("Seat settled, something is owed back: %(names)s"),
    "participation.claim_reopened": N_("Owed back again, its repayment was a mistake: %(names)s"),
    "participation.refund_reopened": N_("A refund is awaited again: %(names)s"),
    "participation.claim_written_off": N_("A claim was given up: %(names)s"),
    "participation.refund_given_up": N_("A refund of the agency is not awaited any more: %(names)s"),
    "participation.refund_written_off": N_("A refund is not awaited any more: %(names)s"),
}
"""The State and the office read the same of these events."""
OFFICE_HISTORY = {
    "participation.delegate_wrote": N_("A message came from %(names)s"),
    "participation.office_wrote": N_("The office wrote to %(names)s"),
    "participation.messages_erased": N_("Messages erased: %(names)s"),
}
"""What delegates and the office write each other is none of the State's."""
FIELDS = tuple(
    Field(name, label, {Kind.PARTICIPATION: "delegates"}, weighty=True, editor="participation.delegates")
    for name, label in (("delegates", N_("Delegates")), ("needs", N_("What is asked for each delegate")))
)


def register() -> None:
    """Called once in create_app."""
    sentences.register({name: Sentence(words, words, _names) for name, words in HISTORY.items()})
    sentences.register({name: Sentence(words, None, _names) for name, words in OFFICE_HISTORY.items()})
    steps.register(Kind.PARTICIPATION, steps.Step("delegates", N_("Delegates"), 20, endpoint="participation.delegates"))
    for before, one in pairwise((table.named("session"), *FIELDS)):
        table.register(one, after=before.name)
    know_labels({one.name: one.label for one in FIELDS})
    editing.register("delegates", lambda request: [_who(d) for d in queries.delegates_of(request.id)])
    editing.register("needs", lambda request: [[d.name, *_said(d)] for d in queries.delegates_of(request.id)])
    differences.tell("needs", _needs_told)
    add_facts(Kind.PARTICIPATION, _facts)


def _names(assistance_request: Any, told: list[Any]) -> dict[int, list[str]]:
    """Whom each event is about, by the event's id."""
    names = queries.names_in(assistance_request.id)
    about = {event.id: event.data.get("delegate_ids") or [event.data.get("delegate_id")] for event in told}
    return {event_id: [names[i] for i in ids if i in names] for event_id, ids in about.items()}


def _who(delegate: Delegate) -> str:
    days = [day.isoformat() for day in (delegate.arrives_on, delegate.leaves_on) if day]
    said = (delegate.name, delegate.function, delegate.office, delegate.email, delegate.departure_airport, *days)
    return ", ".join(part for part in said if part)


def _said(delegate: Delegate) -> list[str]:
    """Who pays each line, as an answer keeps it: "fare", or "fare:host" where it is not this fund."""
    payers = [(line, payer) for line, payer in delegate.payers.items() if payer]
    return [line if payer == Payer.FUND else f"{line}:{payer}" for line, payer in payers]


def _facts(assistance_request: Any, parts: Any) -> list[Fact]:
    closing_on = parts.session.closing_on if parts.session is not None else None
    delegation, lists = queries.delegates_and_lists(assistance_request, closing_on or today())
    return [
        *_eligible_by(lists, closing_on),
        Fact("delegates", _(table.label("delegates")), lines=tuple(map(_line, delegation)), apart=True),
        Fact("needs", _(table.label("needs")), lines=_needs(delegation), apart=True),
    ]


def _eligible_by(lists: frozenset[str], closing_on: date | None) -> list[Fact]:
    """By which lists, of which day, the State is eligible; nothing while the day is not set."""
    if closing_on is None:
        return []
    names = listed(_(known.one) for name, known in COUNTRY_LISTS.items() if name in lists) or _("none")
    said = {"lists": names, "day": format_day(closing_on)}
    words = _("%(lists)s, by the lists of %(day)s, on which nominations close", **said)
    return [Fact("session", _("Eligible as"), lines=(words,))]


def _line(delegate: Delegate) -> str:
    who = ", ".join(part for part in (delegate.name, delegate.function, delegate.office, delegate.email) if part)
    if delegate.departure_airport:
        who = _("%(who)s; leaves from %(airport)s", who=who, airport=delegate.departure_airport)
    if delegate.arrives_on or delegate.leaves_on:
        who = _("%(who)s; there %(days)s", who=who, days=format_days(delegate.arrives_on, delegate.leaves_on))
    return _("%(who)s (alternate)", who=who) if delegate.alternate else who


def _needs(delegation: Sequence[Delegate]) -> tuple[str, ...]:
    """Who pays what, once where it is the same for everybody."""
    words = [listed(_needs_words(delegate)) for delegate in delegation]
    if len(words) > 1 and len(set(words)) == 1:
        return (_("For each of them: %(needs)s", needs=words[0]),)
    return tuple(labelled(delegate.name, said) for delegate, said in zip(delegation, words, strict=True))


def _needs_words(delegate: Delegate) -> list[str]:
    return _needs_listed(_said(delegate), delegate.payer_other)


def _needs_told(value: list[list[str]], _papers: Any) -> list[str]:
    """What an answer said of who pays for each delegate, a line each."""
    return [labelled(name, listed(_needs_listed(needs))) for name, *needs in value]


def _needs_listed(needs: Iterable[str], other: str = "") -> list[str]:
    """Each line, with who pays it where that is not this fund."""
    found = []
    for need in needs:
        line, _colon, payer = need.partition(":")
        words = _(NEED_LABELS[line])
        if payer:
            named = payer == Payer.OTHER and other
            words = _("%(line)s (paid by: %(payer)s)", line=words, payer=named or _(PAYER_LABELS[payer]))
        found.append(words)
    return found
