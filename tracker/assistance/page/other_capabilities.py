"""What pages about requests show of higher capabilities: who would be told, and how far a request is funded."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from tracker.rights.actor import Actor


def audience_in_words(event_name: str, assistance_request: Any, actor: Actor, **data: Any) -> list[tuple[str, str]]:
    """Who would be told of this event, as (name, language) for the page."""
    from tracker.notifications import queries

    return queries.audience_in_words(event_name, assistance_request, actor, **data)


def own_people_told(event_name: str, assistance_request: Any, actor: Actor) -> list[tuple[str, str]]:
    """The same of an event that is told to people of the actor's own organisation alone; one statement less."""
    from tracker.notifications import queries

    return [(one.name, one.language) for one in queries.audience(event_name, assistance_request, actor)]


def read_by_office(request_id: int, event_names: Collection[str]) -> dict[int, Any]:
    """When somebody of the office first read of each message of a request, by the message's row id."""
    from tracker.notifications import queries

    return queries.read_by_office(request_id, event_names)


def funding(request_ids: Collection[int]) -> dict[int, Any]:
    """How far requests are funded, by their row ids; one never accepted is not in it."""
    from tracker.pledges import queries

    return queries.funding_of(request_ids)


def delegations(rows: Iterable[Any]) -> dict[UUID, Any]:
    """How many people the rows' requests for participation name, by public id."""
    from tracker.participation import queries

    return queries.sizes_of(rows)
