"""Who waits for whom with a request, as the office reads it, and what comes next."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import Status
from tracker.i18n import N_, current_language, format_day
from tracker.reference.names import state_name


def waiting(assistance_request: Any, page: Any) -> str:
    """Who waits for whom since when, in one sentence."""
    who = page.people.get(assistance_request.assigned_to_id)
    state = state_name(page.whose.state_iso3, current_language()) or page.whose.name
    since = format_day(assistance_request.status_since)
    prepared = assistance_request.prepared_decision
    if prepared is not None:
        day = format_day(prepared.prepared_at)
        if prepared.amends_id is not None:
            by = page.people.get(prepared.prepared_by_id, "")
            return " ".join(
                (
                    _("%(name)s waits for the signature of a programme manager since %(day)s.", name=by, day=day),
                    _("%(state)s hears of the amendment once it is signed.", state=state),
                )
            )
        return _("%(state)s waits for the signature of a programme manager since %(day)s.", state=state, day=day)
    match assistance_request.status:
        case Status.CLARIFICATION:
            return _("UNODC waits for %(state)s since %(day)s.", state=state, day=since)
        case Status.AWAITING_AUTHORISATION:
            return _("UNODC waits for the authority of %(state)s since %(day)s.", state=state, day=since)
        case Status.SUBMITTED | Status.IN_REVIEW | Status.ACCEPTED | Status.IN_DELIVERY if who:
            return _("%(state)s waits for %(officer)s since %(day)s.", state=state, officer=who, day=since)
        case Status.SUBMITTED | Status.IN_REVIEW | Status.ACCEPTED | Status.IN_DELIVERY:
            return _("%(state)s waits for UNODC since %(day)s; nobody has it yet.", state=state, day=since)
    return _("Nobody waits: closed on %(day)s.", day=since)


NEXT_STEPS = {
    Status.SUBMITTED: N_("Next: verify the note verbale and take the request up, or return the note."),
    Status.IN_REVIEW: N_("Next: ask the State, or prepare a decision for somebody else to sign."),
    Status.CLARIFICATION: N_("Next: the State answers; then the clock of the decision goes on."),
    Status.ACCEPTED: N_("Next: plan the money and the activities, then start the delivery."),
    Status.IN_DELIVERY: N_("Next: record what is delivered; complete when all is done and no money is held."),
    Status.AWAITING_AUTHORISATION: N_("Next: the State sends a note verbale that is in order."),
    Status.DECLINED: N_("The State can ask once for a second look while its clock runs."),
}


def next_step(assistance_request: Any, page: Any) -> str:
    """What comes next; a prepared decision waits for its signature."""
    prepared = assistance_request.prepared_decision
    if prepared is not None:
        name = page.people.get(prepared.prepared_by_id, "")
        if prepared.amends_id is not None:
            return _("Next: somebody other than %(name)s signs the prepared amendment, or drops it.", name=name)
        return _("Next: somebody other than %(name)s signs the prepared decision, or drops it.", name=name)
    status = Status(assistance_request.status)
    if status is Status.SUBMITTED and page.note is None:
        return _("Next: take the request up. It came without a note verbale.")
    if status is Status.DECLINED and not _may_be_reopened(assistance_request, page):
        return ""
    step = NEXT_STEPS.get(status)
    return _(step) if step else ""


def _may_be_reopened(assistance_request: Any, page: Any) -> bool:
    """Whether the State can still ask for a second look."""
    running = any(clock.name == "reopen" and clock.state == "running" for clock in page.clocks)
    return running and assistance_request.reopened_at is None
