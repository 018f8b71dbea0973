"""What is told of journeys: under which preference, whom, in which words for State and staff."""

from tracker.languages.marking import N_

TRAVEL = {
    "participation.payee_asked": (
        "tasks",
        "finance",
        N_("%(reference)s: how to pay somebody is asked of finance"),
        N_("%(reference)s: a payee number is needed for a seat"),
        "",
        N_("Enter the payee number"),
    ),
    "participation.payee_recorded": (
        "tasks",
        "travel",
        N_("%(reference)s: it is known how to pay somebody"),
        N_("%(reference)s: finance said how somebody with a seat is paid"),
    ),
    "participation.paper_handed_in": (
        "tasks",
        "travel",
        N_("%(reference)s: somebody with a seat handed something in for the journey"),
        N_("%(reference)s: something was handed in for a journey"),
    ),
    "participation.delegate_wrote": (
        "tasks",
        "travel",
        N_("%(reference)s: somebody with a seat wrote to the office"),
        N_("%(reference)s: a delegate wrote to you"),
    ),
    "participation.claim_sent": (
        "tasks",
        "travel",
        N_("%(reference)s: somebody with a seat sent a claim"),
        N_("%(reference)s: a claim after the journey is to be looked at"),
    ),
    "participation.cash_handed_over": (
        "tasks",
        "finance",
        N_("%(reference)s: somebody with a seat was paid on arrival"),
        N_("%(reference)s: cash paid on arrival is to be recorded"),
    ),
    "participation.hand_over_undone": (
        "tasks",
        "finance",
        N_("%(reference)s: somebody with a seat was not paid on arrival after all"),
        N_("%(reference)s: a tick for cash paid on arrival was taken back, nothing is to be recorded"),
    ),
    "participation.ticket_recorded": (
        "requests",
        "finance drafters authority",
        N_("%(reference)s: a ticket was issued for a seat of your State"),
        N_("%(reference)s: a ticket was issued"),
    ),
    "participation.ticket_corrected": (
        "requests",
        "finance drafters authority",
        N_("%(reference)s: the ticket of a seat of your State was corrected"),
        N_("%(reference)s: a ticket was corrected, and with it what it costs"),
    ),
    "participation.deviation_recorded": (
        "requests",
        "drafters authority",
        N_("%(reference)s: somebody with a seat of your State travels otherwise for private reasons"),
        N_("%(reference)s: somebody with a seat travels otherwise for private reasons"),
    ),
    "participation.deviation_dropped": (
        "requests",
        "drafters authority",
        N_("%(reference)s: somebody with a seat of your State travels as planned after all"),
        N_("%(reference)s: somebody with a seat travels as planned after all"),
    ),
    "participation.travel_recorded": (
        "requests",
        "finance drafters authority",
        N_("%(reference)s: it is recorded that somebody with a seat travelled"),
        N_("%(reference)s: somebody with a seat travelled, the journey can be settled"),
    ),
    "participation.travel_corrected": (
        "requests",
        "finance drafters authority",
        N_("%(reference)s: the days of somebody with a seat of your State were corrected"),
        N_("%(reference)s: the days of a journey were corrected, and with them what is due"),
    ),
    "participation.attendance_undone": (
        "requests",
        "finance drafters authority",
        N_("%(reference)s: it is not recorded any more that somebody with a seat of your State travelled"),
        N_("%(reference)s: it is not recorded any more that somebody with a seat travelled"),
    ),
}
