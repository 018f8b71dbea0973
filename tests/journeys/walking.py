"""Walking the site: from the start page along every link, each kind of page a few times."""

import gzip
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.services.people import sign_in
from tracker.accounts import queries
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to as requests_visible_to
from tracker.extensions import db
from tracker.pledges.models import Pledge
from tracker.pledges.queries import visible_to as pledges_visible_to
from tracker.rights.actor import Actor

LINK = re.compile(r'(?:<a\b[^>]*?\bhref|<form\b[^>]*?method="get"[^>]*?\baction)="(/[^"#]*)"')
TIMES = 2
"""How often each kind of page is visited by one person, beside what they start with."""
PAGE_BYTES = 25_000
"""What a page may weigh on the wire (interface.md)."""


@dataclass(frozen=True)
class Visitor:
    """Somebody of the demonstration; nobody signed in when `someone` is None."""

    name: str
    actor: Actor
    someone: Any = None

    @property
    def looks_at_all(self) -> bool:
        """Whether a request and a pledge of every status are looked at with this person's eyes."""
        return self.name.startswith(("UNODC triage_officer", "CIV authorising_officer", "NOR donor_officer"))


@dataclass(frozen=True)
class Seen:
    """One page as a visitor found it."""

    endpoint: str
    path: str
    status: int
    is_page: bool
    size: int
    is_start: bool = False


def visitors() -> list[Visitor]:
    """The public, and one demonstration account of each kind."""
    found = [Visitor("public", Actor.anonymous)]
    for membership in queries.demonstration_people():
        actor = queries.actor_for(membership.person_id, membership.id)
        someone = SimpleNamespace(person_id=membership.person_id, membership_id=membership.id)
        name = f"{membership.organisation.code} {sorted(membership.roles)[0]}"
        if name not in {visitor.name for visitor in found} and actor is not None:
            found.append(Visitor(name, actor, someone))
    db.session.rollback()
    return found


def walk(app: Any, visitor: Visitor) -> Iterator[Seen]:
    """Every page that the visitor reaches by links, in the order found."""
    client = app.test_client()
    if visitor.someone is not None:
        sign_in(client, visitor.someone)
    ways = ["/", *one_of_each(visitor.actor)]
    starts, known, times = set(ways), set(ways), Counter[str]()
    while ways:
        path = ways.pop(0)
        endpoint = endpoint_of(app, path)
        if endpoint is None or (times[endpoint] >= TIMES and path not in starts):
            continue
        times[endpoint] += 1
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        size = len(answer.data)
        is_page = answer.mimetype == "text/html" and answer.status_code == 200
        yield Seen(endpoint, path, answer.status_code, is_page, size, path in starts)
        target = answer.headers.get("Location", "")
        for link in [target] if target.startswith("/") else links(gzip.decompress(answer.data)) if is_page else ():
            if link not in known:
                known.add(link)
                ways.append(link)


def one_of_each(actor: Actor) -> list[str]:
    """A request of every kind and status, and a pledge of every status, as far as the actor may see them."""
    request, pledge = AssistanceRequest, Pledge
    per_status = sa.select(sa.func.min(request.id)).where(requests_visible_to(actor), request.origin != "imported")
    requests = sa.select(request.public_id).where(request.id.in_(per_status.group_by(request.kind, request.status)))
    per_status = sa.select(sa.func.min(pledge.id)).where(pledges_visible_to(actor), pledge.origin != "imported")
    pledges = sa.select(pledge.public_id).where(pledge.id.in_(per_status.group_by(pledge.status)))
    folder = "/triage/requests" if actor.is_staff else "/requests"
    found = [f"{folder}/{public_id}" for public_id in db.session.scalars(requests)]
    if actor.has("triage_officer"):
        reviewed = db.session.scalar(requests.where(request.status == "in_review").limit(1))
        found += [f"{folder}/{reviewed}/decision/{outcome.value}" for outcome in Outcome]
    found += [f"/pledges/{public_id}" for public_id in db.session.scalars(pledges)]
    db.session.rollback()
    return found


def links(body: bytes) -> list[str]:
    """The addresses of this site that a page leads to; a choice of language is the same page."""
    found = (html.unescape(link) for link in LINK.findall(body.decode()))
    return [link for link in found if "lang=" not in link]


def endpoint_of(app: Any, path: str) -> str | None:
    """The view that answers GET at an address."""
    try:
        return app.url_map.bind("localhost").match(path.partition("?")[0], method="GET")[0]
    except RequestRedirect as moved:
        return endpoint_of(app, "/" + moved.new_url.split("/", 3)[3])
    except HTTPException:
        return None
