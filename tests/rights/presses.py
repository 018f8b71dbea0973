"""One lawful press of every button: who presses, what is typed, and on which page the form stands.

Whatever the page itself puts into the form (key, version, hidden values, texts that are filled in) is sent as it is.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.rights import prerequisites
from tests.rights.papers import rates, table
from tests.rights.people import ANONYMOUS
from tests.rights.press import Press, day, paper
from tests.rights.presses_of_money import MONEY
from tests.rights.presses_of_travel import TRAVEL
from tests.rights.settled_presses import PRESSES as SETTLED
from tests.rights.world import World
from tracker.calendar.now import today

SOON, LATE = today() + timedelta(days=40), today() + timedelta(days=70)
REASON = {"reason": "There is a reason for it."}
NOTE = {"issuer": "Mission", "note_reference": "KEN/2", **day("dated", today()), "file": paper}
DELEGATE = {"people-0-family_name": "Konan", "people-0-language": "fr", "people-0-gender": "woman"}
SUBSTITUTE = {"family_name": "Wanjiru", "function": "Judge", "office": "High Court", "email": "z@ken.example"}
SUBSTITUTE |= {"nationality_iso3": "KEN", "departure_airport": "NBO", "language": "en", "gender": "woman"}


def _person(persona: str, name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {name: world.people[persona].public_id}


ACCOUNTS = {
    "accounts.approve": Press(
        "administrator",
        {"first": ["focal_point", "authorising_officer"]},
        "/settings/account-requests/{account_request}",
    ),
    "accounts.absence": Press("drafter", prerequisites.back_soon),
    "accounts.ask": Press(
        ANONYMOUS,
        {
            "state": "TGO",
            "office_name": "Mission of Togo",
            "office_kind": "mission",
            "official_email": "mission@togo.example",
            "first-name": "Afi",
            "first-title": "Counsellor",
            "first-email": "afi@togo.example",
            **{f"{place}-language": "fr" for place in ("first", "second", "third")},
            "note_reference": "TGO/1",
            **day("note_date", today()),
            "note_file": paper,
        },
    ),
    "accounts.choose_membership": Press(
        "drafter",
        lambda world: {"membership": str(world.ids["second_place"])},
        "/account/membership",
        first=prerequisites.a_second_place,
    ),
    "accounts.disable_person": Press("administrator", {"successor": "group"}),
    "accounts.enable_person": Press("administrator", on="/settings/people/{kenya_person}",
                                    first=prerequisites.a_disabled_person),
    "deadlines.make_address": Press("drafter", on="/deadlines"),
    "deadlines.revoke_address": Press("drafter", on="/deadlines", first=prerequisites.a_calendar_address),
    "accounts.end_absence": Press("drafter", on="/account/absence", first=prerequisites.an_absence),
    "accounts.end_other_sessions": Press("drafter", on="/account", first=prerequisites.a_second_session),
    "accounts.end_session": Press("drafter", on="/account", first=prerequisites.a_second_session),
    "accounts.give_roles": Press("administrator", on="/settings/roles/{role_proposal}"),
    "accounts.invite": Press(
        "administrator",
        lambda world: {
            "name": "Zuri", "email": "zuri@kenya.example", "language": "en", "roles": ["focal_point"],
            "office": str(world.ids["kenya_office"]),
        },
    ),
    "accounts.membership_change": Press("administrator", {"title": "Head of unit", "roles": ["focal_point"]}),
    "accounts.membership_end": Press("administrator", {"successor": "group"}),
    "accounts.new_office": Press("administrator", {"name": "Coast office", "kind": "ministry"}),
    "accounts.new_organisation": Press("administrator",
        {"kind": "donor", "code": "DANIDA", "name": "Danida", "official_email": "mail@danida.example"}
        | {"official_language": "en"},
    ),
    "accounts.new_state": Press(
        "administrator", {"state": "TGO", "official_email": "mail@togo.example", "official_language": "fr"}
    ),
    "accounts.office_change": Press("administrator", {"name": "Annex two", "kind": "ministry"}),
    "accounts.organisation_change": Press(
        "administrator", {"official_email": "new@ken.example", "official_language": "fr", "active": "y"}
    ),
    "accounts.organisation_merge": Press("administrator", subject="norad",
                                         on="/settings/organisations/{norad_organisation}/merge?into=SIDA"),
    "accounts.profile": Press("drafter", {"name": "Drafter Changed", "language": "fr", "timezone": "UTC"}),
    "accounts.refuse": Press("administrator", REASON),
    "accounts.refuse_roles": Press("administrator", REASON),
    "accounts.renew_invitation": Press("administrator", on="/organisations/{kenya_organisation}"),
    "accounts.revoke_invitation": Press("administrator", on="/organisations/{kenya_organisation}"),
    "accounts.sign_out": Press("drafter", on="/account"),
}  # fmt: skip
ASSISTANCE = {
    "assistance.answer": Press(
        "drafter", {"answer_*": "Forty cases in all.", "then": "send"}, "/requests/{clarification}"
    ),
    "assistance.ask_more_time": Press("drafter", {"body": "The directorate meets late.", **day("day", LATE)}),
    "assistance.authorise": Press("authority", NOTE),
    "assistance.confirm_implementation": Press("drafter", {"rating": "4", "comment": "Very useful."}),
    "assistance.consent": Press("authority", {"donors": ["title:donors"]}),
    "assistance.copy": Press("drafter", on="/requests/{in_review}"),
    "assistance.discard": Press("drafter", subject="draft"),
    "assistance.documents": Press("drafter", {"file": paper, "label": "Concept note"}, subject="draft"),
    "assistance.hand_in_paper": Press("drafter", {"body": "Letter of the committee", "file": paper}),
    "assistance.new": Press("drafter", {"kind": "technical", "language": "en"}),
    "assistance.not_as_described": Press(
        "drafter",
        lambda world: {"body": "Twelve came, not sixty.", "activity": str(world.ids["delivered_activity"])},
    ),
    "assistance.people": Press("drafter", _person("colleague", "person"), subject="draft"),
    **{
        f"assistance.{act}_document": Press("authority", {**REASON, **more})
        for act, more in (("strike", {}), ("replace", {"file": paper}))
    },
    "assistance.remove_document": Press("drafter", on="/requests/{draft}/documents", subject="draft"),
    "assistance.reopen": Press("authority", REASON),
    "assistance.return_to_draft": Press("authority", REASON),
    "assistance.review": Press("drafter", subject="draft"),
    "assistance.step": Press(
        "drafter", {"language": "en", "title": "Another title", "areas": ["TA.INV"]}, subject="draft"
    ),
    "assistance.want_amendment": Press("authority", {"body": "One course less.", **NOTE}),
    "assistance.withdraw": Press("authority", REASON),
    "assistance.write_message": Press("drafter", {"body": "May a judge come along?"}, "/requests/{in_review}"),
    "pledges.interests": Press("donor_officer", {"kinds": ["technical"], "lists": ["ldc"]}),
    "participation.delegates": Press("drafter", DELEGATE),
    "participation.copy": Press(
        "drafter", on="/requests/{delegation}/delegates", first=prerequisites.a_delegation_before
    ),
    "typed.throw_away": Press(
        "authority", on="/requests/{awaiting_authorisation}/return", first=prerequisites.a_form_not_sent
    ),
}
_SUPPORT = {"pays": ["fare"], "cabin": "economy", "rule_set": "A", "in_time_source": "Decision 1"}
SESSIONS = {
    "participation.change_support": Press("programme_manager", {**_SUPPORT, "seats": "21"}),
    "participation.confirm_offer": Press("authority", {"nobody_else_pays": "y"}),
    "participation.decline_offer": Press("authority", REASON),
    "participation.end_seat": Press("travel_officer", {**REASON, "cause": "visa_refused"}),
    "participation.end_session_seats": Press("programme_manager", REASON),
    "participation.give_up_seat": Press("authority", {**REASON, "cause": "illness"}),
    "participation.miss_journey": Press("travel_officer", {**REASON, "cause": "no_reason"}),
    "participation.say_who_bears": Press("programme_manager", {**REASON, "borne_by": "pledge"}),
    "participation.substitute": Press("authority", {"who": "new", **SUBSTITUTE, **NOTE}),
    "participation.send_offers": Press("travel_officer", on="/sessions/AHC-P2/offers/send?s={seat_to_offer}"),
    "participation.take_back_offers": Press("programme_manager", REASON, first=prerequisites.a_silent_offer),
    "participation.set_up_support": Press("programme_manager", _SUPPORT),
}
ROUNDS = {
    "rounds.approve": Press("finance_officer", subject="prepared"),
    "rounds.drop": Press("programme_manager", REASON),
    "rounds.give": Press("programme_manager", lambda world: {"pledge": str(world.ids["open_round_pledge"])}),
    "rounds.open_round": Press("programme_manager"),
    "rounds.prepare": Press("programme_manager"),
    "rounds.promote": Press(
        "travel_officer", lambda world: {"pledge": str(world.ids["approved_round_pledge"]), **REASON}
    ),
    "rounds.propose": Press("programme_manager"),
    "rounds.send_back": Press("finance_officer", REASON, subject="prepared"),
    "rounds.take_off": Press("programme_manager", on="/rounds/{open_round}"),
    "rounds.take_over": Press("programme_manager", REASON, first=prerequisites.a_fresh_proposal),
}
SETTINGS = {
    "settings.add_area": Press(
        "administrator", {"code": "TA.NEW", "kind": "assistance", "parent": "TA", "name_en": "New", "name_fr": "Neuf"}
    ),
    "settings.add_holiday": Press(
        "administrator", {**day("day", date(2031, 5, 5)), "name_en": "Day of rest", "name_fr": "Jour de repos"}
    ),
    "settings.add_rate": Press("finance_officer", {"currency": "NZD", "units_per_usd": "1.7", "source": "Bank"}),
    "settings.edit_session": Press(
        "administrator", {"type": "organizational", "status": "planned", "country_iso3": "USA", "title_en": "First"}
    ),
    "settings.end_area": Press("administrator"),
    "settings.end_holiday": Press("administrator"),
    "settings.end_rate": Press("administrator"),
    "settings.import_rates": Press("administrator", {"file": rates}, "/settings/rates"),
    "settings.new_session": Press(
        "administrator",
        {
            "code": "AHC-99", "title_en": "Last", "title_fr": "Fin", "type": "substantive", "status": "planned",
            **day("starts_on", date(2031, 5, 5)), **day("ends_on", date(2031, 5, 9)), "city": "Vienna",
        },
    ),
    "settings.set_clock": Press("administrator", {"working_days": "15", **day("valid_from", SOON)}),
    "settings.set_support_cost": Press("administrator", {"value": "12", **day("valid_from", SOON)}),
    "imports.index": Press("triage_officer", {"what": "requests", "file": table}),
    "imports.carry_out": Press("triage_officer", on="/imports/{job}", first=prerequisites.a_preview),
    "imports.undo": Press("triage_officer", on="/imports/{job}", first=prerequisites.an_import),
    "jobs.cancel": Press("triage_officer", on="/jobs/{job}"),
    "lists.export": Press("triage_officer", {"format": "csv"}, subject="organisations"),
    "notifications.preferences": Press(
        "drafter", dict.fromkeys(("tasks", "requests", "deadlines", "pledges", "money"), "daily")
    ),
    "notifications.read_all": Press("authority", on="/notifications"),
    "notifications.send_again": Press("triage_officer", on="/triage/deliveries", first=prerequisites.a_failed_letter),
}  # fmt: skip
TRIAGE = {
    "triage.add_note": Press("triage_officer", {"body": "To be looked at."}, "/triage/requests/{in_review}"),
    "triage.ask": Press("triage_officer", {"questions-0-field": "problem", "questions-0-text": "How many?"}),
    "triage.assign": Press(
        "triage_officer", _person("programme_manager", "officer"), "/triage/requests/{in_review}"
    ),
    "triage.bulk_assign": Press(
        "programme_manager", _person("triage_officer", "officer"), "/triage/queue/assign?r={accepted}"
    ),
    "triage.complete": Press("programme_manager"), "triage.confirm_removal": Press("programme_manager"),
    "triage.delete_view": Press("triage_officer", on="/triage/queue/views"),
    "triage.drop_amendment": Press("triage_officer", REASON),
    "triage.drop_decision": Press("triage_officer", REASON), "triage.drop_removal": Press("programme_manager"),
    "triage.drop_erasure": Press("triage_officer"), "triage.erase": Press("programme_manager"),
    "triage.propose_erasure": Press("triage_officer", {**REASON, "ground": "malware"}),
    "triage.propose_removal": Press("finance_officer", {**REASON, "ground": "malware"}),
    "triage.end_unfunded": Press("programme_manager", {"rule": "One seat for each State."}),
    "triage.end_question": Press("triage_officer", on="/triage/questions"),
    "triage.export": Press("triage_officer", REASON),
    "triage.file_paper": Press(
        "triage_officer",
        {
            "state": "KEN", "kind": "technical", "language": "en", "title": "On paper", "areas": "TA.INV",
            "issuer": "Mission", "reference": "KEN/9", **day("dated", today()), "file": paper,
        },
    ),
    "triage.give_time": Press("triage_officer", {"body": "Agreed, it is so."}),
    "triage.hand_over": Press(
        "programme_manager",
        lambda world: {
            "from_officer": world.people["triage_officer"].public_id,
            "to_officer": world.people["programme_manager"].public_id,
        },
    ),
    "triage.kept_questions": Press("triage_officer", {"field": "problem", "text": "Since when?"}),
    "triage.needs_no_answer": Press("triage_officer", on="/triage/requests/{in_review}"),
    "triage.plan_activity": Press(
        "triage_officer", {"title": "Course", **day("planned_on", SOON)}, "/triage/requests/{accepted}"
    ),
    "triage.prepare_amendment": Press(
        "triage_officer", {"amount": "80000", "human_rights": "As before.", "reasons": "The State asks for less."}
    ),
    "triage.prepare_decision": Press("triage_officer", {"reasons": "Outside the mandate."}),
    "triage.record_implementation": Press(
        "triage_officer",
        # When it is pressed: the world's notes may be of another day than the beginning of the run.
        lambda _world: {**day("delivered_on", today()), "result": "Sixty were trained.", "document": paper},
    ),
    "triage.recuse": Press("triage_officer", REASON),
    "triage.refuse_message": Press("triage_officer", REASON),
    "triage.rename_view": Press("triage_officer", {"name": "Ours"}, "/triage/queue/views"),
    "triage.return_note": Press("triage_officer", REASON),
    "triage.send_paper": Press("triage_officer", {"body": "The programme of it", "file": paper}),
    "triage.saved_views": Press("triage_officer", {"name": "Late", "query": "overdue=1"}),
    **dict.fromkeys(("triage.sign_amendment", "triage.sign_decision"), Press("programme_manager")),
    "triage.start_implementation": Press("programme_manager"),
    "triage.take_up": Press("triage_officer"),
    "triage.write_message": Press("triage_officer", {"body": "Yes, of course it may."}, "/triage/requests/{in_review}"),
}  # fmt: skip
PRESSES: dict[str, Press] = ACCOUNTS | ASSISTANCE | SESSIONS | TRAVEL | ROUNDS | MONEY | SETTINGS | TRIAGE | SETTLED
