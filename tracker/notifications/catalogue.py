"""Every event that anybody is told of: whom, under which preference, in which words.

An event that is not listed tells nobody. The words are message ids, translated for each reader when a page
is shown or a mail is sent; a mail says no more than reference, status and link.
"""

from dataclasses import dataclass

from tracker.languages.marking import N_
from tracker.notifications.change_words import CHANGES
from tracker.notifications.document_words import ACCOUNT_NOTES, AGREEMENTS, DOCUMENTS, SOURCES
from tracker.notifications.letter_words import LETTERS
from tracker.notifications.lifecycle import Side
from tracker.notifications.message_words import MESSAGES
from tracker.notifications.pile_words import PILES
from tracker.notifications.round_words import FUNDED, OPEN_ROUND, ROUNDS, SEATS
from tracker.notifications.seat_words import OF_SEATS, OFFERS

# The kinds that a person can choose a cadence for …
KINDS: dict[str, str] = {
    "tasks": N_("What waits for you"),
    "requests": N_("Progress of requests"),
    "deadlines": N_("Deadlines and reminders"),
    "pledges": N_("Pledges"),
    "money": N_("Allocations and payments"),
}
# … and those that always go out at once.
ALWAYS: dict[str, str] = {
    "decisions": N_("Decisions"),
    "seats": N_("Seat offers"),
    "security": N_("Your account and its security"),
}
KIND_LABELS = KINDS | ALWAYS
DIGEST = N_("Digest")

_REQUEST, _PLEDGE = N_("Open the request"), N_("Open the pledge")
OPENS = {"assistance.show": _REQUEST, "triage.request": _REQUEST, "pledges.show": _PLEDGE}
"""What a link is called by the page that it opens: one event may lead a State and a donor to different pages."""
ROLES_PAGE = "accounts.roles"
_INVITED = N_("You are invited to the Assistance Tracker")
_ROLES, _OWN = N_("Open the page of roles"), N_("Open your account")
_OVERSEERS = "administrators auditors"
"""Who is told of every change of roles, so that nobody gives power unseen."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What telling somebody of one event means.

    `tell` names rules of audience.py, in order of precedence: who fits two rules is told once, as the first
    says. `headline` is the subject of the mail and the line in the application; `words` replaces it for one
    side. `action` labels the link, which opens the subject's page unless `endpoint` names another. Without
    `inapp` it comes by mail only.
    """

    kind: str
    tell: tuple[str, ...]
    headline: str
    words: dict[Side, str] | None = None
    action: str = N_("Open the page")
    inapp: bool = True
    tells_actor: bool = False
    endpoint: str | None = None

    @property
    def always(self) -> bool:
        """Whether preferences do not apply."""
        return self.kind in ALWAYS

    def headline_for(self, side: Side) -> str:
        """The message id for a reader of this side."""
        return (self.words or {}).get(side, self.headline)

    def action_on(self, endpoint: str) -> str:
        """The message id of the link to this page; a call to do something stays what it is."""
        if endpoint == ROLES_PAGE:
            return _ROLES
        return OPENS.get(endpoint, self.action) if self.action in OPENS.values() else self.action


def _request(kind: str, tell: str, headline: str, staff: str = "", donor: str = "", action: str = _REQUEST) -> Notice:
    words = {side: text for side, text in ((Side.STAFF, staff), (Side.DONOR, donor)) if text}
    return Notice(kind, tuple(tell.split()), headline, words, action)


def _pledge(kind: str, tell: str, headline: str, state: str = "") -> Notice:
    return Notice(kind, tuple(tell.split()), headline, {Side.STATE: state} if state else {}, _PLEDGE)


def _account(tell: str, headline: str, action: str, *, inapp: bool = True) -> Notice:
    return Notice("security", tuple(tell.split()), headline, None, action, inapp, tells_actor=True)


def _place(tell: str, office: str, headline: str = "", action: str = _OWN, then: str = "") -> Notice:
    """A change of what somebody may do. Whoever did it is told, too: it may have been somebody else in their name."""
    told = f"{tell} {_OVERSEERS} {then}"
    return Notice("security", tuple(told.split()), headline or office, {Side.STAFF: office}, action, tells_actor=True)


CATALOGUE: dict[str, Notice] = {
    # a request's life
    "assistance.authorisation_asked": _request(
        "tasks", "authority", N_("%(reference)s: your authorisation is asked"), action=N_("Read and authorise")
    ),
    "assistance.returned_to_draft": _request("tasks", "drafters", N_("%(reference)s: returned to you as a draft")),
    "assistance.co_drafter_invited": _request(
        "tasks", "invited_drafter", N_("%(reference)s: you are asked to help with the draft")
    ),
    "assistance.submitted": _request(
        "requests",
        "drafters authority officer",
        N_("%(reference)s: submitted"),
        staff=N_("%(reference)s: a new request"),
    ),
    "assistance.note_returned": _request(
        "tasks", "authority drafters", N_("%(reference)s: the note verbale is not in order")
    ),
    "assistance.taken_up": _request(
        "requests",
        "drafters authority officer",
        N_("%(reference)s: received and in review"),
        staff=N_("%(reference)s: taken up"),
    ),
    "assistance.clarification_asked": _request(
        "tasks",
        "drafters authority officer",
        N_("%(reference)s: questions for you"),
        staff=N_("%(reference)s: questions were sent"),
        action=N_("Answer the questions"),
    ),
    "assistance.state_missed": _request("tasks", "officer", N_("%(reference)s: the State was not reached yet")),
    "assistance.answered": _request(
        "tasks",
        "officer drafters authority",
        N_("%(reference)s: your answers were sent"),
        staff=N_("%(reference)s: the State answered"),
    ),
    "assistance.accepted": _request("decisions", "drafters authority officer official", N_("%(reference)s: accepted")),
    "assistance.amended": _request(
        "decisions",
        "drafters authority officer official payers",
        N_("%(reference)s: the decision was amended"),
        donor=N_("%(reference)s: a request that your pledge pays was amended"),
    ),
    "assistance.declined": _request("decisions", "drafters authority officer official", N_("%(reference)s: declined")),
    "assistance.referred": _request("decisions", "drafters authority officer official", N_("%(reference)s: referred")),
    "assistance.merged": _request(
        "decisions", "drafters authority officer official", N_("%(reference)s: joined with another request")
    ),
    "assistance.reopened": _request(
        "tasks",
        "officer managers drafters authority",
        N_("%(reference)s: a second look was asked"),
        staff=N_("%(reference)s: the State asks for a second look"),
    ),
    "assistance.implementation_started": _request(
        "requests", "drafters authority officer", N_("%(reference)s: delivery has begun")
    ),
    "assistance.implementation_recorded": _request(
        "tasks",
        "drafters authority officer payers",
        N_("%(reference)s: please confirm what was delivered"),
        staff=N_("%(reference)s: a delivery was recorded"),
        donor=N_("%(reference)s: assistance that your pledge pays was delivered"),
    ),
    "assistance.implementation_confirmed": _request(
        "requests",
        "officer managers payers",
        N_("%(reference)s: the State confirmed a delivery"),
        donor=N_("%(reference)s: the State confirmed a delivery that your pledge pays"),
    ),
    "assistance.completed": _request(
        "requests",
        "drafters authority officer payers",
        N_("%(reference)s: completed"),
        donor=N_("%(reference)s: assistance that your pledge paid is completed"),
    ),
    "assistance.withdrawn": _request(
        "requests", f"drafters authority officer managers {OF_SEATS}", N_("%(reference)s: withdrawn by the State")
    ),
    "assistance.ended_unfunded": _request(
        "decisions", "drafters authority officer official", N_("%(reference)s: ended without a seat")
    ),
    "assistance.assigned": _request("tasks", "officer", N_("%(reference)s: assigned to you")),
    "assistance.recused": _request(
        "tasks", "managers", N_("%(reference)s: an officer declared a conflict of interest")
    ),
    **{
        event: Notice("tasks", tuple(tell.split()), words, None, does, endpoint=page)
        for event, (tell, words, does, page) in PILES
    },
    **{name: _request(*row) for name, row in (DOCUMENTS | SEATS | OFFERS).items()},
    **{name: Notice(*row, action=OPEN_ROUND) for name, row in ROUNDS.items()},
    "assistance.decision_prepared": _request(
        "tasks", "managers", N_("%(reference)s: a decision waits for a signature"), action=N_("Read and sign")
    ),
    "assistance.decision_dropped": _request(
        "requests", "officer managers", N_("%(reference)s: the prepared decision was dropped")
    ),
    "assistance.amendment_prepared": _request(
        "tasks", "managers", N_("%(reference)s: an amendment waits for a signature"), action=N_("Read and sign")
    ),
    "assistance.amendment_dropped": _request(
        "requests", "officer managers", N_("%(reference)s: the prepared amendment was dropped")
    ),
    "assistance.activity_planned": _request(
        "requests", "drafters authority officer", N_("%(reference)s: an activity is planned")
    ),
    # messages
    **{event: _request(kind, tell, state, staff) for event, (kind, tell, state, staff) in MESSAGES.items()},
    # clocks
    "clock.due_soon": _request("deadlines", "clock_soon", N_("%(reference)s: a deadline comes near")),
    "clock.overdue": _request("deadlines", "clock_over", N_("%(reference)s: a deadline has passed")),
    "clock.authorisation_overdue": _request(
        "deadlines",
        "authority",
        N_("%(reference)s: your authorisation was due"),
        action=N_("Read and authorise"),
    ),
    "clock.authorisation_awaited": _request(
        "deadlines",
        "authority drafters official",
        N_("%(reference)s: still waits for the authority of your State"),
    ),
    "nomination.reminder": Notice(
        "deadlines",
        ("nominators",),
        N_("%(reference)s: nominations close soon"),
        action=N_("Open the session"),
    ),
    # pledges and money
    "pledges.offered": _pledge("tasks", "signatories managers", N_("%(reference)s: a pledge was offered")),
    "pledges.signed": _pledge("tasks", "managers donor", N_("%(reference)s: signed")),
    "pledges.accepted": _pledge("decisions", "donor finance official", N_("%(reference)s: accepted")),
    "pledges.refused": _pledge("decisions", "donor official", N_("%(reference)s: not accepted")),
    "pledges.withdrawn": _pledge("pledges", "donor managers finance", N_("%(reference)s: withdrawn")),
    "pledges.raised": _pledge("pledges", "donor finance", N_("%(reference)s: the amount was raised")),
    "pledges.reduced": _pledge("pledges", "donor finance", N_("%(reference)s: the amount was reduced")),
    "pledges.closed": _pledge("pledges", "donor finance", N_("%(reference)s: closed")),
    "pledges.lapsed": _pledge("pledges", "donor managers finance", N_("%(reference)s: lapsed")),
    "pledges.receipt_recorded": _pledge("money", "donor managers", N_("%(reference)s: money was received")),
    "pledges.allocation_planned": _pledge("tasks", "finance", N_("%(reference)s: an allocation waits for approval")),
    "pledges.allocation_dropped": _pledge("money", "finance", N_("%(reference)s: a planned allocation was dropped")),
    "pledges.allocation_approved": _pledge(
        "money",
        "around_the_request donor_for_a_request",
        N_("%(reference)s: money was set aside for a request"),
        state=N_("%(reference)s: money was set aside for your request"),
    ),
    "pledges.allocation_released": _pledge(
        "money",
        "around_the_request finance donor",
        N_("%(reference)s: money set aside for a request was released"),
        state=N_("%(reference)s: money set aside for your request was released"),
    ),
    "pledges.disbursed": _pledge(
        "money",
        "drafters authority officer donor",
        N_("%(reference)s: a payment was made"),
        state=N_("%(reference)s: a payment was made for your request"),
    ),
    "pledges.recovered": _pledge("money", "officer finance donor", N_("%(reference)s: money was recovered")),
    "pledges.refunded": _pledge("money", "donor finance", N_("%(reference)s: money was paid back to the donor")),
    "pledges.reversed": _pledge("money", "finance managers donor", N_("%(reference)s: a financial step was reversed")),
    "pledges.surplus_applied": _pledge(
        "money", "donor finance", N_("%(reference)s: money beyond the pledge was applied to it")
    ),
    "pledges.surplus_returned": _pledge(
        "money", "donor finance", N_("%(reference)s: money beyond the pledge was paid back")
    ),
    **{name: _pledge(*row) for name, row in (AGREEMENTS | FUNDED | CHANGES).items()},
    "statements.issued": _pledge("pledges", "donor", N_("%(reference)s: a statement was issued")),
    "pledges.instalment_due": _pledge("deadlines", "donor finance", N_("%(reference)s: an instalment falls due")),
    # accounts
    "accounts.invited": _place("invited", N_("Somebody was invited"), _INVITED, N_("Accept the invitation")),
    "accounts.invitation_accepted": _place("", N_("Somebody took up a place")),
    "accounts.invitation_revoked": _place("", N_("An invitation was taken back")),
    "accounts.reset_asked": _account("self", N_("Choose a new password"), N_("Choose a new password"), inapp=False),
    "accounts.code_asked": _account("self", N_("Your code to sign in"), N_("Open the page"), inapp=False),
    "accounts.account_asked": Notice(
        "tasks", ("administrators",), N_("A State asks for its first account"), action=N_("Check the note verbale")
    ),
    "accounts.account_unanswered": Notice(
        "tasks", ("administrators",), N_("A first account was asked for long ago"), action=N_("Check the note verbale")
    ),
    "accounts.account_lapsed": Notice("tasks", ("administrators",), N_("Nobody answered: a request was removed")),
    **{name: _account(*row, inapp=False) for name, row in LETTERS.items()},
    **{name: Notice("tasks", (tell,), headline) for name, (tell, headline) in (ACCOUNT_NOTES | SOURCES).items()},
    "accounts.role_changed": _place("self", N_("Somebody's roles were changed"), N_("Your roles were changed")),
    "accounts.role_asked": _place("", N_("Roles wait for a second person")),
    "accounts.role_given": _place("self", N_("Roles were given"), N_("Roles asked for are given"), _OWN, "asker"),
    "accounts.role_refused": _place("self", N_("Roles were refused"), N_("Roles asked for are refused"), _OWN, "asker"),
    "accounts.membership_ended": _place("self", N_("Somebody's place has ended"), N_("Your membership has ended")),
    "accounts.organisation_merged": _place("", N_("An organisation was merged"), action=N_("Open the page")),
    "accounts.person_disabled": _place("", N_("An account was disabled")),
    "accounts.person_enabled": _place("self", N_("An account was opened again"), N_("Your account is open again")),
    "accounts.password_changed": _account("self", N_("Your password was changed"), N_("Open your account")),
}
