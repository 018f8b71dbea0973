"""What was estimated, is due and was paid of each line of a seat, out of rows that were read."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker.costs.kept import read_parts
from tracker.participation.seats.lifecycle import Bearer
from tracker.participation.seats.models import Seat
from tracker.participation.settling.lifecycle import LineSums, Owes, owed_by
from tracker.participation.settling.models import SettlementLine
from tracker.pledges.lifecycle import AllocationStatus


def sums(
    seat: Seat, lines: Iterable[Any], paid: dict[int, list[Any]], due: dict[str, SettlementLine]
) -> tuple[LineSums, ...]:
    """The lines of a seat with their sums; shares of one line are counted together."""
    by_state = seat.borne_by == Bearer.STATE
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line)
    return tuple(_of_kind(kind, rows, paid, due.get(kind), by_state) for kind, rows in by_kind.items())


def _of_kind(
    kind: str, rows: list[Any], paid: dict[int, list[Any]], due: SettlementLine | None, by_state: bool
) -> LineSums:
    payments = [payment for row in rows for payment in paid[row.id]]
    payees = {one.payee_kind for one in payments if one.direction == "paid"}
    owes = Owes.STATE if by_state else owed_by(kind, payees)
    return LineSums(
        kind,
        sum(row.estimate_minor or 0 for row in rows),
        sum(row.approved_minor for row in rows),
        _sum(payments),
        due.due_minor if due else None,
        due.ended_minor if due else 0,
        (due.owes if due else None) or owes,
        due.invoice if due else "",
        read_parts(due.parts) if due else (),
        not any(row.status == AllocationStatus.APPROVED for row in rows),
        max(0, _sum(one for one in payments if one.payee_kind != "delegate")),
    )


def _sum(payments: Iterable[Any]) -> int:
    """What was paid and did not come back."""
    return sum(one.amount_minor if one.direction == "paid" else -one.amount_minor for one in payments)


def held_and_back(lines: Iterable[Any]) -> tuple[int, int]:
    """What is held for a seat, and what came back of what was set aside, over the allocations of its lines."""
    purses = {line.public_id: line for line in lines if line.public_id is not None}.values()
    held = sum(one.held for one in purses)
    return held, sum(one.amount_minor - one.paid for one in purses) - held


def allocations(lines: Iterable[Any]) -> dict[str, list[uuid.UUID]]:
    """What pays each line: one allocation for each of its shares."""
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    for line in lines:
        if line.public_id is not None:
            found[line.kind].append(line.public_id)
    return dict(found)


def references(lines: Iterable[Any], paid: dict[int, list[Any]]) -> dict[str, str]:
    """The finance references of what was paid, by line: an invoice that was paid is in the finance system by these."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[line.kind] += [one.external_reference for one in paid[line.id] if one.direction == "paid"]
    return {kind: ", ".join(dict.fromkeys(filter(None, references))) for kind, references in found.items()}
