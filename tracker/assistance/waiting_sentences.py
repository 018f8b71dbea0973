"""Who has to act next with a request, since when and until when, in one line: as the State reads it and as the
office."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import WaitingFor
from tracker.assistance.waiting import Unanswered, Waiting, unanswered_of, unconfirmed_since, waiting
from tracker.languages.formatting import format_day
from tracker.rights.actor import REQUEST_WRITERS, Actor


def to_the_state(row: Any, actor: Actor) -> str:
    """Who has to act next, told to `actor` of the same State in its lists."""
    facts = waiting(
        row,
        unconfirmed_since=row.unconfirmed_since,
        handed_over=row.handed_over_at is not None,
        unanswered=Unanswered(row.unanswered_by_office, row.unanswered_by_state),
    )
    return _with_messages(_said_to_the_state(row, facts, actor), facts)


def to_the_state_on_page(assistance_request: Any, parts: Any, actor: Actor) -> str:
    """The same on the request's own page."""
    handed_over = any(question.handed_over_at for question in parts.questions if question.answered_at is None)
    facts = waiting(
        assistance_request,
        unconfirmed_since=unconfirmed_since(parts.activities),
        handed_over=handed_over,
        unanswered=unanswered_of(parts.messages_owed),
    )
    return _with_messages(_said_to_the_state(assistance_request, facts, actor), facts)


def _with_messages(line: str, facts: Waiting) -> str:
    """The line with the messages that wait for an answer beside what it says."""
    if facts.unanswered.by_state is not None:
        day = format_day(facts.unanswered.by_state)
        return _("%(line)s; UNODC asks you for an answer since %(day)s", line=line, day=day)
    if facts.unanswered.by_office is not None:
        day = format_day(facts.unanswered.by_office)
        return _("%(line)s; your message of %(day)s is not answered yet", line=line, day=day)
    return line


def _said_to_the_state(row: Any, facts: Waiting, actor: Actor) -> str:
    """A request that is over says only since when."""
    since = format_day(facts.since)
    match facts.waiting_for:
        case WaitingFor.DRAFTER if row.drafter_id == actor.person_id or not actor.has("authorising_officer"):
            return _("with you, changed on %(day)s", day=since)
        case WaitingFor.DRAFTER:
            return _("with its drafter, changed on %(day)s", day=since)
        case WaitingFor.AUTHORITY if actor.has("authorising_officer") and row.drafter_id != actor.person_id:
            return _with_you(facts, since)
        case WaitingFor.AUTHORITY:
            return _with_your_authority(facts, since)
        case WaitingFor.RELEASE if not actor.has("authorising_officer"):
            return _("with your authority since %(day)s", day=since)
        case WaitingFor.ANSWERS | WaitingFor.RELEASE:
            return _asked(facts, since, actor)
        case WaitingFor.CONFIRMATION:
            return _("with your State: a delivery is to be confirmed")
        case WaitingFor.OFFICE:
            return _with_the_office(facts, since)
    return _over(facts, since)


def _over(facts: Waiting, since: str) -> str:
    """Of a request that is over: since when, and whether a message still waits for its answer."""
    match facts.waiting_for:
        case WaitingFor.REPLY:
            return _("with UNODC: your message of %(day)s is not answered yet", day=since)
        case WaitingFor.STATE_REPLY:
            return _("with your State: UNODC asks for an answer since %(day)s", day=since)
    return _("since %(day)s", day=since)


def _with_you(facts: Waiting, since: str) -> str:
    if facts.until is None:
        return _("with you since %(day)s", day=since)
    if facts.late:
        return _("with you since %(day)s, was due by %(due)s", day=since, due=format_day(facts.until))
    return _("with you since %(day)s, due by %(due)s", day=since, due=format_day(facts.until))


def _with_your_authority(facts: Waiting, since: str) -> str:
    if facts.until is None:
        return _("with your authority since %(day)s", day=since)
    if facts.late:
        return _("with your authority since %(day)s, was due by %(due)s", day=since, due=format_day(facts.until))
    return _("with your authority since %(day)s, due by %(due)s", day=since, due=format_day(facts.until))


def _asked(facts: Waiting, since: str, actor: Actor) -> str:
    if not actor.has(*REQUEST_WRITERS):
        return _("with your State since %(day)s", day=since)
    if facts.until is None:
        return _("with you since %(day)s", day=since)
    return _("with you since %(day)s, please answer by %(due)s", day=since, due=format_day(facts.until))


def _with_the_office(facts: Waiting, since: str) -> str:
    if facts.until is None:
        return _("with UNODC since %(day)s", day=since)
    if facts.late:
        return _("with UNODC since %(day)s, was due by %(due)s", day=since, due=format_day(facts.until))
    return _("with UNODC since %(day)s, due by %(due)s", day=since, due=format_day(facts.until))


def to_the_office(facts: Waiting, *, state: str, officer: str | None, amended_by: str | None = None) -> str:
    """Who waits for whom since when, in one sentence, and one more where a message waits. `officer` has the request;
    `amended_by` prepared an amendment, of which the State does not know."""
    sentences = [_first_to_the_office(facts, state, officer, amended_by)]
    if facts.unanswered.by_office is not None:
        day = format_day(facts.unanswered.by_office)
        sentences.append(_("A message of %(state)s is not answered since %(day)s.", state=state, day=day))
    if facts.unanswered.by_state is not None:
        day = format_day(facts.unanswered.by_state)
        sentences.append(_("%(state)s was asked for an answer on %(day)s.", state=state, day=day))
    return " ".join(sentences)


def _first_to_the_office(facts: Waiting, state: str, officer: str | None, amended_by: str | None) -> str:
    day = format_day(facts.since)
    match facts.waiting_for:
        case WaitingFor.SIGNATURE if amended_by is not None:
            return " ".join(
                (
                    _(
                        "%(name)s waits for the signature of a programme manager since %(day)s.",
                        name=amended_by,
                        day=day,
                    ),
                    _("%(state)s hears of the amendment once it is signed.", state=state),
                )
            )
        case WaitingFor.SIGNATURE:
            return _("%(state)s waits for the signature of a programme manager since %(day)s.", state=state, day=day)
        case WaitingFor.ANSWERS | WaitingFor.CONFIRMATION:
            return _("UNODC waits for %(state)s since %(day)s.", state=state, day=day)
        case WaitingFor.AUTHORITY:
            return _("UNODC waits for the authority of %(state)s since %(day)s.", state=state, day=day)
        case WaitingFor.OFFICE if officer:
            return _("%(state)s waits for %(officer)s since %(day)s.", state=state, officer=officer, day=day)
        case WaitingFor.OFFICE:
            return _("%(state)s waits for UNODC since %(day)s; nobody has it yet.", state=state, day=day)
        case WaitingFor.REPLY:
            return _("%(state)s waits for an answer to its message since %(day)s.", state=state, day=day)
        case WaitingFor.STATE_REPLY:
            return _("UNODC waits for an answer of %(state)s since %(day)s.", state=state, day=day)
    return _("Nobody waits: closed on %(day)s.", day=day)
