"""The officer's page on which it is recorded how a State was reached that no letter had reached."""

from tests.factories import assistance as make
from tracker.calendar.now import today


def test_an_officer_records_how_the_state_was_reached(officer, people):
    case = make.in_clarification(people, reached=False)
    page, address = f"/triage/requests/{case.public_id}", f"/triage/requests/{case.public_id}/contact"
    assert f'href="{address}' in officer.get(page).text
    assert officer.get(address).status_code == 200
    day = {f"day-{part}": getattr(today(), part) for part in ("day", "month", "year")}
    refused = officer.post(address, reason="", **day)
    assert (refused.status_code, "Write a few words here." in refused.text) == (422, True)
    assert officer.post(address, reason="By telephone, to the mission.", **day).status_code == 302
    shown = officer.get(page).text
    assert "By telephone, to the mission." in shown
    assert f'href="{address}' not in shown
