"""Whom an event tells, asked of the database in one statement: an act pays that and one INSERT."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, Organisation, PasswordReset, Person, RoleProposal, SignInCode
from tracker.accounts.queries.aliases import HOME_ID
from tracker.database.columns import BigId
from tracker.extensions import db
from tracker.notifications.audience.mailboxes import without_account
from tracker.notifications.audience.rules import (
    RULES,
    WITHOUT_ACCOUNT,
    Condition,
    Rule,
    donor,
    has_role,
    living,
    names_of,
    state,
)
from tracker.notifications.catalogue import Notice
from tracker.notifications.lifecycle import Side, Turn
from tracker.notifications.subjects import About


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told, as whom, by which rule and in which turn. `key` is never empty and decides that nobody is
    told twice; a group that may be told has one, too, and no person."""

    key: str
    side: Side
    rule: str
    turn: Turn = Turn.FIRST
    person_id: int | None = None
    membership_id: int | None = None
    organisation_id: int | None = None
    language: str = "en"
    name: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it is no person or mailbox, but whoever belongs to a group when it is told."""
        return self.key.startswith("group:")

    @property
    def party(self) -> str:
        """Those among whom the next turn comes when nobody was reached: one organisation, or the office."""
        return "office" if self.side is Side.STAFF else f"organisation:{self.organisation_id}"


def recipients(notice: Notice, about: About, actor_person_id: int | None) -> list[Recipient]:
    """Everybody whom `notice` about this tells, each once, and who is told in their stead when none of them can be
    reached. Who did it is not told of it; a party one of which did it knows of it, and needs nobody in their stead."""
    names = names_of(notice, about)
    found: dict[str, Recipient] = {}
    for recipient in [*_read(_parts(names, about)), *_invited(names, about)]:
        found.setdefault(recipient.key, recipient)
    if actor_person_id is None or notice.tells_actor:
        return list(found.values())
    did = found.pop(f"person:{actor_person_id}", None)
    return [one for one in found.values() if did is None or one.turn is Turn.FIRST or one.party != did.party]


def members(rule: str, about: About) -> list[Recipient]:
    """The people of a group as they are now."""
    return _read([(Recipient("", RULES[rule].side, rule, Turn.GROUP), _members(RULES[rule], about))])


Part = tuple[Recipient, sa.Select[Any]]
"""What all rows of a select have in common, and the select."""


def _parts(names: list[str], about: About) -> Iterator[Part]:
    """One select for each rule, then for each group and each official address behind them, in order of precedence."""
    rules = {name: RULES[name] for name in names if name in RULES}
    behind = {name: RULES[name] for name in dict.fromkeys(rule.behind for rule in rules.values()) if name}
    for name in names:
        if name in rules:
            yield Recipient("", rules[name].side, name), _members(rules[name], about)
        elif name == "official":
            yield Recipient("", Side.ADDRESS, name), _official(donor(about) if about.type == "pledge" else state(about))
        elif name == "self":
            yield Recipient("", Side.SELF, name), _person(about)
    for name, group in behind.items():
        yield (
            Recipient(f"group:{name}", group.side, name, Turn.GROUP),
            _row(owner=Organisation.id).where(group.owners(about), Organisation.merged_into_id.is_(None)),
        )
    for rule in rules.values():
        if not rule.alone:
            yield Recipient("", rule.side, "official", Turn.ADDRESS), _official(rule.owners(about))


def _row(person: Any = None, membership: Any = None, owner: Any = None, language: Any = None, name: Any = None) -> Any:
    """The columns of every part; what a part has not is NULL of the right type, as PostgreSQL wants it in a UNION."""
    ids = (("person_id", person), ("membership_id", membership), ("organisation_id", owner))
    words = (("language", language), ("name", name))
    return sa.select(
        *((sa.cast(sa.null(), BigId) if value is None else value).label(label) for label, value in ids),
        *((sa.cast(sa.null(), sa.String) if value is None else value).label(label) for label, value in words),
    )


def _members(rule: Rule, about: About) -> Any:
    return (
        _row(Person.id, Membership.id, HOME_ID, Person.language, Person.name)
        .join_from(Membership, Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(rule.owners(about), rule.who(about), has_role(*rule.roles), *living())
    )


def _official(owners: Condition) -> Any:
    found = _row(owner=Organisation.id, language=Organisation.official_language, name=Organisation.name)
    reachable = Organisation.active.is_(True), Organisation.official_email.is_not(None)
    return found.where(owners, Organisation.merged_into_id.is_(None), *reachable)


def _person(about: About) -> Any:
    """The person whom a note about an account is for."""
    whose: Any = sa.null()
    match about.type:
        case "person":
            whose = about.id
        case "membership":
            whose = sa.select(Membership.person_id).where(Membership.id == about.id).scalar_subquery()
        case "role_proposal":
            its_place = sa.select(RoleProposal.membership_id).where(RoleProposal.id == about.id).scalar_subquery()
            whose = sa.select(Membership.person_id).where(Membership.id == its_place).scalar_subquery()
        case "password_reset":
            whose = sa.select(PasswordReset.person_id).where(PasswordReset.id == about.id).scalar_subquery()
        case "sign_in_code":
            whose = sa.select(SignInCode.person_id).where(SignInCode.id == about.id).scalar_subquery()
    return _row(person=Person.id, language=Person.language, name=Person.name).where(
        Person.id == whose, Person.disabled_at.is_(None)
    )


def _read(parts: Iterable[Part]) -> list[Recipient]:
    """The rows of all parts in one statement, in the order of the parts."""
    common, selects = [], []
    for place, (shared, part) in enumerate(parts):
        common.append(shared)
        selects.append(part.add_columns(sa.literal_column(str(place), sa.Integer).label("place")))
    if not selects:
        return []
    rows = sa.union_all(*selects).subquery()
    ordered = sa.select(rows).order_by(rows.c.place, rows.c.membership_id, rows.c.organisation_id)
    return [_recipient(common[row.place], row) for row in db.session.execute(ordered)]


def _recipient(shared: Recipient, row: Any) -> Recipient:
    key = f"person:{row.person_id}" if row.person_id is not None else f"address:{row.organisation_id}"
    return replace(
        shared,
        key=shared.key or key,
        person_id=row.person_id,
        membership_id=row.membership_id,
        organisation_id=row.organisation_id,
        language=row.language or "en",
        name=row.name or "",
    )


def _invited(names: list[str], about: About) -> list[Recipient]:
    """The mailboxes of people who have no account yet."""
    found = [(name, without_account(name, about.id)) for name in names if name in WITHOUT_ACCOUNT]
    return [Recipient(box.key, Side.ADDRESS, name, language=box.language, name=box.name) for name, box in found if box]
