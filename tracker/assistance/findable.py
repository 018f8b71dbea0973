"""The words under which a request is found; strictly confidential ones are found by their reference only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance import fields
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.reference.names import all_names
from tracker.search import forget_text, index_many

SUBJECT = AssistanceRequest.__event_subject__
TEXTS = ("problem", "objectives", "expected_results", "human_rights", "earlier_assistance", "own_contribution")
COLUMNS = ("reference", "marking", "source_id", "source_texts", "title", "place", *TEXTS)


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says: its columns by name (those not named are empty), who would benefit, whose it is."""

    columns: Mapping[str, Any]
    beneficiaries: Sequence[str]
    iso3: str | None


def words(said: Said) -> str:
    """The words that the request is found by, whichever way it came.

    Short answers stand before long ones, since the index takes only so many words of a text.
    """
    columns = said.columns
    found = [columns["reference"]]
    if columns["marking"] != Marking.STRICTLY_CONFIDENTIAL:
        found += [columns.get("source_id"), columns.get("title"), *_state_words(said.iso3)]
        found += [*said.beneficiaries, columns.get("place"), *(columns.get(name) for name in TEXTS)]
        found += [text for _field, _language, text in columns.get("source_texts") or ()]
    return "\n".join(filter(None, found))


def index(assistance_request: AssistanceRequest) -> None:
    """Make the request findable by what it says now."""
    r = assistance_request
    said = Said(
        columns={name: getattr(r, name) for name in COLUMNS},
        beneficiaries=db.session.scalars(fields.beneficiary_names(r.id)).all(),
        iso3=db.session.scalar(sa.select(Organisation.state_iso3).where(Organisation.id == r.organisation_id)),
    )
    index_all([(r.id, said)])


def index_all(requests: Iterable[tuple[int, Said]]) -> None:
    """Make many requests findable at once: pairs of id and what each says."""
    index_many(db.session, SUBJECT, [(request_id, words(said)) for request_id, said in requests])


def forget(assistance_request: AssistanceRequest) -> None:
    """Take a discarded request out of the search."""
    forget_text(db.session, SUBJECT, assistance_request.id)


def _state_words(iso3: str | None) -> list[str]:
    """The names, in six languages, of the State that asks: officers look for a request by its State."""
    names = all_names().get(iso3 or "")
    return list(names.short.values()) if names else []
