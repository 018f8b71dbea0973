"""How the files of a system are read."""

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.money import is_currency
from tracker.reconciling import queries
from tracker.reconciling.columns import NAMES, NEEDED
from tracker.reconciling.models import SIGNS, FinanceSource
from tracker.reconciling.policies import RULES, ReconcilingAction
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Said:
    """A system by its name; the headings of its tables by our names (none: it sends statements of a bank), its sign,
    and its currency where tables do not say one."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    sign: str = "out_minus"
    currency: str | None = None


@verb
def save_source(public_id: uuid.UUID | None, *, actor: Actor, version: int | None, said: Said) -> str:
    """Record a system anew, or how its files are read from now on; gives its public id."""
    authorize(RULES, ReconcilingAction.SAVE_SOURCE, actor, None)
    _check(public_id, said)
    if public_id is None:
        row = FinanceSource(**asdict(said))
        db.session.add(row)
        db.session.flush()
    else:
        row = queries.get_source(public_id)
        seen = row.version if version is None else version
        same = FinanceSource.id == row.id, FinanceSource.version == seen
        if not update_where(FinanceSource, *same, version=FinanceSource.version + 1, **asdict(said)):
            raise Stale(lazy("Somebody changed this while you had the page open."))
    events.record("reconciling.source_saved", row, actor=actor)
    return str(row.public_id)


def _check(public_id: uuid.UUID | None, said: Said) -> None:
    problems = _problems_of_columns(said)
    if not said.name.strip():
        problems["name"] = lazy("Give the system a name.")
    others = sa.func.lower(FinanceSource.name) == said.name.strip().lower()
    taken = db.session.scalar(sa.select(FinanceSource.public_id).where(others))
    if taken is not None and taken != public_id:
        problems["name"] = lazy("Another system has this name.")
    if said.currency is not None and not is_currency(said.currency):
        problems["only_currency"] = lazy("Enter the code of a currency, such as USD.")
    if set(said.columns) - set(NAMES) or said.sign not in SIGNS:
        problems["sign"] = lazy("Say whether what was paid has a minus.")
    if problems:
        raise Invalid(fields=problems)


def _problems_of_columns(said: Said) -> dict[str, Any]:
    named = {name: heading for name, heading in said.columns.items() if heading}
    if not named:
        return {}
    problems = {name: lazy("Name the column, or leave all of them empty.") for name in NEEDED if name not in named}
    headings = ["_".join(heading.split()).casefold() for heading in named.values()]
    if len(set(headings)) != len(headings):
        problems.setdefault("reference", lazy("Each column can be named once."))
    if "currency" not in named and said.currency is None:
        problems["currency"] = lazy("Name the column of the currency, or say in which currency every table is.")
    return problems
