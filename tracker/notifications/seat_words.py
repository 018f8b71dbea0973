"""What is told of offers of seats: under which preference, whom, in which words for State and staff."""

from tracker.languages.marking import N_
from tracker.notifications.travel_words import TRAVEL

ANSWERED = "travel managers drafters authority"
"""Who is told of an answer: who looks after the journey, and the State's other people."""

OF_SEATS = "travel_of_seats finance_of_seats"
"""Who is told, where a request had seats, of what ends them all."""

OFFERS = {
    "participation.settlement_entered": ("tasks", "finance", N_("%(reference)s: seats wait to be settled")),
    "participation.seats_settled": ("requests", "drafters authority travel", N_("%(reference)s: seats were settled")),
    "participation.seats_claimed": (
        "seats",
        "drafters authority official travel",
        N_("%(reference)s: your State is asked to pay something back"),
        N_("%(reference)s: a seat was settled and something is owed back"),
        "",
        N_("Read what is asked, and why"),
    ),
    "participation.claim_reopened": (
        "seats",
        "drafters authority official travel",
        N_("%(reference)s: your State is asked again to pay something back"),
        N_("%(reference)s: something is owed back again"),
        "",
        N_("Read what is asked, and why"),
    ),
    "participation.refund_reopened": (
        "requests",
        "travel managers",
        N_("%(reference)s: a refund is awaited again"),
    ),
    "participation.claim_written_off": (
        "requests",
        "drafters authority travel",
        N_("%(reference)s: a claim against your State was given up"),
        N_("%(reference)s: a claim was given up"),
    ),
    "participation.refund_written_off": (
        "requests",
        "travel managers",
        N_("%(reference)s: a refund is not awaited any more"),
    ),
    **TRAVEL,
    "participation.seats_offered": (
        "seats",
        "authority official",
        N_("%(reference)s: seats are offered to your State"),
        N_("%(reference)s: seats were offered to the State"),
        "",
        N_("Read the offers and answer"),
    ),
    "participation.seat_confirmed": (
        "requests",
        ANSWERED,
        N_("%(reference)s: a seat was confirmed"),
        N_("%(reference)s: the State confirmed a seat"),
    ),
    "participation.seat_declined": (
        "requests",
        ANSWERED,
        N_("%(reference)s: a seat was declined"),
        N_("%(reference)s: the State declined a seat"),
    ),
    "participation.seat_substituted": (  # the seat is offered anew with it, and offers always go out
        "seats",
        f"{ANSWERED} official",
        N_("%(reference)s: somebody else was named for a seat"),
        N_("%(reference)s: the State named somebody else for a seat"),
    ),
    "participation.offer_due": (
        "seats",
        "authority official",
        N_("%(reference)s: seats wait for your answer"),
        "",
        "",
        N_("Read the offers and answer"),
    ),
    "participation.offer_overdue": (
        "deadlines",
        "travel managers authority",
        N_("%(reference)s: the day for your answer on seats has passed"),
        N_("%(reference)s: a State has not answered for its seats in time"),
    ),
    "participation.seats_taken_back": (
        "seats",
        "authority drafters official travel",
        N_("%(reference)s: seats were taken back, no answer came"),
        N_("%(reference)s: seats without an answer were taken back"),
    ),
    "participation.seats_ended": (
        "seats",
        "authority drafters official travel managers finance_paid",
        N_("%(reference)s: seats of your State were ended"),
        N_("%(reference)s: seats were ended"),
    ),
    "participation.seat_given_up": (
        "requests",
        f"{ANSWERED} finance_paid",
        N_("%(reference)s: a seat was given up"),
        N_("%(reference)s: the State gave up a seat"),
    ),
    "participation.journey_missed": (
        "seats",
        f"{ANSWERED} official finance",
        N_("%(reference)s: a journey was not made"),
    ),
    "participation.cost_borne": (
        "requests",
        "authority drafters travel finance",
        N_("%(reference)s: it was said who bears the cost of a seat"),
    ),
}
