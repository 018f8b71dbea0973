"""Who asked and who was given over all sessions: for the office as it is, for everybody as the reports of the sessions
are published, so that the sum tells nothing that they do not. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.participation.board.groups import REGIONS, SPECIAL, Group, shares
from tracker.participation.board.queries import Board
from tracker.reference.models import Session
from tracker.reporting.merging import Amounts, columns
from tracker.reporting.publishing import Figure, Row, Shown, shown_of
from tracker.reporting.readers import NOBODY, Known

NOTHING = Row("", None, None, None)


@dataclass(frozen=True, slots=True)
class EarlierFact:
    """Seats that a State used at a session whose seats are not kept here, from a file of the office."""

    session: str
    ended_on: date
    iso3: str
    group: str | None
    ldc: bool
    lldc: bool
    sids: bool
    seats: int


@dataclass(frozen=True, slots=True)
class EarlierShown:
    """Such seats by regional group; `whole` and `merged` as in `Shown`."""

    whole: Figure
    groups: tuple[tuple[str, Figure], ...]
    merged: Figure


@dataclass(frozen=True, slots=True)
class Equity:
    """Asked, given and used over all sessions, by group and by session (the latest first); earlier seats apart."""

    regions: Shown
    lists: Shown
    sessions: tuple[tuple[Session, Row], ...]
    earlier: EarlierShown | None

    @property
    def is_empty(self) -> bool:
        """There is nothing of any session."""
        return not self.sessions and self.earlier is None


def equity(boards: Sequence[tuple[Session, Board]], earlier: Sequence[EarlierFact]) -> Equity:
    """As it is, for readers who may read what the boards hold."""
    rows = [row for _session, board in boards for row in board.rows]
    given = [row for _session, board in boards for row in board.given]
    board = Board(rows, given, date.max)
    whole = _whole(board)
    return Equity(
        Shown(whole, _rows(board, REGIONS), NOTHING),
        Shown(whole, _rows(board, SPECIAL), NOTHING),
        tuple((session, _whole(one)) for session, one in boards),
        _earlier(earlier) if earlier else None,
    )


def published_equity(
    boards: Sequence[tuple[Session, Board]],
    named: Mapping[int, frozenset[str]],
    earlier: Sequence[EarlierFact],
    known: Mapping[int, Sequence[Known]] = NOBODY,
) -> Equity:
    """The sum of what is published of each session. `named` are the States that are named, by session, and `known`
    what each donor knows."""
    shown = [
        (session, *shown_of(board, named.get(session.id, frozenset()), known.get(session.id, ())))
        for session, board in boards
    ]
    told = [(session, regions, lists) for session, regions, lists in shown if any(_cells(regions.whole))]
    return Equity(
        _sum([regions for _session, regions, _lists in told], REGIONS),
        _sum([lists for _session, _regions, lists in told], SPECIAL),
        tuple((session, regions.whole) for session, regions, _lists in told),
        _earlier_published(earlier) if earlier else None,
    )


def _cells(row: Row) -> tuple[Figure, Figure, Figure]:
    return row.asked, row.given, row.used


def _whole(board: Board) -> Row:
    without = sum(one.without for one in shares(board, REGIONS))
    return Row("", board.people(), board.standing_of(lambda _row: True), board.travelled, without)


def _rows(board: Board, groups: tuple[Group, ...]) -> tuple[Row, ...]:
    return tuple(Row(one.label, one.asked, one.given, one.used, one.without) for one in shares(board, groups))


def _sum(shown: Sequence[Shown], groups: Sequence[Group]) -> Shown:
    if not shown:
        return Shown(NOTHING, tuple(Row(one.label, None, None, None) for one in groups), NOTHING)
    return Shown(
        _added([one.whole for one in shown]),
        tuple(_added(list(rows)) for rows in zip(*(one.groups for one in shown), strict=True)),
        _added([one.merged for one in shown]),
    )


def _added(rows: Sequence[Row]) -> Row:
    """Rows of one group over several sessions; what is published of none is published of the sum neither. Who has no
    seat is added up like the others, of the sessions of which it is published."""

    def of(name: str) -> Figure:
        known = [figure for figure in (getattr(row, name) for row in rows) if figure is not None]
        return sum(known) if known else None

    return Row(rows[0].label, of("asked"), of("given"), of("used"), of("without"))


def _earlier(rows: Sequence[EarlierFact]) -> EarlierShown:
    groups = tuple((one.label, sum(row.seats for row in rows if one.has(row))) for one in REGIONS)
    return EarlierShown(sum(row.seats for row in rows), groups, None)


def _earlier_published(rows: Sequence[EarlierFact]) -> EarlierShown:
    by_state: dict[str, int] = defaultdict(int)
    for row in rows:
        by_state[row.iso3] += row.seats
    sets = [list(by_state), *([row.iso3 for row in rows if one.has(row)] for one in REGIONS)]
    ((whole, *groups),) = columns([sorted(set(one)) for one in sets], [Amounts(dict(by_state))])
    merged = None if whole is None else whole - sum(one or 0 for one in groups)
    labelled = tuple((one.label, figure) for one, figure in zip(REGIONS, groups, strict=True))
    return EarlierShown(whole, labelled, merged)
