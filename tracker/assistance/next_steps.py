"""What comes next with a request, as its State reads it and as the office."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.clocks import Reading
from tracker.assistance.lifecycle import Status
from tracker.assistance.rule_facts import DecisionFacts
from tracker.assistance.waiting import coming, passed, second_look_until
from tracker.languages.formatting import format_day
from tracker.languages.marking import N_

Known = dict[str, Reading]


def to_the_state(assistance_request: Any, known: Known, activities: Any) -> tuple[str, str] | None:
    """What comes after the present waiting, and when: a title and a few words; None when nothing is due."""
    status, decide = assistance_request.status, known.get("decide")
    if status == Status.CLARIFICATION and decide is not None and decide.state == "paused":
        days = max(decide.days, 0)
        return _("Decision"), ngettext(
            "%(num)d working day after your answers, at the latest",
            "%(num)d working days after your answers, at the latest",
            days,
        )
    if status in (Status.SUBMITTED, Status.IN_REVIEW) and decide is not None and decide.due_on:
        due, late = format_day(decide.due_on), decide.state == "late"
        return _("Decision"), _("was due by %(day)s", day=due) if late else _("by %(day)s", day=due)
    activity = coming(activities)
    if status in (Status.ACCEPTED, Status.IN_IMPLEMENTATION) and activity is not None:
        day = format_day(activity.planned_on)
        was = _("was planned for %(day)s; nothing is recorded yet", day=day)
        return activity.title, was if passed(activity) else _("planned for %(day)s", day=day)
    return None


def planned_day(activity: Any) -> str:
    """For which day an activity is planned; that it is over without a result is said."""
    day = format_day(activity.planned_on)
    return _("%(day)s, which has passed; nothing is recorded yet", day=day) if passed(activity) else day


_OF_THE_OFFICE = {
    Status.SUBMITTED: N_("Next: verify the note verbale and take the request up, or return the note."),
    Status.IN_REVIEW: N_("Next: ask the State, or prepare a decision for somebody else to sign."),
    Status.CLARIFICATION: N_("Next: the State answers; then the clock of the decision goes on."),
    Status.ACCEPTED: N_("Next: plan the money and the activities, then start the delivery."),
    Status.IN_IMPLEMENTATION: N_("Next: record what is delivered; complete when all is done and no money is held."),
    Status.AWAITING_AUTHORISATION: N_("Next: the State sends a note verbale that is in order."),
    Status.DECLINED: N_("The State can ask once for a second look while its clock runs."),
}


def to_the_office(
    assistance_request: Any,
    known: Known,
    *,
    note: Any,
    activities: Any,
    prepared: DecisionFacts | None,
    prepared_by: str,
) -> str:
    """What comes next; a prepared decision waits for its signature. `note` is the note verbale that counts."""
    status = Status(assistance_request.status)
    if prepared is not None and prepared.amends_id is not None:
        return _("Next: somebody other than %(name)s signs the prepared amendment, or drops it.", name=prepared_by)
    if prepared is not None:
        return _("Next: somebody other than %(name)s signs the prepared decision, or drops it.", name=prepared_by)
    if status is Status.SUBMITTED and note is None:
        return _("Next: take the request up. It came without a note verbale.")
    if status is Status.DECLINED and second_look_until(assistance_request, known) is None:
        return ""
    step, activity = _OF_THE_OFFICE.get(status), coming(activities)
    if status is Status.IN_IMPLEMENTATION and activity is not None and passed(activity):
        return _(
            "Next: record what was delivered of “%(title)s”, planned for %(day)s, or plan it anew.",
            title=activity.title,
            day=format_day(activity.planned_on),
        )
    return _(step) if step else ""
