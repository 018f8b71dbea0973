"""What each address is tried on: one's own, a stranger's, a draft, something strictly confidential, nothing."""

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tests.rights import acting, entries
from tests.rights.world import NOT_THERE, World
from tracker.calendar.now import today
from tracker.documents import lists

Subjects = dict[str, dict[str, Any]]
"""Values of an address by the subject's name; {"-": {}} for an address without one."""

# In which status a request must stand so that the act is possible at all; elsewhere `in_review` serves.
STANDING = {
    "assistance.answer": "clarification",
    "assistance.ask_more_time": "clarification",
    "assistance.authorise": "awaiting_authorisation",
    "assistance.autosave_answers": "clarification",
    "assistance.confirm_implementation": "delivered",
    "assistance.file": "submitted",
    "assistance.not_as_described": "delivered",
    "assistance.reopen": "declined",
    "assistance.replace_document": "submitted",
    "assistance.return_to_draft": "awaiting_authorisation",
    "assistance.want_amendment": "accepted",
    "assistance.strike_document": "submitted",
    "finance.plan": "accepted",
    "triage.complete": "delivered",
    "triage.drop_amendment": "amending",
    "triage.end_unfunded": "without_a_seat",
    "triage.drop_decision": "prepared",
    "triage.give_time": "asking_more_time",
    "triage.drop_erasure": "erasing",
    "triage.erase": "erasing",
    "triage.plan_activity": "accepted",
    "triage.prepare_amendment": "accepted",
    "triage.propose_erasure": "submitted",
    "triage.record_implementation": "in_implementation",
    "triage.refuse_message": "asking_more_time",
    "triage.return_note": "submitted",
    "triage.sign_amendment": "amending",
    "triage.sign_decision": "prepared",
    "triage.start_implementation": "accepted",
    "triage.take_up": "submitted",
}
PLEDGE_STANDING = {
    "pledges.sign": "offered",
    "pledges.accept": "signed",
    "pledges.refuse": "signed",
    "pledges.agreement": "with_agreement",
    "pledges.reduce_amount": "with_agreement",
    "pledges.apply_surplus": "surplus",
    "pledges.return_surplus": "surplus",
}
ALLOCATION_STANDING = {"finance.approve": "planned", "finance.drop": "planned"}
# Parts of an address beside its subject.
FIXED = {
    "slug": "where",
    "outcome": "declined",
    "clock": "decide",
    "currency": "EUR",
    "iata": "VIE",
    "line": "fare",
    "side": "donor",
    "paper_id": str(NOT_THERE),
    **dict.fromkeys(("proposal_number", "statement_number"), 1),
    "year": today().year,
}
PARTS = {
    "participation.open_evidence": ("delegate", "proved_person"),
    "participation.open_claim_paper": ("paper_id", "claim_paper"),
    "desks.donor_paper": ("file_id", "handed_in_file"),
    "assistance.file": ("file_id", "note_file"),
    "assistance.remove_document": ("file_id", "draft_file"),
    "assistance.replace_document": ("file_id", "handed_in_file"),
    "assistance.strike_document": ("file_id", "handed_in_file"),
    "assistance.confirm_implementation": ("activity_id", "delivered_activity"),
    "triage.propose_erasure": ("file_id", "handed_in_file"),
    "triage.record_implementation": ("activity_id", "planned_activity"),
    "triage.give_time": ("message_id", "more_time"),
    "rounds.give": ("request_id", "open_round_request"),
    "rounds.take_off": ("delegate_id", "open_round_person"),
    "triage.letter": ("letter_id", "letter"),
    "triage.refuse_message": ("message_id", "more_time"),
    "triage.needs_no_answer": ("message_id", "message"),
}
# Addresses with a number or a code: the row that is there, and one that is not.
NUMBERS = {
    "holiday_id": "holiday",
    "rate_id": "rate",
    "area_id": "area",
    "view_id": "view",
    "template_id": "question",
}
SESSIONS = {
    "participation.board": "supported",
    **dict.fromkeys(("reporting.of_session", "reporting.donor_report", "reporting.published_session"), "over"),
    "rounds.of_session": "supported",
    "statements.of_session": "supported",
    "rounds.open_round": "supported",
    "rounds.reserve": "reserve",
    "rounds.sponsor": "supported",
    "participation.change_support": "supported",
    "participation.end_session_seats": "cancelled_session",
    "participation.offers": "supported",
    "participation.send_offers": "supported",
    "participation.take_back_offers": "supported",
    **dict.fromkeys(("participation.settlements", "participation.session_account"), "over"),
    **dict.fromkeys(("participation.enter_settlements", "participation.settle_seats"), "over"),
    **dict.fromkeys(("participation.close_session", "participation.end_without_seat"), "to_close"),
    "participation.travel_desk": "travelled_to",
    "participation.attendance": "travelled_to",
    "participation.disclose": "travelled_to",
    **{
        f"participation.{page}": "travelled_to"
        for page in (
            *("make_authorisation", "file_authorisation"),
            *("make_pay_list", "record_handed_over", "book_cash", "remind_all"),
        )
    },
    "sessions.show": "supported",
}
DONORS_NEED = {"not consented": "accepted_number", "consented": "consented_number"}
LABELLED = {
    **acting.CHANGES,
    "participation.take_disclosure": {},
    "desks.donor_need": DONORS_NEED,
    "desks.donor_paper": DONORS_NEED,
    **{
        f"participation.{page}": {"kenya": "offer"}
        for page in ("offer", "confirm_offer", "decline_offer", "substitute")
    },
    "statements.of_request": {"kenya": "accepted", "draft": "draft", "strict": "strict"},
    "participation.seats_csv": {"norad": "funded", "sida": "sida"},
    "participation.give_up_seat": {"kenya": "confirmed_offer"},
    "participation.miss_journey": {"kenya": "ticketed_seat"},
    "participation.say_who_bears": {"kenya": "given_up_seat"},
    "participation.give_up_refund": {"kenya": "given_up_seat"},
    **{f"participation.{page}": {"kenya": "seat_over"} for page in ("settlement", "enter_settlement", "open_evidence")},
    "participation.settle_seat": {"kenya": "seat_entered"},
    "participation.write_off": {"kenya": "seat_claimed"},
    **{
        f"participation.{page}": {"kenya": "claim_unread"} for page in ("claim", "begin_claim", "ask_to_complete_claim")
    },
    "participation.open_claim_paper": {"kenya": "claim_begun"},
    **{
        f"participation.{page}": {"kenya": "confirmed_seat"}
        for page in (
            *("end_seat", "journey", "make_invitation", "renew_link", "read_out_code"),
            *("end_helper", "name_helper_for", "read_out_to_helper"),
            *("record_papers", "record_payee", "record_quotation"),
            *("record_ticket", "record_deviation", "drop_deviation"),
            *("papers", "enter_passport", "enter_visa", "enter_access_needs", "enter_payment"),
            *("journey_messages", "message_needs_no_answer"),
            *("accept_passport", "open_papers", "enter_conditions"),
        )
    },
    **{
        f"participation.{page}": {"kenya": "ticketed_seat"}
        for page in ("record_travelled", "remind_delegate", "remind_traveller")
    },
    "participation.signed_authorisation": {"kenya": "ticketed_seat"},
    **{f"participation.{page}": {"kenya": "signed_seat"} for page in ("signed_pay_list", "undo_handed_over")},
}
OTHERS = {
    **{f"accounts.{page}": "account_request" for page in ("account_request", "approve", "refuse", "note_verbale")},
    "accounts.end_session": "session",
    "accounts.give_roles": "role_proposal",
    "accounts.refuse_roles": "role_proposal",
    "accounts.role_note": "role_proposal",
    "accounts.role_proposal": "role_proposal",
    **dict.fromkeys(("acts.show", "acts.confirm", "acts.refuse", "acts.take_back"), "proposed_act"),
    "acts.top_up": "seat_money",
    "participation.explain_agency_line": "agency_line",
    **entries.SUBJECTS,
    "participation.change_conditions": "conditions",
    "rounds.promote": "waiting",
    "notifications.open_entry": "notice",
    "notifications.send_again": "mail",
    "demonstration.sign_in": "kenya_person",
    "triage.confirm_removal": "removing",
    "triage.drop_removal": "removing",
    "triage.propose_removal": "agreement",
}
SOURCES = {
    "triage.confirm_removal": "removing_source",
    "triage.drop_removal": "removing_source",
    "triage.propose_removal": "source",
}
"""Papers that are files of imports."""
OF_ORGANISATIONS = {
    **dict.fromkeys(
        (
            *(f"accounts.{page}" for page in ("organisation", "organisation_change", "organisation_merge")),
            *("accounts.invite", "accounts.new_office", "statements.annual_report"),
            *("statements.count_annual_report", "statements.explain_annual_report", "statements.of_donor"),
        ),
        "organisation",
    ),
    "accounts.office_change": "office",
    **dict.fromkeys(("accounts.membership_change", "accounts.membership_end"), "membership"),
    **dict.fromkeys(("accounts.renew_invitation", "accounts.revoke_invitation"), "invitation"),
    **{f"accounts.{page}": "person" for page in ("person", "disable_person", "enable_person")},
}
_JOBS = {"the officer's": "job", "the manager's": "pledge_job"}
OF_BLUEPRINT = {"jobs": _JOBS, "imports": _JOBS, "rounds": {"open": "open_round", "prepared": "prepared_round"}}
UNKNOWN = "no-such-thing"


class Unknown(LookupError):
    """An address whose subject nobody has described here."""


def subjects_of(rule: Rule, world: World) -> Subjects:
    """What to try an address on. Raises Unknown for an address with parts that are not described above."""
    names = set(rule.arguments)
    if not names:
        return {"-": {}}
    fixed = {name: FIXED[name] for name in names & FIXED.keys()}
    main = names - fixed.keys()
    if not main:
        return {"-": fixed, "absent": dict.fromkeys(fixed, UNKNOWN)}
    found = _by_number(rule.endpoint, main, world) or _by_id(rule, main, world)
    return {label: {**fixed, **values} for label, values in found.items()}


def _by_number(endpoint: str, names: set[str], world: World) -> Subjects:
    if len(names) != 1:
        return {}
    (name,) = names
    if name in NUMBERS:
        return {"own": {name: world.ids[NUMBERS[name]]}, "absent": {name: 987_654_321}}
    if name == "list_name":
        return {**{kind.name: {name: kind.name} for kind in lists.registered()}, "absent": {name: UNKNOWN}}
    if name == "code":
        return {"own": {name: world.ids[SESSIONS.get(endpoint, "meeting")]}, "absent": {name: UNKNOWN}}
    if name in ("token", "name"):
        return {"absent": {name: UNKNOWN}}
    return {}


def _by_id(rule: Rule, names: set[str], world: World) -> Subjects:
    endpoint, (blueprint, _dot, _view) = rule.endpoint, rule.endpoint.partition(".")
    main = next((name for name in ("public_id", "act_id", "number") if name in names), "")
    if not main:
        raise Unknown(rule.rule)
    labels = _labels(endpoint, blueprint, main)
    if labels is None:
        raise Unknown(rule.rule)
    found = {label: {main: world.ids[name]} for label, name in labels.items()}
    found["absent"] = {main: NOT_THERE}
    if endpoint in PARTS:
        part, name = PARTS[endpoint]
        mixed = {"ghana's, part of kenya's": {main: world.ids["ghana"]}}
        found = {label: {**values, part: world.ids[name]} for label, values in {**found, **mixed}.items()}
    return found


def _labels(endpoint: str, blueprint: str, main: str) -> dict[str, str] | None:
    """Names of the world's things by the labels of the table."""
    if endpoint in OTHERS:
        return {"own": OTHERS[endpoint]} | ({"of an import": SOURCES[endpoint]} if endpoint in SOURCES else {})
    if endpoint in OF_ORGANISATIONS:
        return {code: f"{code}_{OF_ORGANISATIONS[endpoint]}" for code in ("kenya", "norad", "unodc")}
    if blueprint in OF_BLUEPRINT:
        return OF_BLUEPRINT[blueprint]
    if endpoint in LABELLED:
        return LABELLED[endpoint]
    if main == "act_id":
        return {"norad": "act"}
    if blueprint == "participation":
        return {"draft": "delegation"}
    if blueprint in ("pledges", "statements"):
        return {"norad": PLEDGE_STANDING.get(endpoint, "funded"), "sida": "sida"}
    if blueprint == "finance" and endpoint != "finance.plan":
        return {"norad": ALLOCATION_STANDING.get(endpoint, "allocated"), "for a strict request": "strictly_planned"}
    if blueprint in ("assistance", "triage", "finance"):
        strict = {"strict": "strict"} if blueprint != "assistance" or endpoint == "assistance.annex" else {}
        return {"kenya": STANDING.get(endpoint, "in_review"), "draft": "draft", "ghana": "ghana", **strict}
    return None


def addresses(app: Flask, world: World, endpoint: str) -> dict[tuple[str, str], str]:
    """Every (method, subject) of an endpoint with the address to try it at."""
    found = {}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            for label, values in subjects_of(rule, world).items():
                found[method, label] = adapter.build(endpoint, values, method=method)
    return found


def endpoints(app: Flask) -> list[str]:
    """Every endpoint with a decision behind it; style sheets and icons are everybody's."""
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()} - {"static", "asset"})
