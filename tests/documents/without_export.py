"""Pages with a table or a list that cannot be taken away, each under the reason."""

REASONS: dict[str, tuple[str, ...]] = {
    "it shows one thing, or is the form of an act": (
        *("accounts/organisation", "assistance/messages/thread", "participation/claims/claim", "pledges/plan"),
        *("participation/deviations/record", "participation/ending/session", "participation/offers/offer"),
        *("participation/offers/send", "participation/offers/take_back", "participation/papers/papers"),
        *("participation/reminding/all", "participation/settling/end_without_seat", "participation/settling/many"),
        *("participation/travel/attendance", "participation/travel/authorisation", "participation/travel/book"),
        *("participation/travel/handed_over", "participation/travel/pay_list", "participation/travel/seat"),
        *("reference/clock", "reference/rate", "reference/setting", "rounds/give", "rounds/promote"),
        *("rounds/proposal", "rounds/reserve", "rounds/show", "rounds/sponsor", "costs/place", "imports/show"),
        *("triage/case/messages/thread", "triage/case/reaching/letters", "triage/queue/hand_over"),
        *("desks/approve_ticked", "participation/settling/account"),
    ),
    "it is the reader's own, or a delegate's": (
        *("accounts/profile", "notifications/index", "notifications/mailbox", "jobs/index", "desks/state"),
        *("donor/desk", "desks/worklist", "participation/delegate_page/page"),
    ),
    "it is a part of other pages": (
        *("components/case/facts", "components/case/requests", "components/charts", "components/tables"),
        *("participation/claims/_own_parts", "participation/claims/_own_settled", "participation/offers/_seats"),
        *("participation/settling/_claims", "participation/settling/_lines", "participation/travel/_parts"),
        *("pledges/_payments", "pledges/_seat_lines", "rounds/_states", "triage/case/_seats"),
        *("triage/case/_similar", "triage/case/reaching/_letters"),
    ),
    "it has a file of its own, which is on record or public": (
        *("deadlines/index", "components/report", "reporting/donor_reports", "statements/_parts"),
        "statements/several",
        *("triage/queue/queue", "reference/sessions"),
    ),
    "its export is still to be made": (
        *("accounts/roles", "costs/index", "desks/openings", "donor/needs", "imports/files", "imports/index"),
        *("participation/agency/lines", "participation/board/board", "participation/delegate_messages/waiting"),
        *("participation/offers/offers", "participation/offers/waiting", "participation/travel/index"),
        *(
            "pledges/acts",
            "pledges/exceptions",
            "pledges/unconfirmed",
            "reconciling/index",
            "reference/areas",
            "reference/clocks",
            "reference/holidays",
        ),
        *("reference/index", "rounds/index", "rounds/session", "triage/case/clarification/clarifications"),
        "triage/queue/figures",
    ),
}
