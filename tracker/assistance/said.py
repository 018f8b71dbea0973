"""What was decided, answered and given as a reason, in order and in its own words: one list, which the State and the
office both read. It rests on rows that stay, never on the status.

What is inside one house stays there: the office's prepared texts, and the words of a State's authority to its drafter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker.assistance import history
from tracker.assistance.fields import differences, table
from tracker.assistance.fields.differences import Difference
from tracker.assistance.lifecycle import ERASURE_GROUNDS, RATINGS, Action, Outcome, Status
from tracker.languages.formatting import format_day, format_money

By = Callable[[int | None], str]
"""The name of a person, as the reader may know it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, in `language` ("" when that is not known), after a label that says what it is."""

    label: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question on a field with its answer ("" while there is none), and what that changed in the request."""

    field: str
    question: Words
    answer: Words
    change: Difference | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said: what it was, whose it was, when; facts as (label, value), words, answers."""

    at: datetime
    title: str
    who: str
    words: tuple[Words, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The rows of one request, as both pages load them. `rounds` are rounds of questions, each with its questions."""

    status: str
    reasons: Iterable[Any]
    decisions: Iterable[Any]
    rounds: Iterable[tuple[Any, list[Any]]]
    activities: Iterable[Any]
    notes: Iterable[Any]
    papers: Iterable[Any]
    erasures: Iterable[Any]


def entries(record: Record, *, office: bool, by: By) -> list[Entry]:
    """Everything that was said, the oldest first. `by` names people; what the office did is "UNODC" to the State."""
    signed = {row.id: row for row in record.decisions if row.signed_at is not None}
    changes = differences.by_question((q for _round, asked in record.rounds for q in asked), record.papers)
    found = [
        *(_reason(row, office, by) for row in record.reasons),
        *(_verified(row, office, by) for row in record.notes if row.verified_at is not None),
        *(_round(asked, questions, changes, office, by) for asked, questions in _told(record)),
        *(_decision(row, signed, office, by) for row in signed.values()),
        *(_confirmation(row, office, by) for row in record.activities if row.confirmed_at is not None),
        *(_struck(row, record.papers, by) for row in record.papers if row.struck_at is not None),
        *(_erased(row, office, by) for row in record.erasures if row.confirmed_at is not None),
    ]
    return sorted(found, key=lambda entry: entry.at)


def _told(record: Record) -> Iterable[tuple[Any, list[Any]]]:
    """Rounds that were answered, and those that were still open when the request was taken back; one that waits for
    its answer stands on the page in full."""
    waits = record.status == Status.CLARIFICATION
    return ((asked, questions) for asked, questions in record.rounds if asked.answered_at is not None or not waits)


_REASONED = {
    Action.RETURN_TO_DRAFT: "assistance.returned_to_draft",
    Action.RETURN_NOTE: "assistance.note_returned",
    Action.REOPEN: "assistance.reopened",
    Action.WITHDRAW: "assistance.withdrawn",
    Action.RECORD_CONTACT: "assistance.state_reached",
    Action.END_UNFUNDED: "assistance.ended_unfunded",
}
_OF_THE_OFFICE = (Action.RETURN_NOTE, Action.RECORD_CONTACT, Action.END_UNFUNDED)


def _title(event: str, office: bool) -> str:
    return _(history.SENTENCES[event].told_to(office=office))


def _of_the_office(person_id: int | None, office: bool, by: By) -> str:
    """Who of the office it was; a State reads its name only."""
    return by(person_id) if office else _("UNODC")


def _reason(row: Any, office: bool, by: By) -> Entry:
    action = Action(row.action)
    who = _of_the_office(row.given_by_id, office, by) if action in _OF_THE_OFFICE else by(row.given_by_id)
    words = Words(_("How") if action is Action.RECORD_CONTACT else _("Reason"), row.reason, row.language or "")
    inside_the_state = action is Action.RETURN_TO_DRAFT and office
    facts = ((_("On"), format_day(row.day)),) if row.day is not None else ()
    return Entry(row.given_at, _title(_REASONED[action], office), who, () if inside_the_state else (words,), facts)


def _verified(row: Any, office: bool, by: By) -> Entry:
    return Entry(row.verified_at, _title("assistance.taken_up", office), _of_the_office(row.verified_by_id, office, by))


def _round(asked: Any, questions: list[Any], changes: Mapping[int, Difference], office: bool, by: By) -> Entry:
    if asked.answered_at is None:
        title, who = _title("assistance.clarification_asked", office), _of_the_office(asked.asked_by_id, office, by)
        return Entry(asked.asked_at, title, who, answers=tuple(_unanswered(question, office) for question in questions))
    answers = tuple(_answer(question, _("Answer"), changes.get(question.id)) for question in questions)
    day = (_("Asked on"), format_day(asked.asked_at))
    title, who = _title("assistance.answered", office), by(asked.answered_by_id)
    return Entry(asked.answered_at, title, who, facts=(day,), answers=answers)


def _answer(question: Any, label: str, change: Difference | None) -> Answer:
    return Answer(
        _(table.label(question.field)),
        Words(_("Question"), question.text, question.language),
        Words(label, question.answer, question.answer_language or ""),
        change,
    )


def _unanswered(question: Any, office: bool) -> Answer:
    """A question that got no answer; what the State had begun to write is its own."""
    begun = _answer(question, _("Answer, not sent"), None)
    return replace(begun, answer=Words("", "", "")) if office else begun


_DECIDED = {
    Outcome.ACCEPTED: "assistance.accepted",
    Outcome.DECLINED: "assistance.declined",
    Outcome.REFERRED: "assistance.referred",
    Outcome.MERGED: "assistance.merged",
}


def _decision(row: Any, signed: Mapping[int, Any], office: bool, by: By) -> Entry:
    """A decision or an amendment whole: its terms, its conditions, its reasons."""
    amends = signed.get(row.amends_id) if row.amends_id else None
    said = (
        Words(_("Why this amount"), row.amount_reason, row.language),
        Words(_("Scope"), row.scope, row.scope_language),
        Words(_("How human rights were considered"), row.human_rights, row.human_rights_language),
        Words(_("Conditions"), row.conditions, row.conditions_language),
        Words(_("Reasons"), row.reasons, row.language),
    )
    return Entry(
        row.signed_at,
        _title("assistance.amended" if row.amends_id else _DECIDED[Outcome(row.outcome)], office),
        _of_the_office(row.signed_by_id, office, by),
        tuple(words for words in said if words.text),
        tuple(_decision_facts(row, amends)),
    )


def _decision_facts(row: Any, amends: Any) -> list[tuple[str, str]]:
    found = []
    if row.amount_minor is not None:
        found.append((_("Amount"), format_money(row.amount_minor, "USD")))
    if amends is not None and amends.amount_minor is not None and amends.amount_minor != row.amount_minor:
        found.append((_("Amount before"), format_money(amends.amount_minor, "USD")))
    if row.referred_to:
        found += [(_("To whom"), row.referred_to), (_("The State agreed on"), format_day(row.state_agreed_on))]
    if row.joined_reference:
        found.append((_("Joins"), row.joined_reference))
    return found


def _struck(row: Any, papers: Iterable[Any], by: By) -> Entry:
    """A document that no longer counts, with the later version where there is one."""
    later = next((paper for paper in papers if paper.id == row.replaced_by_id), None)
    title = _title("assistance.document_replaced" if later else "assistance.document_struck", office=False)
    facts = [(_("Document"), row.label or row.name)]
    if later is not None:
        facts.append((_("Later version"), later.name))
    words = Words(_("Reason"), row.strike_reason, row.strike_language)
    return Entry(row.struck_at, title, by(row.struck_by_id), (words,), tuple(facts))


def _erased(row: Any, office: bool, by: By) -> Entry:
    """A document whose content is gone, with what stays of it."""
    facts = (
        (_("Document"), row.name),
        (_("Why it had to go"), _(ERASURE_GROUNDS[row.ground])),
        (_("Hash (SHA-256)"), row.sha256),
    )
    title, who = _title("assistance.document_erased", office), _of_the_office(row.confirmed_by_id, office, by)
    return Entry(row.confirmed_at, title, who, (Words(_("Reason"), row.reason, row.language),), facts)


def _confirmation(row: Any, office: bool, by: By) -> Entry:
    """The State's word on something delivered: its rating by its name, its comment as it was written."""
    rating = _("%(number)s of 5: %(words)s", number=row.rating, words=_(RATINGS[row.rating]))
    words = (
        Words(_("Delivered"), row.title, row.language),
        Words(_("Comment"), row.comment or "", row.comment_language),
    )
    title, who = _title("assistance.implementation_confirmed", office), by(row.confirmed_by_id)
    said = tuple(each for each in words if each.text)
    return Entry(row.confirmed_at, title, who, said, ((_("Rating"), rating),))
