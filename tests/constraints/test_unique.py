"""What may be there only once: a second row with the same values is refused, one that differs in any of them is not."""

import pytest
import sqlalchemy as sa

from tests.constraints.refusals import refusal
from tests.constraints.rows import NOW, ROW, Same, Values, fresh, insert
from tests.constraints.schema import UNIQUE, VALUES, condition

# What the rows need beside the key itself, so that nothing else refuses them and the key's condition holds.
EACH_ITS_OWN = object()
_FURTHER_SHARE = {"number": EACH_ITS_OWN, "estimate_minor": 0, "approved_minor": 1, "allocation_id": ROW}
BESIDE: dict[str, Values] = {
    "uq_act_yeses_act_id_side": {
        "paper_reference": ".",
        "paper_date": NOW.date(),
        "paper_file_id": ROW,
        "signed_by": ".",
    },
    "uq_attachments_replaced_by_id": {
        "struck_at": NOW,
        "struck_by_id": ROW,
        "strike_reason": ".",
        "strike_language": "en",
    },
    "uq_acts_reverses": {"name": "reversal"},
    "uq_assistance_requests_one_per_session": {
        "kind": "participation",
        "status": "awaiting_authorisation",
        "reference": EACH_ITS_OWN,
        "reference_number": 1,
    },
    "uq_assistance_requests_reference": {"reference_number": 1},
    "uq_decisions_amends": {"signed_at": NOW, "signed_by_id": ROW},
    "uq_seat_travels_ticket": {
        "ticket_agency": ".",
        "ticket_route": ".",
        **dict.fromkeys(("ticket_issued_on", "ticket_out_on", "ticket_back_on"), NOW.date()),
    },
    "uq_delegate_claims_number": {"status": "sent", "sent_at": NOW},
    "uq_deliveries_alone": {"alone": True, "status": "sending", "lease_until": NOW},
    "uq_deliveries_digest": {"event_id": None},
    "uq_ledger_accounts_allocation": {"kind": "held", "currency": "USD"},
    **dict.fromkeys(("uq_seat_lines_kind", "uq_seat_lines_allocation"), _FURTHER_SHARE),
    "uq_organisations_state_iso3": {"kind": "state"},
    "uq_rounds_number": {"status": "dropped", "reason": "."},
}
# Another value of a key's column, where the second of those that the model lists would need other facts.
ANOTHER: dict[str, Values] = {"uq_ledger_accounts_allocation": {"kind": "paid"}}
# For a key with a condition: each change after which the second row stands outside it.
OUTSIDE: dict[str, list[Values]] = {
    "uq_file_erasures_waiting_file": [{"confirmed_at": NOW, "confirmed_by_id": ROW}, {"dropped_at": NOW}],
    "uq_file_erasures_waiting": [{"confirmed_at": NOW, "confirmed_by_id": ROW}, {"dropped_at": NOW}],
    "uq_absences_one_at_a_time": [{"ended_at": NOW}],
    "uq_assistance_requests_one_per_session": [
        {"kind": "technical"},
        {"status": "draft"},
        {"origin": "imported"},
        {"repeats_id": ROW},
    ],
    "uq_calendar_addresses_one": [{"revoked_at": NOW}],
    "uq_clock_rules_open": [{"ended_on": NOW.date()}],
    "uq_consents_standing": [{"revoked_at": NOW}],
    "uq_dated_settings_open": [{"ended_on": NOW.date()}],
    "uq_decisions_amends": [{"signed_at": None, "signed_by_id": None}],
    "uq_decisions_prepared": [{"signed_at": NOW, "signed_by_id": ROW}, {"dropped_at": NOW}],
    "uq_delegate_claims_one_draft": [{"status": "sent", "sent_at": NOW}],
    "uq_delegate_links_one": [{"ended_at": NOW}],
    "uq_deliveries_alone": [{"alone": False}, {"status": "pending"}],
    "uq_deliveries_digest": [{"event_id": ROW, "period": None}],
    "uq_exchange_rates_open": [{"ended_on": NOW.date()}],
    "uq_holidays_in_force": [{"ended_at": NOW}],
    "uq_invitations_one_open": [{"accepted_at": NOW}, {"revoked_at": NOW}],
    "uq_rounds_one_under_way": [{"status": "dropped", "reason": "."}],
    "uq_offers_open_seat": [{"outcome": "ended", "closed_at": NOW}],
    "uq_seats_one_for_a_person": [{"status": "declined", "ended_at": NOW, "given_back": True}],
    "uq_ledger_accounts_kind": [{"kind": "held", "currency": "USD", "allocation_id": ROW}],
    "uq_memberships_one_at_a_time": [{"ended_at": NOW}],
    "uq_request_clocks_running": [{"stopped_at": NOW, "days_used": 0}],
    "uq_proposed_acts_one_waits": [
        {"status": "taken_back", "answered_at": NOW, "answered_by_id": Same("proposed_by_id")}
    ],
    "uq_role_proposals_invited": [{"status": "given", "answered_at": NOW}],
    "uq_role_proposals_waiting": [{"status": "given", "answered_at": NOW}, {"held": True}],
}


def filled(name: str) -> Values:
    """Values for every column of the key, also for those that may stay empty."""
    columns = {column.name: ROW if column.foreign_keys else fresh(column) for column in UNIQUE[name].columns}
    beside = BESIDE.get(name, {})
    own = {key: fresh(UNIQUE[name].table.columns[key]) for key, value in beside.items() if value is EACH_ITS_OWN}
    return columns | beside | own


def other_value(name: str, column: sa.Column):
    """A value that differs from the first row's; None where the model lists only one."""
    if column.foreign_keys:
        return ROW
    listed = VALUES.get((column.table.name, column.name))
    if listed is None:
        return fresh(column)
    return ANOTHER.get(name, {}).get(column.name) or next(iter(listed[1:]), None)


@pytest.fixture
def again(connection, name):
    """The values of a second row that has the key of one which is there."""
    first = insert(connection, UNIQUE[name].table, filled(name))
    return filled(name) | {column.name: first[column.name] for column in UNIQUE[name].columns}


@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_the_same_is_refused_a_second_time(connection, name, again):
    assert refusal(connection, UNIQUE[name].table, again) == name


@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_one_difference_is_enough(connection, name, again):
    for column in UNIQUE[name].columns:
        if (other := other_value(name, column)) is not None:
            assert refusal(connection, UNIQUE[name].table, again | {column.name: other}) is None, column


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_what_the_condition_leaves_out_may_be_there_again(connection, name, again):
    for change in OUTSIDE[name]:
        assert refusal(connection, UNIQUE[name].table, again | change) is None, change


def test_every_condition_has_rows_that_show_it():
    assert sorted(OUTSIDE) == sorted(name for name, key in UNIQUE.items() if condition(key))
