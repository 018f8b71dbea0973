"""The ledger and what was received and paid: nothing below zero, no money out of nothing."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import DAY, NOW, ROW, Same, Values
from tracker.pledges.lifecycle import ACTS, OF_ALLOCATION, AccountKind

_RATE = {"rate": 1, "rate_date": DAY, "rate_source": "Treasury"}
_NO_RATE = dict.fromkeys(_RATE)
_WITH_RATE = ("receipt", "apply")
_FUND_ONLY = (AccountKind.AVAILABLE, AccountKind.SUPPORT, *OF_ALLOCATION)
_OF_A_REQUEST = ("approved_minor", "allocated_minor", "paid_minor", "seats_minor")
_EITHER_SIGN = (AccountKind.DONOR, AccountKind.EXCHANGE)


def _act(name: str) -> Values:
    """An act with what its name asks for."""
    facts: Values = {"name": name, **(_RATE if name in _WITH_RATE else _NO_RATE)}
    if name == "reversal":
        facts["reverses_id"] = ROW
    return facts


def _account(kind: AccountKind) -> Values:
    facts: Values = {"kind": kind, "currency": "USD", "balance_minor": 0}
    if kind in OF_ALLOCATION:
        facts["allocation_id"] = ROW
    return facts


_CONFIRMED_BY_ENTRY: Values = {"confirmed_by_id": None, "entry": "."}

CASES: Cases = {
    "ck_entry_matches_person_who_matched": [Pair({"how": "person", "by_id": ROW}, {"by_id": None})],
    "ck_finance_entries_amount_above_zero": at_least(1, "amount_minor"),
    "ck_finance_entries_remark_by_somebody": [
        Pair({"remark": ".", "remarked_at": NOW, "remarked_by_id": ROW}, {name: None})
        for name in ("remarked_at", "remarked_by_id")
    ],
    "ck_acts_rate_above_zero": [Pair(_act("receipt") | {"rate": "0.00000001"}, {"rate": 0})],
    "ck_acts_rate_is_whole": [
        Pair(_act("receipt"), {"rate_date": None}),
        Pair(_act("receipt"), {"rate_source": None}),
        Pair(_act("accept"), {"rate_date": DAY}),
        Pair(_act("accept"), {"rate_source": "Treasury"}),
    ],
    "ck_acts_rate_where_used": [Pair(_act(name), _NO_RATE if name in _WITH_RATE else _RATE) for name in ACTS],
    "ck_acts_reversal_names_its_act": [
        Pair(_act(name), {"reverses_id": None if name == "reversal" else ROW}) for name in ACTS
    ],
    "ck_disbursements_a_lines_payment_has_a_part": [
        Pair({"direction": "paid", "seat_line_id": ROW, "part": "whole"}, {"part": None}),
        Pair({"direction": "paid", "seat_line_id": ROW, "part": "whole"}, {"seat_line_id": None}),
        Pair({"direction": "paid", "seat_line_id": ROW, "part": "whole"}, {"direction": "recovered"}),
        Pair({"direction": "recovered", "seat_line_id": ROW}, {"direction": "paid"}),
    ],
    "ck_disbursements_amount_above_zero": at_least(1, "amount_minor"),
    "ck_ledger_accounts_allocation_where_due": [
        Pair(_account(kind), {"allocation_id": None if kind in OF_ALLOCATION else ROW}) for kind in AccountKind
    ],
    "ck_ledger_accounts_balance_has_its_sign": [
        Pair(_account(AccountKind.DONOR), {"balance_minor": 1}),
        *(Pair(_account(kind), {"balance_minor": -1}) for kind in AccountKind if kind not in _EITHER_SIGN),
        Pair(_account(AccountKind.EXCHANGE) | {"balance_minor": 1}, {"kind": AccountKind.DONOR}),
        Pair(_account(AccountKind.EXCHANGE) | {"balance_minor": -1}, {"kind": AccountKind.EXPECTED}),
    ],
    "ck_ledger_accounts_fund_currency": [Pair(_account(kind), {"currency": "EUR"}) for kind in _FUND_ONLY],
    "ck_posting_confirmations_by_a_person_or_an_entry": [
        Pair(_CONFIRMED_BY_ENTRY, {"confirmed_by_id": ROW}),
        Pair(_CONFIRMED_BY_ENTRY, {"entry": None}),
    ],
    "ck_posting_confirmations_entry_is_named": [Pair(_CONFIRMED_BY_ENTRY, {"entry": ""})],
    "ck_receipt_shares_amount_above_zero": at_least(1, "amount_minor"),
    "ck_receipts_amount_above_zero": [
        Pair({"amount_minor": 1, "applied_minor": 1}, {"amount_minor": 0, "applied_minor": 0}),
    ],
    "ck_receipts_parts_add_up": [
        Pair({"applied_minor": 0, "unapplied_minor": 10}, {"applied_minor": -1, "unapplied_minor": 11}),
        Pair({"applied_minor": 10, "unapplied_minor": 0}, {"applied_minor": 11, "unapplied_minor": -1}),
        Pair({"applied_minor": 10, "unapplied_minor": 0}, {"applied_minor": 9}),
        Pair({"applied_minor": 10, "unapplied_minor": 0}, {"unapplied_minor": 1}),
        *at_least(0, "charge_minor"),
    ],
    "ck_receipts_support_within": [
        Pair({"fund_minor": 0, "support_minor": 0}, {"fund_minor": -1, "support_minor": -1}),
        *at_least(0, "support_minor"),
        Pair({"fund_minor": 10, "support_minor": 10}, {"support_minor": 11}),
    ],
    "ck_request_funding_allocated_within_approved": [
        Pair({"approved_minor": 5, "allocated_minor": 5}, {"allocated_minor": 6}),
    ],
    "ck_request_funding_not_negative": [
        Pair({"approved_minor": 0}, dict.fromkeys(_OF_A_REQUEST, -1)),
        *at_least(0, "paid_minor", "seats_minor"),
    ],
    "ck_request_funding_paid_within_allocated": [
        Pair({"approved_minor": 5, "allocated_minor": 4, "paid_minor": 4}, {"paid_minor": 5}),
    ],
    "ck_request_funding_seats_within_allocated": [
        Pair({"approved_minor": 5, "allocated_minor": 4, "seats_minor": 4}, {"seats_minor": 5}),
    ],
    "ck_transfers_amount_above_zero": at_least(1, "amount_minor"),
    "ck_transfers_two_accounts": [Pair({}, {"to_account_id": Same("from_account_id")})],
}
