"""How each message on a request is told to its State and to the office: a table for the catalogue of notices."""

from tracker.languages.marking import N_

TO_OFFICE = "officer drafters authority"
TO_STATE = "answered drafters authority officer"

# By event: under which preference, whom, in which words the State reads it and in which the office.
MESSAGES: dict[str, tuple[str, str, str, str]] = {
    "assistance.state_wrote": (
        "tasks",
        TO_OFFICE,
        N_("%(reference)s: your State wrote to UNODC"),
        N_("%(reference)s: a message of the State"),
    ),
    "assistance.paper_handed_in": (
        "tasks",
        TO_OFFICE,
        N_("%(reference)s: your State handed in a paper"),
        N_("%(reference)s: a paper of the State"),
    ),
    "assistance.more_time_asked": (
        "tasks",
        TO_OFFICE,
        N_("%(reference)s: more time was asked for"),
        N_("%(reference)s: the State asks for more time"),
    ),
    "assistance.amendment_wanted": (
        "tasks",
        TO_OFFICE,
        N_("%(reference)s: an amendment was asked for"),
        N_("%(reference)s: the State wants an amendment"),
    ),
    "assistance.not_as_described": (
        "tasks",
        f"{TO_OFFICE} managers",
        N_("%(reference)s: UNODC was told that a delivery is not as described"),
        N_("%(reference)s: a delivery is not as described"),
    ),
    "assistance.office_wrote": (
        "requests",
        TO_STATE,
        N_("%(reference)s: a message of UNODC"),
        N_("%(reference)s: a message was sent to the State"),
    ),
    "assistance.paper_sent": (
        "requests",
        TO_STATE,
        N_("%(reference)s: a paper of UNODC"),
        N_("%(reference)s: a paper was sent to the State"),
    ),
    "assistance.answer_wanted": (
        "tasks",
        TO_STATE,
        N_("%(reference)s: UNODC asks for an answer"),
        N_("%(reference)s: the State was asked for an answer"),
    ),
    "assistance.more_time_given": (
        "tasks",
        TO_STATE,
        N_("%(reference)s: you have more time"),
        N_("%(reference)s: the State has more time"),
    ),
    "assistance.message_refused": (
        "tasks",
        TO_STATE,
        N_("%(reference)s: UNODC says why not"),
        N_("%(reference)s: the State reads why not"),
    ),
    "assistance.message_rested": (
        "requests",
        TO_STATE,
        N_("%(reference)s: your message needs no answer"),
        N_("%(reference)s: a message needs no answer"),
    ),
}
