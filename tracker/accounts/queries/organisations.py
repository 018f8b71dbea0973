"""Reads about organisations and what was asked of the office about them."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from tracker.accounts.links import hash_of
from tracker.accounts.models import AccountRequest, Membership, Office, Organisation
from tracker.accounts.queries.people import visible_organisations
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.reference.models import State
from tracker.reference.names import find_state
from tracker.rights.actor import Actor


def get_organisation(public_id: uuid.UUID, actor: Actor) -> Organisation:
    """An organisation with its aliases that the actor may see: its own, any for the office. Else NotFound."""
    query = (
        sa.select(Organisation)
        .where(Organisation.public_id == public_id, visible_organisations(actor))
        .options(joinedload(Organisation.aliases))
    )
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def official_address_of_the_office() -> str | None:
    """Where the office reads mail; None where it named no address."""
    named = sa.and_(Organisation.kind == "office", Organisation.official_email.is_not(None))
    return db.session.scalar(sa.select(Organisation.official_email).where(named).order_by(Organisation.id).limit(1))


def get_office(public_id: uuid.UUID, actor: Actor) -> Office:
    """An office, with its organisation, that the actor may see; else NotFound."""
    found = db.session.scalars(
        sa.select(Office)
        .join(Office.organisation)
        .where(Office.public_id == public_id, visible_organisations(actor))
        .options(contains_eager(Office.organisation))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def organisation_of_state(iso3: str) -> Organisation | None:
    """The organisation of a State, if it has one yet."""
    return db.session.scalars(sa.select(Organisation).where(Organisation.state_iso3 == iso3)).one_or_none()


def organisations_page(actor: Actor, *, kind: str = "", text: str = "", after: str = "", limit: int = 50) -> list[Any]:
    """Organisations by code, after the code `after`: at most `limit` + 1 rows of (Organisation, number of people).

    `text` is looked for in names and codes, also of aliases, which have no line of their own; a State is found by its
    name in any of the six languages.
    """
    if not actor.is_staff:
        return []
    one = aliased(Organisation)
    is_its_own = sa.or_(one.id == Organisation.id, one.merged_into_id == Organisation.id)
    people = (
        sa.select(sa.func.count())
        .select_from(Membership)
        .join(one, one.id == Membership.organisation_id)
        .where(is_its_own, Membership.ended_at.is_(None))
        .correlate(Organisation)
        .scalar_subquery()
    )
    query = sa.select(Organisation, people.label("people")).where(Organisation.merged_into_id.is_(None))
    query = query.order_by(Organisation.code).limit(limit + 1)
    if kind:
        query = query.where(Organisation.kind == kind)
    if text:
        named = sa.or_(one.name.icontains(text, autoescape=True), one.code == text.upper())
        under_a_name = sa.select(one.id).where(is_its_own, named).correlate(Organisation).exists()
        query = query.where(sa.or_(under_a_name, *_states_named(text)))
    if after:
        query = query.where(Organisation.code > after)
    return list(db.session.execute(query).all())


def _states_named(text: str) -> list[Any]:
    iso3 = find_state(text, invented=True)
    return [Organisation.state_iso3 == iso3] if iso3 else []


def state_codes(*, without_organisation: bool = False) -> list[str]:
    """The codes of all States, or of those that have no organisation yet."""
    query = sa.select(State.iso3)
    if without_organisation:
        query = query.where(~sa.exists().where(Organisation.state_iso3 == State.iso3))
    return list(db.session.scalars(query))


def account_requests_page(
    actor: Actor, *, status: str = "waiting", before: int | None = None, limit: int = 50
) -> list[AccountRequest]:
    """Requests for a first account, newest first, with the people they name: at most `limit` + 1."""
    if not actor.is_staff:
        return []
    query = (
        sa.select(AccountRequest)
        .where(AccountRequest.status == status)
        .options(selectinload(AccountRequest.people))
        .order_by(AccountRequest.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(AccountRequest.id < before)
    return list(db.session.scalars(query))


def get_account_request(public_id: uuid.UUID, actor: Actor) -> AccountRequest:
    """One request for a first account with its people, for the office; NotFound for everybody else."""
    found = (
        db.session.scalars(
            sa.select(AccountRequest)
            .where(AccountRequest.public_id == public_id, AccountRequest.status != "lapsed")
            .options(selectinload(AccountRequest.people))
        ).one_or_none()
        if actor.is_staff
        else None
    )
    if found is None:
        raise NotFound
    return found


def account_request_by_token(token: str) -> AccountRequest | None:
    """The request whose answer a link shows, or None."""
    return db.session.scalars(
        sa.select(AccountRequest).where(AccountRequest.token_hash == hash_of(token))
    ).one_or_none()


def waiting_account_requests(actor: Actor) -> int:
    """How many requests for a first account wait for an answer (a figure in the administrator's menu)."""
    if not actor.has("administrator"):
        return 0
    waiting = sa.select(sa.func.count()).where(AccountRequest.status == "waiting")
    return db.session.scalar(waiting) or 0
