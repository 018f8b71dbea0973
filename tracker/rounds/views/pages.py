"""Which sessions have rounds, a session's rounds, one round."""

import uuid
from typing import Any

from flask import render_template

from tracker.accounts.models import Person
from tracker.events import on_record
from tracker.participation.seats.shares import below
from tracker.participation.support.models import SessionSupport
from tracker.participation.support.queries import support_of
from tracker.reference import queries as reference
from tracker.rights.rules import can
from tracker.rounds import inputs, presenting, queries
from tracker.rounds.blueprint import bp
from tracker.rounds.lifecycle import STATUS_LABELS, UNDER_WAY, RoundAction, RoundStatus
from tracker.rounds.policies import OPEN_RULES, READERS, RULES
from tracker.rounds.proposals.queries import proposals_of
from tracker.rounds.rule_facts import rule_facts_of
from tracker.web.access import access, current_actor


@bp.get("/")
@access(*READERS)
def index() -> Any:
    """The sessions whose support is set up, each with its rounds and what of it waits for the reader."""
    actor = current_actor()
    return render_template(
        "rounds/index.html",
        labels=STATUS_LABELS,
        rows=queries.sessions_with_rounds(SessionSupport.session_id, actor),
        approves=actor.has("finance_officer"),
        gives=actor.has("programme_manager") and not actor.has("finance_officer"),
    )


@bp.get("/sessions/<code>")
@access(*READERS)
def of_session(code: str) -> Any:
    """The rounds of a session."""
    session = reference.get_session(code)
    rows = queries.rounds_of(session.id)
    support = support_of(session.id)
    under_way = any(row.Round.status in UNDER_WAY for row in rows)
    may_open = can(OPEN_RULES, RoundAction.OPEN, current_actor(), None) is None
    free_seats, waiting = queries.free_and_waiting(session.id)
    return render_template(
        "rounds/session.html",
        session=session,
        rows=rows,
        labels=STATUS_LABELS,
        support=support,
        free_seats=free_seats,
        waiting=waiting,
        below=below(),
        may_open=may_open and support is not None and not under_way,
        may_set_up=may_open,
    )


@bp.get("/<uuid:public_id>")
@access(*READERS)
def show(public_id: uuid.UUID) -> Any:
    """One round: the order of the States explained, their people, what pays, what departs from the order."""
    actor = current_actor()
    round_ = on_record(lambda: queries.get_round(public_id, actor), actor=actor)
    table = inputs.table_shown(round_)
    facts = rule_facts_of(round_)
    names = {row.given_by_id for row in table.seats} | {round_.opened_by_id, round_.prepared_by_id}
    return render_template(
        "rounds/show.html",
        round=round_,
        table=table,
        session=table.session,
        states=(shown := presenting.states(table)),
        with_seat=sum(state.seats > 0 for state in shown),
        strays=presenting.strays(table),
        purses=presenting.purses(table),
        shares=presenting.shares(table),
        held_back=presenting.held_back(table),
        reserve=presenting.reserve_list(table),
        proposals=proposals_of(round_.id),
        total=presenting.total(table),
        part_of=lambda row: presenting.given_of(table, row),
        by_hand=[row for row in table.seats if row.reason],
        moved=inputs.moved_since(round_),
        openable=queries.openable(table.asking, actor),
        people=queries.names_of(Person, names | {round_.approved_by_id}),
        may={action.value for action in RULES if can(RULES, action, actor, facts) is None},
        refusal=can(RULES, RoundAction.APPROVE, actor, facts),
        label=STATUS_LABELS[RoundStatus(round_.status)],
    )
