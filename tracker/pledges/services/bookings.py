"""Checks before money that moved at a bank is booked: its day is possible, and nobody booked it yet."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.pledges.models import Act, Disbursement, Pledge, Receipt


def problem_of_day(value_date: date, pledge: Pledge) -> Any:
    """Why money of the pledge cannot have moved on that day, or None."""
    if value_date > today():
        return lazy("The value date cannot be in the future.")
    if value_date < pledge.made_on:
        return lazy(
            "The value date cannot be before the pledge was made, on %(day)s.",
            day=format_day(pledge.made_on),
        )
    return None


def must_be_new(booked: type[Receipt] | type[Disbursement], line: Any, *of_the_same: sa.ColumnElement[bool]) -> None:
    """Two officers who read the same statement book its line once. Raises Invalid at the reference.

    `line` is the receipt or payment to be booked; `of_the_same` picks the rows of its pledge or its allocation. The
    caller holds the row that makes the other officer wait, so that what this reads stays true.
    """
    the_same = (*of_the_same, booked.amount_minor == line.amount_minor, Act.value_date == line.value_date)
    number = _booked(booked, line.external_reference, *the_same)
    if number is not None:
        sentence = lazy(
            "Step %(number)d has this amount, value date and reference already. If the money did move twice, "
            "tell the two apart in the reference.",
            number=number,
        )
        raise Invalid(fields={"external_reference": sentence})


def must_be_new_for_the_line(direction: str, payment: Any) -> None:
    """One reference of the finance system stands once for a payee and line of a seat, whatever the amount and day.

    The caller holds the request's money. Raises Invalid at the reference.
    """
    same_line = Disbursement.seat_line_id == payment.seat_line_id
    same_payee = Disbursement.payee_kind == payment.payee_kind
    the_same = (same_line, same_payee, Disbursement.direction == direction)
    number = _booked(Disbursement, payment.external_reference, *the_same)
    if number is not None:
        sentence = lazy("Step %(number)d has this reference for this line and payee already.", number=number)
        raise Invalid(fields={"external_reference": sentence})


def _booked(booked: Any, external_reference: str, *the_same: sa.ColumnElement[bool]) -> int | None:
    """The number of the step that stands with this reference and is the same otherwise; None without one."""
    reversal = aliased(Act)
    return db.session.scalar(
        sa.select(Act.number)
        .join(booked, booked.act_id == Act.id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(
            *the_same,
            sa.func.lower(Act.external_reference) == external_reference.lower(),
            reversal.id.is_(None),
        )
        .limit(1)
    )
