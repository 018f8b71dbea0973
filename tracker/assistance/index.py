"""The words under which a request is found; strictly confidential ones are found by their reference only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.fields import editing, table
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.reference.names import all_names
from tracker.search import forget_text, index_many

SUBJECT = AssistanceRequest.__event_subject__
# What every request has beside its fields; of an imported one the source's id and its texts in other languages.
COLUMNS = ("reference", "marking", "source_id", "source_texts")


@dataclass(frozen=True, slots=True)
class SearchedText:
    """What a request is found by: values by the columns of the table of fields (those not named are empty), and its
    State."""

    values: Mapping[str, Any]
    iso3: str | None


def words(said: SearchedText) -> str:
    """The words that the request is found by, whichever way it came.

    Short answers stand before long ones, since the index takes only so many words of a text.
    """
    values = said.values
    found = [values["reference"]]
    if values["marking"] != Marking.STRICTLY_CONFIDENTIAL:
        found += [values.get("source_id"), *_state_words(said.iso3)]
        for name in table.found_by():
            answer = values.get(name)
            found += answer if isinstance(answer, list) else [answer]
        found += [text for _field, _language, text in values.get("source_texts") or ()]
    return "\n".join(filter(None, found))


def index(assistance_request: AssistanceRequest) -> None:
    """Make the request findable by what it says now."""
    r = assistance_request
    values = {name: getattr(r, name) for name in (*COLUMNS, *table.found_by()) if name != "beneficiaries"}
    values["beneficiaries"] = list(db.session.scalars(editing.beneficiary_names(r.id)))
    iso3 = db.session.scalar(sa.select(Organisation.state_iso3).where(Organisation.id == r.organisation_id))
    index_all([(r.id, SearchedText(values, iso3))])


def index_all(requests: Iterable[tuple[int, SearchedText]]) -> None:
    """Make many requests findable at once: pairs of id and what each says."""
    index_many(db.session, SUBJECT, [(request_id, words(said)) for request_id, said in requests])


def forget(assistance_request: AssistanceRequest) -> None:
    """Take a discarded request out of the search."""
    forget_text(db.session, SUBJECT, assistance_request.id)


def _state_words(iso3: str | None) -> list[str]:
    """The names, in six languages, of the State that asks: officers look for a request by its State."""
    names = all_names().get(iso3 or "")
    return list(names.short.values()) if names else []
