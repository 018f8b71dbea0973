"""Reading what a session's support is. Everything here is published, so nothing asks for an actor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.calendar.working_days import day_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.support.dates import counted_back
from tracker.participation.support.lifecycle import PAID_LINES, STEPS
from tracker.participation.support.models import SessionRule, SessionSupport, VisaDays
from tracker.participation.support.terms import USUAL_DAYS, Rule, Support, Terms, VisaNeed
from tracker.reference.models import Airport, Session

_done: dict[str, Any] = {}


def learn_done(step: str, moment: sa.ScalarSelect[Any]) -> None:
    """Say when a step of a session has taken place: `moment` selects it for the session of the row (NULL: not yet).
    A higher room registers it once in create_app."""
    _done[step] = moment


def support_of(session_id: int) -> Support | None:
    """What a session's support is; None while the office has not set it up. At most two statements."""
    return next(iter(supports_of(Session.id == session_id)), None)


def supports_of(*which: sa.ColumnElement[bool]) -> list[Support]:
    """The support of the sessions for which all these hold, by their ids; at most two statements."""
    copied = aliased(Session)
    statement = (
        sa.select(SessionSupport, Session, Airport.timezone, copied.code, *_done.values())
        .join(Session, Session.id == SessionSupport.session_id)
        .outerjoin(Airport, Airport.iata == Session.airport_iata)
        .outerjoin(copied, copied.id == SessionSupport.copied_from_id)
        .where(*which)
        .order_by(Session.id)
    )
    rows = db.session.execute(statement).all()
    ids = [row[0].session_id for row in rows]
    rules, needs = _rules_and_needs(ids)
    return [_support(rules[row[0].session_id], needs[row[0].session_id], *row) for row in rows]


def set_up_sessions(*, but: int) -> Sequence[Session]:
    """The sessions whose support can be copied, the latest first, without the one that it is copied for."""
    return db.session.scalars(
        sa.select(Session)
        .join(SessionSupport, SessionSupport.session_id == Session.id)
        .where(Session.id != but)
        .order_by(Session.starts_on.desc().nulls_last(), Session.code)
    ).all()


def _support(
    rules: tuple[Rule, ...],
    needs: tuple[VisaNeed, ...],
    row: SessionSupport,
    session: Session,
    timezone: str | None,
    copied_from: str | None,
    *done: datetime | None,
) -> Support:
    return Support(
        session_id=session.id,
        code=session.code,
        version=row.version,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        airport_iata=session.airport_iata,
        timezone=timezone,
        closing_on=session.closing_on,
        copied_from=copied_from,
        set_up_on=day_of(row.set_up_at),
        terms=_terms(row, session, rules, needs),
        done={step: day_of(moment) for step, moment in zip(_done, done, strict=True) if moment},
    )


def _terms(row: SessionSupport, session: Session, rules: tuple[Rule, ...], needs: tuple[VisaNeed, ...]) -> Terms:
    return Terms(
        seats=session.seats_funded,
        first_pass=row.first_pass,
        seats_per_state=session.seats_per_state,
        alternates_per_state=session.alternates_per_state,
        rule_set=row.rule_set,
        cabin=row.cabin,
        route=row.route,
        pays=frozenset(line for line in PAID_LINES if getattr(row, f"pays_{line}")),
        days={step: getattr(row, f"{step}_days") for step in STEPS},
        fixed=_fixed(row, session),
        rules=rules,
        visa_days=row.visa_days,
        passport_months=row.passport_months,
        visa_needs=needs,
        phone_day=row.phone_day,
        phone_night=row.phone_night,
    )


def _fixed(row: SessionSupport, session: Session) -> dict[str, date]:
    """Nominations close on a fixed day where theirs is not the one that is counted back."""
    days = {step: getattr(row, f"{step}_on") for step in STEPS if step != "nominations"}
    if session.closing_on != counted_back(session.starts_on, row.nominations_days):
        days["nominations"] = session.closing_on
    return {step: day for step, day in days.items() if day is not None}


def _rules_and_needs(session_ids: list[int]) -> tuple[dict[int, tuple[Rule, ...]], dict[int, tuple[VisaNeed, ...]]]:
    """Rules in their order and days of visas by nationality, of each session; one statement, none without sessions."""
    rules: dict[int, tuple[Rule, ...]] = defaultdict(tuple)
    needs: dict[int, tuple[VisaNeed, ...]] = defaultdict(tuple)
    if not session_ids:
        return rules, needs
    place, none = sa.cast(sa.null(), sa.Integer), sa.cast(sa.null(), sa.String)
    of_rules = sa.select(
        *(SessionRule.session_id.label("session_id"), SessionRule.position.label("position")),
        *(SessionRule.kind.label("kind"), SessionRule.source.label("source")),
        *(none.label("iso3"), none.label("passport"), place.label("days")),
    ).where(SessionRule.session_id.in_(session_ids))
    of_visas = sa.select(
        VisaDays.session_id, place, none, none, VisaDays.nationality_iso3, VisaDays.passport, VisaDays.days
    ).where(VisaDays.session_id.in_(session_ids))
    both = of_rules.union_all(of_visas).subquery()
    for row in db.session.execute(sa.select(both).order_by(both.c.position, both.c.iso3, both.c.passport)):
        if row.kind is not None:
            rules[row.session_id] += (Rule(row.kind, row.source),)
        else:
            needs[row.session_id] += (VisaNeed(row.iso3, row.passport, row.days),)
    return rules, needs


def usual_terms(session: Session) -> Terms:
    """What the form of a session begins with that is not set up: what the session says already, the usual days."""
    return Terms(
        seats=session.seats_funded,
        first_pass=1,
        seats_per_state=max(1, session.seats_per_state),
        alternates_per_state=session.alternates_per_state,
        rule_set="A",
        days=_days_around(session),
        fixed={"nominations": session.closing_on} if session.closing_on else {},
        rules=(Rule("in_time", ""),),
    )


def _days_around(session: Session) -> dict[str, int]:
    """The usual days; where nominations close on a day that is known, no later step comes before it."""
    if session.starts_on is None or session.closing_on is None:
        return dict(USUAL_DAYS)
    closes = (session.starts_on - session.closing_on).days
    later = list(STEPS)[list(STEPS).index("nominations") + 1 :]
    return {**USUAL_DAYS, **{step: min(USUAL_DAYS[step], closes) for step in later}}


def terms_to_copy(session_id: int) -> Terms:
    """The terms of an earlier session for another one: its days are counted back anew, none is fixed."""
    earlier = support_of(session_id)
    if earlier is None:
        raise NotFound
    return replace(earlier.terms, fixed={})
