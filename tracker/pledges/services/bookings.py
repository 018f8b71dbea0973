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
    reversal = aliased(Act)
    number = db.session.scalar(
        sa.select(Act.number)
        .join(booked, booked.act_id == Act.id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(
            *of_the_same,
            booked.amount_minor == line.amount_minor,
            Act.value_date == line.value_date,
            sa.func.lower(Act.external_reference) == line.external_reference.lower(),
            reversal.id.is_(None),
        )
        .limit(1)
    )
    if number is not None:
        sentence = lazy(
            "Step %(number)d has this amount, value date and reference already. If the money did move twice, "
            "tell the two apart in the reference.",
            number=number,
        )
        raise Invalid(fields={"external_reference": sentence})
