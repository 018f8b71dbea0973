"""For each list its readers, the thing that it is about, and how its rows are counted on its page."""

import re

from flask import Flask, url_for

from tests.rights.world import World
from tracker.documents import lists

READERS: dict[str, tuple[str, ...]] = {
    "deliveries": ("administrator", "auditor"),
    "organisations": ("administrator", "triage_officer"),
    "people": ("administrator", "triage_officer"),
    "pledges": ("donor_officer", "foreign_donor", "finance_officer"),
    "requests": ("drafter", "foreign_state"),
}
"""For each list those as whom it is walked."""
ABOUT: dict[str, dict[str, str]] = {}
"""For a list about one thing: the part of its address, and the thing of the world."""
ROWS: dict[str, str] = {"requests": r'<h3><a href="/requests/'}
"""How a row of a page begins, where it is not the head of a row of its one table."""


def parts_of(name: str, world: World) -> dict[str, str]:
    """The parts of the address of a list that is about one thing."""
    return {part: str(world.ids[thing]) for part, thing in ABOUT.get(name, {}).items()}


def address_of(name: str, world: World) -> str:
    """Where a list is taken away."""
    query = "&".join(f"{part}={value}" for part, value in parts_of(name, world).items())
    return f"/exports/{name}" + (f"?{query}" if query else "")


def page_of(app: Flask, name: str, world: World) -> str:
    """Where a list is shown."""
    with app.test_request_context():
        return url_for(lists.kind_of(name).endpoint, **parts_of(name, world))


def rows_on(name: str, body: str) -> int:
    """How many rows the page shows."""
    return len(re.findall(ROWS.get(name, r'<th scope="row"'), body))
