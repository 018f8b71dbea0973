"""The stages of a session's seats, in their order: how many reached each, and what is said of those that did not."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.lifecycle import STATUS_LABELS, Status
from tracker.languages.formatting import format_number
from tracker.languages.marking import N_
from tracker.participation.board.queries import ELIGIBLE, Board
from tracker.participation.seats.lifecycle import SeatStatus

CONFIRMED = (
    SeatStatus.CONFIRMED,
    SeatStatus.TICKETED,
    SeatStatus.TRAVELLED,
    SeatStatus.NO_SHOW,
    SeatStatus.SETTLED,
)
"""Where a seat stands that its State confirmed; one that was given back since is counted apart."""
OVER = (SeatStatus.TRAVELLED, SeatStatus.NO_SHOW, SeatStatus.SETTLED)
TICKETED = tuple(status for status in CONFIRMED if status is not SeatStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is called, how many reached it, and a few words on the rest. It is `shown` from the day on
    which there is something to say of it."""

    label: str
    reached: Callable[[Board], int]
    note: Callable[[Board], str]
    shown: Callable[[Board], bool] = lambda _board: True


def _by_states(board: Board) -> str:
    late = board.people_with(late=True)
    by = ngettext("by %(num)d State", "by %(num)d States", board.states)
    return _("%(by)s, %(late)s late", by=by, late=late) if late else by


def _not_eligible(board: Board) -> str:
    """How the requests stand that were not found eligible, or not yet."""
    others = [(status, board.people_with(status=status)) for status in Status]
    told = [f"{number} {_(STATUS_LABELS[s][1]).lower()}" for s, number in others if number and s not in ELIGIBLE]
    return _("not yet or not: %(those)s", those=", ".join(told)) if told else ""


def _ended(board: Board) -> str:
    """What became of seats that nobody sits in, and how many were given from the reserve list."""
    declined, taken_back = board.seats(SeatStatus.DECLINED), board.seats(SeatStatus.TAKEN_BACK)
    given_back = sum(row.number for row in board.given if row.given_back)
    numbers = (
        (N_("%(num)s declined"), declined),
        (N_("%(num)s taken back"), taken_back),
        (N_("%(num)s cancelled"), given_back - declined - taken_back),
        (N_("%(num)s promoted"), board.promoted),
    )
    return ", ".join(_(words, num=format_number(number)) for words, number in numbers if number)


def _unanswered(board: Board) -> str:
    waiting = board.seats(SeatStatus.SELECTED)
    return _("%(num)s not answered", num=format_number(waiting)) if waiting else ""


def _without_ticket(board: Board) -> str:
    waiting = board.reached(SeatStatus.CONFIRMED)
    return _("%(num)s without a ticket", num=format_number(waiting)) if waiting else ""


def _missed(board: Board) -> str:
    missed = board.reached(*OVER) - board.travelled
    return _("%(num)s did not travel", num=format_number(missed)) if missed else ""


def _to_settle(board: Board) -> str:
    waiting = board.seats(SeatStatus.TRAVELLED, SeatStatus.NO_SHOW)
    return _("%(num)s to settle", num=format_number(waiting)) if waiting else ""


STAGES = (
    Stage(N_("Nominated"), Board.people, _by_states),
    Stage(N_("Eligible"), lambda board: board.people(lambda row: row.status in ELIGIBLE), _not_eligible),
    Stage(N_("Selected"), Board.seats, _ended, shown=lambda board: board.seats() > 0),
    Stage(
        N_("Confirmed"),
        lambda board: board.reached(*CONFIRMED),
        _unanswered,
        shown=lambda board: board.reached(*CONFIRMED) > 0,
    ),
    Stage(
        N_("Ticketed"),
        lambda board: board.reached(*TICKETED),
        _without_ticket,
        shown=lambda board: board.reached(*CONFIRMED) > 0,
    ),
    Stage(
        N_("Travelled"),
        lambda board: board.travelled,
        _missed,
        shown=lambda board: board.reached(*OVER) > 0,
    ),
    Stage(
        N_("Settled"),
        lambda board: board.reached(SeatStatus.SETTLED),
        _to_settle,
        shown=lambda board: board.reached(*OVER) > 0,
    ),
)
"""Whoever adds what comes later adds a row."""
