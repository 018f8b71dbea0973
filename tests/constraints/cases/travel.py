"""Journeys: quotation, ticket and days are whole, amounts are above zero, cash names its advance."""

from datetime import timedelta

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import DAY, NOW, ROW

_QUOTED = {"quoted_minor": 1, "quoted_until": DAY, "quoted_from": "."}
_TICKET = {
    "ticket_number": ".",
    "ticket_agency": ".",
    "ticket_issued_on": DAY,
    "ticket_route": ".",
    "ticket_out_on": DAY,
    "ticket_back_on": DAY,
}
_SPENT = {"shown_by": "attendance", "first_day": DAY, "last_day": DAY}
_BEFORE = DAY - timedelta(days=1)
_COMPARED = {"fare_minor": 1, "comparable_minor": 1}

CASES: Cases = {
    "ck_agency_lines_amount_above_zero": at_least(1, "amount_minor"),
    "ck_agency_lines_remark_by_somebody": [
        Pair({"remark": ".", "remarked_at": NOW, "remarked_by_id": ROW}, {name: None})
        for name in ("remarked_at", "remarked_by_id")
    ],
    "ck_refunds_not_awaited_amount_above_zero": at_least(1, "amount_minor"),
    "ck_attendance_marks_kept_what_was_read": [
        Pair({"in_file": True, "seat_version": 1, "journey_version": 1}, {name: None})
        for name in ("seat_version", "journey_version")
    ],
    "ck_seat_travels_quotation_is_whole": [
        *(Pair(_QUOTED, {name: None}) for name in _QUOTED),
        Pair({}, {"direct_minor": 1}),
    ],
    "ck_seat_travels_ticket_is_whole": [Pair(_TICKET, {name: None}) for name in _TICKET],
    "ck_seat_travels_authorised_by_a_file": [
        Pair({"authorised_on": DAY, "authorisation_file_id": ROW}, {name: None})
        for name in ("authorised_on", "authorisation_file_id")
    ],
    "ck_cash_handed_over_above_zero": [Pair({}, {"amount_minor": 0})],
    "ck_cash_handed_over_undone_is_whole": [
        Pair({"undone_at": NOW, "undone_why": "A mistake.", "undone_by_id": ROW}, {name: None})
        for name in ("undone_why", "undone_by_id")
    ],
    "ck_seat_travels_fare_of_a_ticket": [Pair({}, {"ticket_minor": 1})],
    "ck_seat_travels_back_after_out": [Pair(_TICKET, {"ticket_back_on": _BEFORE})],
    "ck_seat_travels_above_zero": [
        Pair(_QUOTED, {"quoted_minor": 0}),
        Pair(_QUOTED, {"direct_minor": 0}),
        Pair(_TICKET, {"ticket_minor": 0}),
    ],
    "ck_seat_travels_visa_after_it_was_asked": [Pair({"visa_asked_on": DAY, "visa_on": DAY}, {"visa_on": _BEFORE})],
    "ck_seat_travels_on_arrival_names_an_advance": [
        Pair({"on_arrival": True, "advance": "."}, {"advance": None}),
        Pair({}, {"advance": "."}),
    ],
    "ck_seat_travels_travelled_is_whole": [Pair(_SPENT, {name: None}) for name in ("first_day", "last_day")],
    "ck_seat_travels_days_in_order": [Pair(_SPENT, {"last_day": _BEFORE})],
    "ck_seat_deviations_days_in_order": [Pair({"arrives_on": DAY, "leaves_on": DAY}, {"leaves_on": _BEFORE})],
    "ck_seat_deviations_compared": [Pair(_COMPARED, {"fare_minor": None}), Pair({}, {"comparable_minor": 1})],
    "ck_seat_deviations_not_negative": [
        Pair(_COMPARED, {"fare_minor": 0}),
        Pair({**_COMPARED, "fare_minor": 2, "borne_by": "state"}, {"comparable_minor": 0}),
        Pair({"allowance_minor": 0}, {"allowance_minor": -1}),
    ],
    "ck_seat_deviations_more_is_borne": [
        Pair(_COMPARED, {"fare_minor": 2}),
        Pair({}, {"borne_by": "state"}),
        Pair({**_COMPARED, "fare_minor": 2, "borne_by": "state"}, {"fare_minor": 1}),
    ],
}
