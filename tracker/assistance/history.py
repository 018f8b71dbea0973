"""The history of a request: a sentence for each of its events, and the lines that the State and the office read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list
from flask_babel import gettext

from tracker.calendar.now import VIENNA
from tracker.events import sentences
from tracker.events.sentences import Sentence
from tracker.languages.choosing import words_locale
from tracker.languages.formatting import format_day
from tracker.languages.marking import N_

# What a State did with its draft is its own matter; what the office does inside its house is the office's.
SENTENCES = {
    "assistance.drafted": Sentence(None, N_("Draft begun")),
    "assistance.copied": Sentence(None, N_("Draft begun as a copy of an earlier request")),
    "assistance.edited": Sentence(None),
    "assistance.discarded": Sentence(None),
    "assistance.co_drafter_invited": Sentence(None, N_("A colleague was invited to the draft")),
    "assistance.authorisation_asked": Sentence(N_("Authorisation asked in the State"), N_("Authorisation asked")),
    "assistance.returned_to_draft": Sentence(N_("Returned to the drafter in the State"), N_("Returned to the drafter")),
    "assistance.submitted": Sentence(N_("Received with its note verbale"), N_("Submitted with a note verbale")),
    "assistance.note_returned": Sentence(N_("Note verbale returned"), N_("Note verbale returned")),
    "assistance.taken_up": Sentence(N_("Note verbale verified, taken up"), N_("Note verbale verified, review begun")),
    "assistance.clarification_asked": Sentence(
        N_("Questions sent, the clock of the decision stands still"), N_("Questions asked")
    ),
    "assistance.answered": Sentence(N_("The State answered"), N_("Questions answered")),
    "assistance.answers_handed_over": Sentence(None, N_("Answers handed to the authority")),
    "assistance.document_struck": Sentence(N_("A document was struck out"), N_("A document was struck out")),
    "assistance.document_replaced": Sentence(
        N_("A document was replaced by a later version"), N_("A document was replaced by a later version")
    ),
    "assistance.erasure_proposed": Sentence(N_("The removal of a document's content was proposed")),
    "assistance.erasure_dropped": Sentence(N_("The proposed removal of a document's content was dropped")),
    "assistance.document_erased": Sentence(
        N_("The content of a document was removed"), N_("The content of a document was removed")
    ),
    "assistance.decision_prepared": Sentence(N_("Decision prepared")),
    "assistance.decision_dropped": Sentence(N_("Prepared decision dropped")),
    "assistance.accepted": Sentence(N_("Accepted"), N_("Accepted")),
    "assistance.amendment_prepared": Sentence(N_("Amendment prepared")),
    "assistance.amendment_dropped": Sentence(N_("Prepared amendment dropped")),
    "assistance.amended": Sentence(N_("Amended"), N_("Amended")),
    "assistance.declined": Sentence(N_("Declined"), N_("Declined")),
    "assistance.referred": Sentence(N_("Referred"), N_("Referred")),
    "assistance.merged": Sentence(N_("Merged with another request"), N_("Joined with another request")),
    "assistance.reopened": Sentence(N_("The State asked for a second look"), N_("Second look asked for")),
    "assistance.assigned": Sentence(N_("Assigned to %(name)s"), to="officer_id"),
    "assistance.bulk_assigned": Sentence(N_("Assigned to %(name)s with other requests"), counted=True, to="officer_id"),
    "assistance.handed_over": Sentence(N_("Handed over to %(name)s"), to="officer_id"),
    "assistance.left_without_officer": Sentence(N_("The officer left, nobody has it now")),
    "assistance.drafts_passed_on": Sentence(None, N_("Passed on to a colleague of whoever drafted it")),
    "assistance.left_by_drafter": Sentence(None, N_("Whoever drafted it has left")),
    "assistance.recused": Sentence(N_("A conflict of interest was declared")),
    "assistance.state_missed": Sentence(N_("No letter has reached the State"), N_("No letter has reached your State")),
    "assistance.state_reached": Sentence(N_("The State was reached"), N_("Your State was reached")),
    "assistance.note_added": Sentence(N_("Internal note added")),
    "assistance.exported": Sentence(N_("Exported with other requests of the queue"), counted=True),
    "assistance.imported": Sentence(N_("Imported")),
    "assistance.activity_planned": Sentence(N_("Activity planned"), N_("An activity was planned")),
    "assistance.implementation_recorded": Sentence(N_("Delivery recorded"), N_("A delivery was recorded")),
    "assistance.implementation_confirmed": Sentence(
        N_("The State confirmed a delivery"), N_("A delivery was confirmed")
    ),
    "assistance.implementation_started": Sentence(N_("Delivery begun"), N_("Delivery begun")),
    "assistance.completed": Sentence(N_("Completed"), N_("Completed")),
    "assistance.withdrawn": Sentence(N_("Withdrawn by the State"), N_("Withdrawn")),
    "assistance.ended_unfunded": Sentence(N_("Ended without a seat"), N_("Ended without a seat")),
    "assistance.consent_changed": Sentence(N_("Consent changed"), N_("Consent changed")),
    "assistance.state_wrote": Sentence(N_("Message of the State"), N_("Message to UNODC")),
    "assistance.office_wrote": Sentence(N_("Message to the State"), N_("Message of UNODC")),
    "assistance.paper_handed_in": Sentence(N_("Paper of the State"), N_("Paper handed in with a message")),
    "assistance.paper_sent": Sentence(N_("Paper sent to the State"), N_("Paper of UNODC")),
    "assistance.answer_wanted": Sentence(N_("The State was asked for an answer"), N_("UNODC asks for an answer")),
    "assistance.more_time_asked": Sentence(N_("The State asked for more time"), N_("More time asked for")),
    "assistance.more_time_given": Sentence(N_("More time given"), N_("More time given")),
    "assistance.amendment_wanted": Sentence(N_("The State wants an amendment"), N_("An amendment asked for")),
    "assistance.not_as_described": Sentence(
        N_("The State says that a delivery is not as described"), N_("A delivery is not as described, UNODC was told")
    ),
    "assistance.message_refused": Sentence(N_("Told the State why not"), N_("UNODC says why not")),
    "assistance.message_rested": Sentence(N_("A message needs no answer"), N_("A message needs no answer")),
    "clock.overdue": Sentence(N_("A deadline has passed")),
    "clock.authorisation_overdue": Sentence(
        N_("The deadline of the State's authority has passed"), N_("The deadline of the authority has passed")
    ),
    "clock.authorisation_awaited": Sentence(
        N_("The State's authority was reminded"), N_("The authority was reminded"), counted=True
    ),
    "clock.due_soon": Sentence(N_("A deadline comes near")),
}

# The same event in the history of the request that goes on.
JOINED_HERE = Sentence(N_("Another request was joined with this one"), N_("Another request was joined with this one"))
BEGUN_BY_PAYMENT = Sentence(
    N_("Delivery begun by the first payment, which %(name)s recorded"),
    N_("Delivery begun by the first payment"),
    to="paid_by_id",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in the reader's language, who did it (nothing when nobody is to be named), and when."""

    title: str
    who: str
    at: datetime


def milestones() -> list[str]:
    """The events that move a request on: what a desk of the State shows."""
    return [name for name in sentences.names(office=False) if sentences.of(name).naming is None]


def milestone(name: str) -> str:
    """What happened at a milestone, in the words and the language of a State's reader."""
    return gettext(sentences.of(name).state)


def who(event: Any) -> str:
    """Who acted, as the State reads it: its own people by name, the office as such."""
    return gettext("UNODC") if event.side == "office" else event.person or event.office or ""


def lines(
    assistance_request: Any,
    events: Iterable[Any],
    *,
    office: bool = False,
    by: Callable[[Any], str] = who,
    names: Mapping[int, str] | None = None,
) -> list[Line]:
    """The history for the State, or for the office, newest first as `events` come: what one person did to several
    people in a row on one day is one line. `events` have id, name, at and data, of the counted ones also `times` and
    `since`; `by` tells who acted in one, `names` to whom the office gave the request, by the person's id."""
    told = [[event] for event in events]
    for older in range(len(told) - 1, 0, -1):
        if _same_act(told[older - 1][-1], told[older][0], by):
            told[older - 1] += told.pop(older)
    people = _people(assistance_request, [event for run in told for event in run])
    words = {run[0].id: _words(_sentence(assistance_request, run[0]), run[0], names or {}, office) for run in told}
    return [Line(_title(run, words[run[0].id], people), by(run[0]), run[0].at) for run in told]


def _words(sentence: Sentence, event: Any, names: Mapping[int, str], office: bool) -> str:
    """The sentence in the reader's language; those whom it names together, as %(names)s, are still to come."""
    words = sentence.told_to(office=office) or ""
    return gettext(words, name=names.get(event.data.get(sentence.to), "")) if sentence.to else gettext(words)


def _same_act(newer: Any, older: Any, by: Callable[[Any], str]) -> bool:
    same = newer.name == older.name and sentences.of(newer.name).naming is not None and by(newer) == by(older)
    return same and newer.at.astimezone(VIENNA).date() == older.at.astimezone(VIENNA).date()


def _people(assistance_request: Any, events: list[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    naming = {event.id: sentences.of(event.name).naming for event in events}
    for names in {names for names in naming.values() if names is not None}:
        found |= names(assistance_request, [event for event in events if naming[event.id] is names])
    return found


def _sentence(assistance_request: Any, event: Any) -> Sentence:
    if event.name == "assistance.merged" and event.data.get("merged_into_id") == assistance_request.id:
        return JOINED_HERE
    if event.name == "assistance.implementation_started" and "paid_by_id" in event.data:
        return BEGUN_BY_PAYMENT
    return sentences.of(event.name)


def _title(run: list[Any], words: str, people: dict[int, list[str]]) -> str:
    sentence = sentences.of(run[0].name)
    if sentence.counted and run[0].times > 1:
        since = format_day(run[0].since)
        return gettext("%(what)s, %(times)d times since %(day)s", what=words, times=run[0].times, day=since)
    if sentence.naming is None:
        return words
    named = list(dict.fromkeys(person for event in reversed(run) for person in people.get(event.id, [])))
    return words % {"names": format_list(named, locale=words_locale())}
