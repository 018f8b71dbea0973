"""The office's page of one request."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext

from tracker.assistance import clocks, history, queries, said
from tracker.assistance.fields import facts
from tracker.assistance.lifecycle import AMENDABLE, CLOSED, SIGNS, Action, Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.policies import RULES, barred_people
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of
from tracker.assistance.waiting import submitted_on
from tracker.calendar.now import today
from tracker.database.paging import write_cursor
from tracker.events import on_record
from tracker.participation.cards import estimates_shown
from tracker.participation.travel.cards import seats_shown
from tracker.pledges.queries import funding_of
from tracker.rights.actor import MONEY_PLANNERS, REQUEST_READERS, Actor
from tracker.rights.rules import can
from tracker.triage.blueprint import bp
from tracker.triage.case import amendments, page_forms, waiting
from tracker.triage.case import presenting as case_presenting
from tracker.triage.case.lists import MOST_EVENTS
from tracker.triage.case.queries import StaffPage, staff_page
from tracker.triage.case.similar import similar_to
from tracker.triage.forms import AssignForm
from tracker.triage.queue import presenting as queue_presenting
from tracker.triage.queue.place import Place
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm

_ACTIONS = (
    Action.TAKE_UP,
    Action.RETURN_NOTE,
    Action.ASK_CLARIFICATION,
    Action.PREPARE_DECISION,
    Action.DROP_DECISION,
    Action.PREPARE_AMENDMENT,
    Action.DROP_AMENDMENT,
    Action.AMEND,
    Action.START_IMPLEMENTATION,
    Action.COMPLETE,
    Action.END_UNFUNDED,
    Action.ASSIGN,
    Action.RECUSE,
    Action.ADD_NOTE,
    Action.RECORD_CONTACT,
    Action.PLAN_ACTIVITY,
    Action.RECORD_IMPLEMENTATION,
    Action.WRITE_MESSAGE,
    Action.ANSWER_MESSAGE,
    Action.PROPOSE_ERASURE,
    Action.DROP_ERASURE,
    Action.ERASE,
)


@bp.get("/requests/<uuid:public_id>", endpoint="request")
@access(*REQUEST_READERS)
def show(public_id: uuid.UUID) -> Any:
    """Who waits for whom, what is asked, what happened, and what the reader can do about it."""
    return page_of(public_id)


def page_of(public_id: uuid.UUID, refused: Mapping[str, KeyedForm] | None = None) -> str:
    """The page; `refused` holds the form that has errors, in place of an empty one, by its name there."""
    actor, place = current_actor(), Place.here()
    assistance_request = on_record(lambda: queries.get_visible(public_id, actor), actor=actor)
    where = _in_the_queue(assistance_request, place)
    page = staff_page(assistance_request, actor, place=where, counts=queue_presenting.menu_select(actor))
    g.triage_counts = page.counts._asdict()
    asked = rule_facts_of(assistance_request.id)
    may = allowed(actor, asked)
    prepared = _row_of(page, asked.prepared_decision)
    decided = _row_of(page, asked.decision)
    funding = funding_of([assistance_request.id]).get(assistance_request.id) if decided else None
    return render_template(
        "triage/case/request.html",
        r=assistance_request,
        page=page,
        may=may,
        shown=_parts_shown(actor, assistance_request, asked, page, may, decided),
        place=place,
        prepared=prepared,
        decided=decided,
        amendment=amendments.read(assistance_request, prepared, decided, funding),
        earlier_terms=amendments.earlier(page.decisions, decided),
        facts=facts.facts_of(assistance_request, page),
        **_of_seats(assistance_request),
        similar=similar_to(assistance_request, actor, state_iso3=page.whose.state_iso3),
        funding=funding,
        beside=_previous_and_next(page, where),
        waiting=waiting.waiting(assistance_request, asked.prepared_decision, page),
        next_step=waiting.next_step(assistance_request, asked.prepared_decision, page),
        country_lists=case_presenting.country_lists_of(page.whose),
        lists_on=submitted_on(assistance_request) or today(),
        so_far=case_presenting.assistance_so_far(page.given),
        consent=case_presenting.consent_words(page.consents),
        history=_history(assistance_request, page),
        older_happenings=len(page.happenings) > MOST_EVENTS,
        consequences=case_presenting.consequences,
        said=_said(assistance_request, page),
        counting=gettext(clocks.COUNTING),
        assign_form=_assign_form(assistance_request, asked, actor, page),
        **page_forms.empty_or_refused(refused or {}, page),
    )


def _of_seats(found: AssistanceRequest) -> dict[str, Any]:
    """What the seats would cost, and those that there are."""
    return {"card_": estimates_shown(found), "seats": seats_shown(found)}


def _said(found: AssistanceRequest, page: StaffPage) -> list[said.Entry]:
    """What was decided, answered and given as a reason."""
    record = said.Record(
        *(found.status, page.reasons, page.decisions, page.rounds),
        *(page.activities, page.notes_verbales, page.attachments, page.erasures),
    )
    return said.entries(record, office=True, by=lambda person_id: page.people.get(person_id or 0, ""))


def _parts_shown(
    actor: Actor, found: AssistanceRequest, asked: RuleFacts, page: StaffPage, may: dict[str, Any], decided: Any
) -> dict[str, bool]:
    """Which parts of the page there are, where that takes more than one rule or fact."""
    recused = actor.person_id in asked.recused_ids
    return {
        "one_sum": found.kind == Kind.TECHNICAL and found.amount_minor is not None and not page.budget_lines,
        "implementation": found.status in (*AMENDABLE, Status.COMPLETED) or bool(page.activities),
        "end_unfunded": found.kind == Kind.PARTICIPATION and may["end_unfunded"] is None,
        "erasure_waits": asked.erasure_proposed_by_id is not None,
        "second_look": decided is not None and found.status == Status.IN_REVIEW and found.reopened_at is not None,
        "money_plan": found.kind == Kind.TECHNICAL
        and found.status in AMENDABLE
        and actor.has(*MONEY_PLANNERS)
        and not recused,
        "recusal": may["recuse"] is None and may["assign"] is None and found.status not in CLOSED,
    }


def _in_the_queue(assistance_request: AssistanceRequest, place: Place) -> tuple[Any, Any, str]:
    """Filters, order and row by which its neighbours are found: where the reader came from, else its own clock."""
    if place.at:
        return place.filters, place.sort, place.at
    return place.filters, type(place.sort)(), write_cursor([assistance_request.due_at, assistance_request.id])


def _history(assistance_request: AssistanceRequest, page: StaffPage) -> list[history.Line]:
    """What happened, with who did it."""

    def by(event: Any) -> str:
        if event.one != event.other:
            return gettext("several people")
        name = page.people.get(event.actor_person_id, "")
        other = page.people.get(event.data.get("for_id"), "")
        return gettext("%(name)s, for %(other)s", name=name, other=other) if name and other else name

    return history.lines(assistance_request, page.happenings[:MOST_EVENTS], office=True, by=by, names=page.people)


def _assign_form(assistance_request: AssistanceRequest, asked: RuleFacts, actor: Actor, page: StaffPage) -> AssignForm:
    """The officers who can take the request, with whoever has it chosen; nobody yet: the reader, who may want it."""
    holder = assistance_request.assigned_to_id or actor.person_id
    fit = [row for row in page.officers if row.id not in barred_people(asked)]
    chosen = next((str(row.public_id) for row in fit if row.id == holder), None)
    data = {"version": assistance_request.version, "officer": chosen}
    return AssignForm(formdata=None, data=data).offer(fit)


def allowed(actor: Actor, asked: RuleFacts) -> dict[str, Any]:
    """By action: None when the actor may, else the refusal with its sentence; "sign" follows the prepared outcome."""
    may = {action.value: can(RULES, action, actor, asked) for action in _ACTIONS}
    prepared = asked.prepared_decision
    signs = SIGNS[prepared.outcome] if prepared is not None else Action.ACCEPT
    may["sign"] = can(RULES, signs, actor, asked)
    return may


def _row_of(page: StaffPage, decision: Any) -> Any:
    """The page's own row of a decision (with the reference of the request that it joins)."""
    return next((row for row in page.decisions if decision is not None and row.id == decision.id), None)


def _previous_and_next(page: StaffPage, where: tuple[Any, Any, str]) -> dict[str, str]:
    """The addresses of the requests before and after this one in the queue."""
    query = Place(where[0], where[1]).query
    found = {}
    for name, public_id, values in (("earlier", page.earlier, page.earlier_at), ("later", page.later, page.later_at)):
        if public_id is not None:
            found[name] = url_for("triage.request", public_id=public_id, at=write_cursor(values), **query)
    return found
