"""For each list its readers, the thing that it is about, and how its rows are counted on its page."""

import re

from flask import Flask, url_for

from tests.rights.world import World
from tracker.documents import lists

READERS: dict[str, tuple[str, ...]] = {
    "allocations-held": ("finance_officer", "auditor"),
    "allocations-to-approve": ("finance_officer", "programme_manager"),
    "deliveries": ("administrator", "auditor"),
    "first-accounts": ("administrator", "triage_officer"),
    "instalments": ("finance_officer", "programme_manager"),
    "journeys": ("travel_officer", "programme_manager"),
    "ledger": ("donor_officer", "finance_officer"),
    "organisations": ("administrator", "triage_officer"),
    "paid-seats": ("donor_officer", "auditor"),
    "payments": ("finance_officer", "auditor"),
    "people": ("administrator", "triage_officer"),
    "pledges": ("donor_officer", "foreign_donor", "finance_officer"),
    "rates": ("administrator", "finance_officer"),
    "refunds": ("travel_officer", "finance_officer"),
    "requests": ("drafter", "foreign_state"),
    "sessions": ("administrator", "travel_officer"),
    "settlements": ("travel_officer", "finance_officer"),
}
"""For each list those as whom it is walked."""
ABOUT: dict[str, dict[str, str]] = {
    "journeys": {"code": "travelled_to"},
    "ledger": {"public_id": "funded"},
    "paid-seats": {"public_id": "funded"},
    "settlements": {"code": "over"},
}
"""For a list about one thing: the part of its address, and the thing of the world."""
ROWS: dict[str, str] = {"refunds": r'<th scope="row"><a', "requests": r'<h3><a href="/requests/'}
"""How a row of a page begins, where it is not the head of a row of its one table."""

REGIONS: dict[str, str] = {
    "allocations-held": "Held, to be paid, table",
    "allocations-to-approve": "Allocations to approve, table",
    "instalments": "Instalments, table",
    "ledger": "Ledger, table",
    "paid-seats": "Seats that it paid",
    "payments": "Latest payments, table",
}
"""Of a page with several lists: how the table of each is called."""


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
    if name in REGIONS:
        _before, found, after = body.partition(f'aria-label="{REGIONS[name]}')
        body = after.partition("</table>")[0].partition("<tfoot>")[0] if found else ""
    return len(re.findall(ROWS.get(name, r'<th scope="row"'), body))
