"""The sentences on the office's page of a request: who waits for whom, and what comes next."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance import next_steps, waiting_sentences
from tracker.assistance.lifecycle import Status
from tracker.assistance.rule_facts import DecisionFacts
from tracker.assistance.waiting import unanswered_of, unconfirmed_since
from tracker.assistance.waiting import waiting as waiting_facts
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day
from tracker.reference.names import state_name


def waiting(assistance_request: Any, prepared: DecisionFacts | None, page: Any) -> str:
    """Who waits for whom since when, in one sentence. `prepared` is the decision that waits for a signature."""
    facts = waiting_facts(
        assistance_request,
        unconfirmed_since=unconfirmed_since(page.activities),
        prepared=prepared,
        unanswered=unanswered_of(page.messages_owed),
    )
    amended_by = None
    if prepared is not None and prepared.amends_id is not None:
        amended_by = page.people.get(prepared.prepared_by_id, "")
    sentence = waiting_sentences.to_the_office(
        facts,
        state=state_name(page.whose.state_iso3, current_language()) or page.whose.name,
        officer=page.people.get(assistance_request.assigned_to_id),
        amended_by=amended_by,
    )
    return f"{sentence} {not_reached(assistance_request, page)}".strip()


def not_reached(assistance_request: Any, page: Any) -> str:
    """That the State was not reached, or may not be yet; empty once it was."""
    if assistance_request.unreached_since is not None:
        day = format_day(assistance_request.unreached_since)
        return _("Not reached yet: no letter has come through since %(day)s.", day=day)
    counts = any(clock.name == "answer" and clock.state != "done" for clock in page.clocks)
    if assistance_request.status != Status.CLARIFICATION or counts:
        return ""
    return _("Its time to answer begins once the questions have reached it.")


def next_step(assistance_request: Any, prepared: DecisionFacts | None, page: Any) -> str:
    """What comes next, for the office."""
    known = {clock.name: clock for clock in page.clocks}
    prepared_by = page.people.get(prepared.prepared_by_id, "") if prepared is not None else ""
    return next_steps.to_the_office(
        assistance_request,
        known,
        note=page.note,
        activities=page.activities,
        prepared=prepared,
        prepared_by=prepared_by,
    )
