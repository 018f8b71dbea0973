"""The board of a session, for whoever in the office reads requests."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.languages.formatting import format_number
from tracker.participation.blueprint import bp
from tracker.participation.board.groups import REGIONS, SPECIAL, Group, shares
from tracker.participation.board.money import asked_of, paying_for
from tracker.participation.board.needs import needs_of
from tracker.participation.board.queries import Board, board_of
from tracker.participation.board.stages import STAGES
from tracker.participation.seats.queries import TOLD_FROM
from tracker.participation.support.policies import RULES, SET_UP
from tracker.participation.support.queries import support_of
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_READERS, Actor
from tracker.rights.rules import can
from tracker.rounds.queries import free_and_waiting, given_by_round
from tracker.web.access import access, current_actor


@bp.get("/sessions/<code>/board")
@access(*REQUEST_READERS)
def board(code: str) -> Any:
    """Dates, stages, regional groups and lists of a session, and every State that asks."""
    session = reference.get_session(code)
    actor = current_actor()
    support = support_of(session.id)
    found = board_of(session, actor)
    free_seats, waiting = free_and_waiting(session.id)
    stages = [(_(stage.label), stage.reached(found), stage.note(found)) for stage in STAGES if stage.shown(found)]
    return render_template(
        "participation/board/board.html",
        session=session,
        support=support,
        steps=support.steps(today()) if support else (),
        opens_in=(session.starts_on - today()).days if session.starts_on else None,
        board=found,
        stages=stages,
        stage_bars=[(label, number) for label, number, _note in stages],
        given_by=_given_by(session, found, actor),
        women=_women(found),
        needs=needs_of(session, found, actor, support),
        today=today(),
        asked=asked_of(session, support, found, actor) if support else None,
        paying=paying_for(session, actor),
        by_group=_bars(found, REGIONS),
        by_list=_bars(found, SPECIAL),
        free_seats=free_seats,
        waiting=waiting,
        may_set_up=can(RULES, SET_UP, actor, None) is None,
    )


def _given_by(session: Session, found: Board, actor: Actor) -> list[tuple[str, int]]:
    """How many seats each round gave, and how many came from the reserve list; nothing before seats were given."""
    if not found.seats():
        return []
    by_round = [(_("Round %(number)s", number=number), seats) for number, seats in given_by_round(session.id, actor)]
    others = found.seats() - found.promoted - sum(seats for _label, seats in by_round)
    rows = [*by_round, (_("From the reserve list"), found.promoted)]
    return [*rows, (_("In another way"), others)] if others else rows


def _women(found: Board) -> list[tuple[str, str]]:
    """The share of women among those who said which they are, where these are three or more."""
    parts = ((_("Nominated"), found.women, found.stated), (_("In seats"), found.seated_women, found.seated_stated))
    return [
        (label, _("%(women)s of %(all)s, %(share)s %%", women=women, all=stated, share=round(100 * women / stated)))
        for label, women, stated in parts
        if stated >= TOLD_FROM
    ]


def _bars(found: Board, groups: tuple[Group, ...]) -> list[tuple[str, list[int], str]]:
    """How many seats stand of how many nominated people: the seats, the people without one, and both in words."""
    return [
        (
            _(one.label),
            [one.given, one.without],
            _("%(given)s of %(asked)s", given=format_number(one.given), asked=format_number(one.asked)),
        )
        for one in shares(found, groups)
    ]
