"""Who waits for whom, since when, and what comes next on which date: the first lines of every page about a request."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance import clocks
from tracker.assistance.lifecycle import Action, Kind, Status, label_for_state
from tracker.assistance.rule_facts import DecisionFacts
from tracker.assistance.waiting import coming, passed, second_look_until, unconfirmed
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day
from tracker.reference.names import state_name

Known = dict[str, clocks.Reading]
Decision = DecisionFacts | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A title with a few sentences, in a tone with its icon. `said` is what somebody wrote, in `language`, after a
    `label` that says who or why."""

    tone: str
    icon: str
    title: str
    text: str = ""
    said: str = ""
    language: str = ""
    label: str = ""


def status_label(assistance_request: Any) -> str:
    """The status in the State's words; what is accepted for participation awaits the round, or says what it gave."""
    return _(label_for_state(assistance_request))


def readings(parts: Any) -> dict[str, clocks.Reading]:
    """What each clock says now, the latest of each name."""
    return {clock.name: clocks.read(clock, parts.holidays) for clock in parts.clocks}


def summary(assistance_request: Any, decision: Decision, parts: Any, possible: Collection[str] = ()) -> Summary:
    """The first lines for the State. `decision` is the one in force, `possible` are the acts of whoever reads: what
    waits for them says so."""
    say = _SUMMARIES[Status(assistance_request.status)]
    return say(assistance_request, decision, parts, readings(parts), possible)


def _since(r: Any) -> str:
    return format_day(r.status_since)


def _waits(r: Any) -> str:
    """Since when the side that has to act has had to, whoever of it holds the request."""
    return format_day(r.waits_since)


def _language(parts: Any, action: Action) -> str:
    """In which language the newest reason of this act was written; "" when that is not known."""
    return next((row.language or "" for row in reversed(parts.reasons) if row.action == action), "")


def _draft(r: Any, _decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    if r.return_reason:
        title, asks = _("Returned by your authority on %(day)s", day=_since(r)), _("Your authority asks for changes:")
        return Summary("warn", "draft", title, "", r.return_reason, _language(parts, Action.RETURN_TO_DRAFT), asks)
    title = _("A draft since %(day)s", day=format_day(r.created_at))
    return Summary("", "draft", title, _("Only your office, invited colleagues and your authority see it."))


def _awaiting(r: Any, _decision: Decision, parts: Any, known: Known, possible: Collection[str]) -> Summary:
    yours = Action.SUBMIT in possible
    title = (
        _("Waiting for you since %(day)s", day=_waits(r))
        if yours
        else _("Waiting for your authority since %(day)s", day=_waits(r))
    )
    due = _authorisation_due(known)
    returned = parts.notes[0] if parts.notes and parts.notes[0].returned_at else None
    if returned is not None and r.return_reason:
        said, language = _("UNODC returned the note verbale:"), _language(parts, Action.RETURN_NOTE)
        return Summary("warn", "mission", title, due, r.return_reason, language, said)
    text = (
        _("Read the request and submit it with the note verbale, or return it to the drafter.")
        if yours
        else _("An authorising officer reads the request and submits it with the note verbale.")
    )
    return Summary("warn", "mission", title, f"{text} {due}".strip())


def _authorisation_due(known: Known) -> str:
    reading = known.get("authorise")
    if reading is None or reading.due_on is None:
        return ""
    if _is_late(reading):
        return _("The authority was asked to do so by %(day)s.", day=format_day(reading.due_on))
    return _("The authority is asked to do so by %(day)s.", day=format_day(reading.due_on))


def _submitted(r: Any, _decision: Decision, _parts: Any, known: Known, _possible: Collection[str]) -> Summary:
    title = _("Waiting for UNODC since %(day)s", day=_waits(r))
    sentences = []
    if "acknowledge" in known and known["acknowledge"].due_on:
        sentences.append(
            _("The note verbale is to be verified by %(day)s.", day=format_day(known["acknowledge"].due_on))
        )
    return Summary(_tone(known), "received", title, " ".join([*sentences, _decision_due(known)]))


def _in_review(r: Any, _decision: Decision, _parts: Any, known: Known, _possible: Collection[str]) -> Summary:
    title = _("Waiting for UNODC since %(day)s", day=_waits(r))
    first = _("An officer who did not decide before takes the second look.") if r.reopened_at else ""
    return Summary(_tone(known), "review", title, f"{first} {_decision_due(known)}".strip())


def _tone(known: Known) -> str:
    return "warn" if _is_late(known.get("decide")) else "info"


def _is_late(reading: clocks.Reading | None) -> bool:
    return reading is not None and reading.state == "late"


def _decision_due(known: Known) -> str:
    reading = known.get("decide")
    if reading is None or reading.due_on is None:
        return ""
    if _is_late(reading):
        return _("The decision was due by %(day)s.", day=format_day(reading.due_on))
    return _("A decision is due by %(day)s.", day=format_day(reading.due_on))


def _clarification(r: Any, _decision: Decision, parts: Any, known: Known, _possible: Collection[str]) -> Summary:
    state = state_name(parts.owner.state_iso3, current_language())
    title = _("Waiting for %(state)s since %(day)s", state=state, day=_waits(r))
    still_open = [question for question in parts.questions if question.answered_at is None]
    number = len(still_open)
    handed_over_at = next((question.handed_over_at for question in still_open), None)
    sentences = [ngettext("UNODC asked %(num)d question.", "UNODC asked %(num)d questions.", number)]
    if handed_over_at is not None:
        sentences.append(_("The answers wait for your authority since %(day)s.", day=format_day(handed_over_at)))
    if "decide" in known and known["decide"].state == "paused":
        used, total = known["decide"].used, known["decide"].working_days
        sentences.append(_("Its clock is paused: %(used)s of %(total)s working days are used.", used=used, total=total))
    if "answer" not in known or known["answer"].state == "done":
        sentences.append(_("The time to answer begins once the questions have reached your State."))
    elif known["answer"].due_on:
        sentences.append(_("Please answer by %(day)s.", day=format_day(known["answer"].due_on)))
    sentences.append(_("If you need longer, nothing is closed and nothing is lost."))
    return Summary("hold", "waiting", title, " ".join(sentences))


def _accepted(r: Any, decision: Decision, _parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    title = _("Accepted on %(day)s", day=_since(r))
    if r.round_result == "seats":
        text = _("Seats were given to your State: below is for whom.")
    elif r.round_result == "returned":
        text = _("No seat of your State stands any more: each was declined, taken back or ended, as below.")
    elif r.round_result == "reserve":
        text = _("The round gave your State no seat: why, and who is on the reserve list, is said below.")
    elif r.kind == Kind.PARTICIPATION and not (decision and decision.before_rounds):
        text = _("Your delegates are eligible. The round decides for each of them; you hear of it first.")
    else:
        text = _("Waiting for UNODC: it plans the activities and sets the money aside.")
    return Summary("ok", "approved", title, f"{text} {_amended(decision)}".strip())


def _amended(decision: Decision) -> str:
    """That the terms are no longer those of the acceptance, and since when."""
    if decision is None or decision.amends_id is None:
        return ""
    return _("Its terms were amended on %(day)s.", day=format_day(decision.signed_at))


def _in_implementation(r: Any, decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    title = _("In delivery since %(day)s", day=_since(r))
    waiting = len(unconfirmed(parts.activities))
    if waiting:
        text = ngettext(
            "%(num)d delivery waits for your confirmation.", "%(num)d deliveries wait for your confirmation.", waiting
        )
        return Summary("warn", "part", title, f"{text} {_amended(decision)}".strip())
    activity = coming(parts.activities)
    tone = "warn" if activity and passed(activity) else "info"
    return Summary(tone, "part", title, f"{_next_activity(activity)} {_amended(decision)}".strip())


def _next_activity(activity: Any) -> str:
    if activity is None:
        return ""
    day = format_day(activity.planned_on)
    if passed(activity):
        return _("An activity was planned for %(day)s; nothing of it is recorded yet.", day=day)
    return _("The next activity is planned for %(day)s.", day=day)


def _declined(r: Any, decision: Decision, _parts: Any, known: Known, possible: Collection[str]) -> Summary:
    until, text = format_day(second_look_until(r, known)), ""
    if until:
        text = (
            _("You can ask for a second look until %(day)s.", day=until)
            if Action.REOPEN in possible
            else _("Your authority can ask for a second look until %(day)s.", day=until)
        )
    return Summary("bad", "declined", _("Declined on %(day)s", day=_since(r)), text, *_reasons(decision))


def _reasons(decision: Decision) -> tuple[str, str, str]:
    return (decision.reasons, decision.language, _("Reasons of UNODC:")) if decision is not None else ("", "", "")


def _referred(r: Any, decision: Decision, _parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    to = decision.referred_to if decision is not None else ""
    title = _("Referred to %(name)s on %(day)s", name=to, day=_since(r))
    return Summary("hold", "refer", title, _("They take it from here with what you asked."), *_reasons(decision))


def _merged(r: Any, decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    title = _("Joined with another request of your State on %(day)s", day=_since(r))
    reference = parts.joined[0].reference if parts.joined else ""
    text = _("Everything further happens in %(reference)s.", reference=reference) if reference else ""
    return Summary("hold", "merge", title, text, *_reasons(decision))


def _completed(r: Any, _decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    text = _("You can still confirm and rate what was delivered.") if unconfirmed(parts.activities) else ""
    return Summary("ok", "delivered", _("Completed on %(day)s", day=_since(r)), text)


def _withdrawn(r: Any, _decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    title, reason = _("Withdrawn on %(day)s", day=_since(r)), r.withdrawal_reason or ""
    label = _("Reason of your authority:") if reason else ""
    return Summary("", "withdrawn", title, "", reason, _language(parts, Action.WITHDRAW), label)


def _unfunded(r: Any, _decision: Decision, parts: Any, _clocks: Any, _possible: Collection[str]) -> Summary:
    rule = next((row.reason for row in reversed(parts.reasons) if row.action == Action.END_UNFUNDED), "")
    label = _("By the published rule:") if rule else ""
    language = _language(parts, Action.END_UNFUNDED)
    if r.seats_given_up:
        return Summary(
            "hold", "withdrawn", _("Seats given up: ended on %(day)s", day=_since(r)), "", rule, language, label
        )
    text = _("Your State was eligible; no seat of this session could be given to it.")
    return Summary(
        "hold", "withdrawn", _("No seat in this session: ended on %(day)s", day=_since(r)), text, rule, language, label
    )


_SUMMARIES = {
    Status.DRAFT: _draft,
    Status.AWAITING_AUTHORISATION: _awaiting,
    Status.SUBMITTED: _submitted,
    Status.IN_REVIEW: _in_review,
    Status.CLARIFICATION: _clarification,
    Status.ACCEPTED: _accepted,
    Status.IN_IMPLEMENTATION: _in_implementation,
    Status.DECLINED: _declined,
    Status.REFERRED: _referred,
    Status.MERGED: _merged,
    Status.COMPLETED: _completed,
    Status.WITHDRAWN: _withdrawn,
    Status.UNFUNDED: _unfunded,
}
