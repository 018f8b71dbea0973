"""Who may do what to a request. None means yes, a Refusal carries the sentence for the person.

Every action of the lifecycle has its row in RULES; the row says the same as the table in the product's
description: who, and with which second person.
"""

from tracker.assistance.conflicts import RECUSED
from tracker.assistance.contact_rule import is_not_reached
from tracker.assistance.fields.table import any_weighty
from tracker.assistance.lifecycle import AMENDABLE, OPEN, SECOND_LOOK, TRANSITIONS, Action, Marking, Status
from tracker.assistance.rule_facts import AnswerFacts, RuleFacts
from tracker.calendar.now import now
from tracker.languages.marking import lazy
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_WRITERS, SECRET_READERS, Actor
from tracker.rights.rules import Predicate, Refusal, Rules

MOVED_ON = Refusal(
    "status", lazy("Not possible at this stage of the request. Somebody may have moved it on meanwhile.")
)


def leads_on(action: Action) -> Predicate[RuleFacts]:
    """The request stands in a state from which `action` is lawful."""

    def stands_right(_actor: Actor, facts: RuleFacts) -> Refusal | None:
        return None if facts.status in TRANSITIONS[action].sources else MOVED_ON

    return stands_right


def stands_in(*statuses: Status) -> Predicate[RuleFacts]:
    """The request stands in one of `statuses`."""

    def stands(_actor: Actor, facts: RuleFacts) -> Refusal | None:
        return None if facts.status in statuses else MOVED_ON

    return stands


def is_own(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The request belongs to the actor's own State."""
    if actor.is_state and actor.organisation_id == facts.organisation_id:
        return None
    return Refusal("own", lazy("Only the State that asks can do this."))


def is_drafter(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The actor may write the draft: its drafting office, an invited co-drafter, or the authority."""
    own = is_own(actor, facts)
    if own is not None:
        return own
    if actor.has(*REQUEST_WRITERS):
        return None
    return Refusal("drafter", lazy("Only focal points and authorising officers write requests."))


def writes_requests(actor: Actor, _facts: object) -> Refusal | None:
    """The actor may begin a request in the name of a State."""
    if actor.is_state and actor.has(*REQUEST_WRITERS):
        return None
    return Refusal("drafter", lazy("Only focal points and authorising officers write requests."))


def has_no_reference(_actor: Actor, facts: RuleFacts) -> Refusal | None:
    """A draft that has no reference yet can go without a trace; references have no gaps."""
    if facts.reference is None:
        return None
    return Refusal("reference", lazy("This request has a reference already: your authority can withdraw it."))


def reopens_once(_actor: Actor, facts: RuleFacts) -> Refusal | None:
    """A second look is asked once, before the time for it is over."""
    if facts.reopened_at is not None:
        return Refusal("once", lazy("A second look was already asked for: it is possible once."))
    if facts.reopen_until is None or now() > facts.reopen_until:
        return Refusal("too_late", lazy("The time in which a second look could be asked for is over."))
    return None


def is_authority(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The actor may release requests in the State's name."""
    own = is_own(actor, facts)
    if own is not None:
        return own
    if actor.has("authorising_officer"):
        return None
    return Refusal("authority", lazy("Only an authorising officer of your State can do this."))


def is_not_the_drafter(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """A second person releases what the first one wrote.

    Where a State has one person only, the note verbale that staff verify is the second key. Whoever stands in for the
    drafter may have written it in their stead.
    """
    if facts.drafter_id not in actor.and_whom_they_stand_in_for or facts.single_person:
        return None
    return Refusal("two_persons", lazy("Somebody else than the person who drafted the request must release it."))


def is_officer(actor: Actor, _facts: object) -> Refusal | None:
    """The actor works on requests in the office."""
    if actor.has(*REQUEST_OFFICERS):
        return None
    return Refusal("officer", lazy("Only triage officers and programme managers can do this."))


def is_manager(actor: Actor, _facts: object) -> Refusal | None:
    """The actor signs decisions."""
    if actor.has("programme_manager"):
        return None
    return Refusal("manager", lazy("Only a programme manager can do this."))


def is_system_or_manager(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """A manager, or the first disbursement (the system)."""
    return None if actor.is_system else is_manager(actor, facts)


def has_not_recused(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The officer has no declared conflict of interest with this request."""
    if actor.person_id in facts.recused_ids:
        return Refusal("recused", RECUSED)
    return None


def did_not_prepare(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The signature is another person's than the preparation's."""
    prepared = facts.prepared_decision
    if prepared is not None and prepared.prepared_by_id == actor.person_id:
        return Refusal("two_persons", lazy("You prepared this decision: somebody else must sign it."))
    return None


NOT_ACCEPTED_HERE = lazy("This request was not accepted here: there is no decision to amend.")


def has_terms(_actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The request was accepted here: a decision stands that can be amended."""
    if facts.decision is not None:
        return None
    return Refusal("undecided", NOT_ACCEPTED_HERE)


ANOTHER_OFFICER = lazy("A second look is taken by an officer who did not decide before.")


def deciders(facts: RuleFacts) -> frozenset[int]:
    """The people who prepared and signed the decision that stands."""
    standing = facts.decision
    people = (standing.prepared_by_id, standing.signed_by_id) if standing is not None else ()
    return frozenset(person_id for person_id in people if person_id is not None)


def barred_people(facts: RuleFacts) -> frozenset[int]:
    """The people to whom the request cannot be assigned: who recused, and in a second look who decided before."""
    before = deciders(facts) if facts.status in SECOND_LOOK else frozenset()
    return facts.recused_ids | before


def did_not_decide(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """After a decline another officer takes the second look."""
    if actor.person_id in deciders(facts):
        return Refusal("another_officer", ANOTHER_OFFICER)
    return None


def answers_within_rights(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """Answers that change amounts, dates, delegates or scope are the authority's.

    Whoever asks says what the answer changes (`facts.with_changes`): what is not known is an error, never a yes.
    """
    if not isinstance(facts, AnswerFacts):
        raise TypeError("An answer is judged by the fields that it changes: take facts.with_changes(…).")
    if actor.has("authorising_officer") or not any_weighty(facts.changed_fields):
        return None
    return Refusal(
        "authority",
        lazy("This answer changes amounts, dates, delegates or scope: your authority must send it."),
    )


def needs_the_authority(actor: Actor, _facts: object) -> Refusal | None:
    """Answers are handed over by people who are not the authority themselves."""
    if not actor.has("authorising_officer"):
        return None
    return Refusal("authority_already", lazy("You may send the answers yourself."))


def answers_or_amends(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """In a draft that came back and in a clarification the drafters, else the authority while it is not over."""
    if facts.status in (Status.DRAFT, Status.CLARIFICATION):
        return is_drafter(actor, facts)
    return is_authority(actor, facts) or stands_in(Status.AWAITING_AUTHORISATION, *OPEN)(actor, facts)


def did_not_propose_erasure(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The content of a document goes by a second person's word."""
    if facts.erasure_proposed_by_id is None:
        return Refusal("nothing_waits", lazy("No removal waits for a second person."))
    if facts.erasure_proposed_by_id == actor.person_id:
        return Refusal("two_persons", lazy("You proposed this removal: somebody else must confirm it."))
    return None


def may_open_strictly(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """Strictly confidential requests are for the assigned officer, managers and the auditor."""
    if facts.marking != Marking.STRICTLY_CONFIDENTIAL or not actor.is_staff:
        return None
    if actor.has(*SECRET_READERS) or facts.assigned_to_id == actor.person_id:
        return None
    return Refusal("marking", lazy("This request is strictly confidential."))


def by_staff_on_paper(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The authority, not the drafter; or an officer who files what came on paper."""
    if actor.is_staff:
        return is_officer(actor, facts)
    return is_authority(actor, facts) or is_not_the_drafter(actor, facts)


def writes_messages(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The actor writes for the State that asks, or for the office with the request in hand."""
    rules = IN_HAND if actor.is_staff else (is_drafter,)
    return next(filter(None, (rule(actor, facts) for rule in rules)), None)


def has_it_in_hand(actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The officer who has the request and managers speak for the office; any officer while nobody has it."""
    if actor.has("programme_manager") or facts.assigned_to_id in (None, *actor.and_whom_they_stand_in_for):
        return None
    return Refusal("assigned", lazy("Only the officer who has this request, or a programme manager, can do this."))


def has_arrived(_actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The office has received the request, and it did not become a draft again."""
    if facts.arrived and facts.status != Status.DRAFT:
        return None
    return Refusal("status", lazy("Messages can be written once the request was submitted."))


OFFICER = (is_officer, may_open_strictly, has_not_recused)
IN_HAND = (*OFFICER, has_it_in_hand)
MANAGER = (is_manager, has_not_recused)  # a manager may open what is strictly confidential

RULES: Rules[RuleFacts] = {
    Action.DRAFT: (writes_requests,),
    Action.COPY: (is_drafter, stands_in(*(set(Status) - {Status.DRAFT}))),
    Action.EDIT: (is_drafter, stands_in(Status.DRAFT)),
    Action.INVITE: (is_drafter, stands_in(Status.DRAFT)),
    Action.DISCARD: (is_drafter, stands_in(Status.DRAFT), has_no_reference),
    Action.ASK_AUTHORISATION: (is_drafter, leads_on(Action.ASK_AUTHORISATION)),
    Action.RETURN_TO_DRAFT: (is_authority, leads_on(Action.RETURN_TO_DRAFT)),
    Action.SUBMIT: (by_staff_on_paper, leads_on(Action.SUBMIT)),
    Action.SET_CONSENT: (is_authority, stands_in(*(set(Status) - {Status.DRAFT}))),
    Action.WITHDRAW: (is_authority, leads_on(Action.WITHDRAW)),
    Action.ANSWER: (is_drafter, leads_on(Action.ANSWER), answers_within_rights),
    Action.HAND_TO_AUTHORITY: (is_drafter, stands_in(Status.CLARIFICATION), needs_the_authority),
    Action.REPLACE_DOCUMENT: (answers_or_amends,),
    Action.STRIKE_DOCUMENT: (answers_or_amends,),
    Action.REOPEN: (is_authority, leads_on(Action.REOPEN), reopens_once),
    Action.CONFIRM_IMPLEMENTATION: (is_drafter, stands_in(Status.IN_IMPLEMENTATION, Status.COMPLETED)),
    Action.RETURN_NOTE: (*OFFICER, leads_on(Action.RETURN_NOTE)),
    Action.TAKE_UP: (*OFFICER, leads_on(Action.TAKE_UP)),
    Action.ASK_CLARIFICATION: (*OFFICER, leads_on(Action.ASK_CLARIFICATION)),
    Action.PREPARE_DECISION: (*OFFICER, stands_in(Status.IN_REVIEW), did_not_decide),
    Action.DROP_DECISION: (*OFFICER, stands_in(Status.IN_REVIEW)),
    Action.ACCEPT: (*MANAGER, leads_on(Action.ACCEPT), did_not_prepare),
    Action.DECLINE: (*MANAGER, leads_on(Action.DECLINE), did_not_prepare),
    Action.REFER: (*MANAGER, leads_on(Action.REFER), did_not_prepare),
    Action.MERGE: (*MANAGER, leads_on(Action.MERGE), did_not_prepare),
    Action.PREPARE_AMENDMENT: (*OFFICER, stands_in(*AMENDABLE), has_terms),
    Action.DROP_AMENDMENT: (*OFFICER, stands_in(*AMENDABLE)),
    Action.AMEND: (*MANAGER, stands_in(*AMENDABLE), has_terms, did_not_prepare),
    Action.START_IMPLEMENTATION: (is_system_or_manager, has_not_recused, leads_on(Action.START_IMPLEMENTATION)),
    Action.COMPLETE: (*MANAGER, leads_on(Action.COMPLETE)),
    Action.END_UNFUNDED: (*MANAGER, leads_on(Action.END_UNFUNDED)),
    Action.ASSIGN: (*OFFICER, stands_in(*OPEN)),
    Action.RECUSE: (is_officer, may_open_strictly),
    Action.ADD_NOTE: (*OFFICER,),
    Action.PROPOSE_ERASURE: (*OFFICER,),
    Action.DROP_ERASURE: (*OFFICER,),
    Action.ERASE: (*OFFICER, did_not_propose_erasure),
    Action.RECORD_CONTACT: (*OFFICER, is_not_reached),
    Action.PLAN_ACTIVITY: (*OFFICER, stands_in(Status.ACCEPTED, Status.IN_IMPLEMENTATION)),
    Action.RECORD_IMPLEMENTATION: (*OFFICER, stands_in(Status.IN_IMPLEMENTATION)),
    Action.WRITE_MESSAGE: (writes_messages, has_arrived),
    Action.ASK_MORE_TIME: (is_drafter, stands_in(Status.CLARIFICATION)),
    Action.SAY_NOT_AS_DESCRIBED: (is_drafter, stands_in(Status.IN_IMPLEMENTATION, Status.COMPLETED)),
    Action.WANT_AMENDMENT: (is_authority, stands_in(*AMENDABLE), has_terms),
    Action.ANSWER_MESSAGE: (*IN_HAND, has_arrived),
}
