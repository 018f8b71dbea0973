"""Every button that somebody may press: pressed twice it is done once and leads to the same place, and a form that
does not say which version it was opened with saves nothing over what stands there now."""

import uuid

import pytest

from tests.rights import presses
from tests.rights.presses import PRESSES
from tests.rights.pressing import form_for, sent
from tracker.web.whole_forms import MARK, WITHOUT_KEY

ONCE_BY_ITSELF = "the password is no part of what is kept, not even as a hash: so there is no key"
NOT_PRESSED = {
    "accounts.accept": f"a link that works once; {ONCE_BY_ITSELF}",
    "accounts.forgotten": "every try counts for the throttle, and every letter has a link of its own",
    "accounts.password": ONCE_BY_ITSELF,
    "accounts.reset": f"a link that works once; {ONCE_BY_ITSELF}",
    "accounts.sign_in": f"every try counts for the throttle; {ONCE_BY_ITSELF}",
    "accounts.sign_in_code": "every try counts, and a code works once",
    "assistance.autosave": "saves the same over the same; tests/assistance has a late and a lost answer",
    "assistance.autosave_answers": "saves the same over the same; tests/assistance has a late and a lost answer",
    **dict.fromkeys(
        ("files.take_piece", "participation.take_delegate_piece"),
        "a script sends the same piece to the same place: tests/files/test_pieces.py",
    ),
    "participation.disclose": "the answer shows a new password: tests/participation/disclosing",
    "participation.take_disclosure": "the answer is a file that is given once: tests/participation/disclosing",
    "participation.open_evidence": "the answer shows it, once: tests/participation/papers/test_erasing.py",
    "participation.open_papers": "the answer shows what was opened, once: tests/participation/papers/test_pages.py",
    **dict.fromkeys(
        (
            *("participation.ask_page_code", "participation.open_page", "participation.close_page"),
            "participation.show_door",
            "participation.delegate_messages",
            *("participation.hand_in_passport", "participation.hand_in_visa"),
            *("participation.say_access_needs", "participation.choose_payment"),
            *("participation.name_helper", "participation.end_own_helper"),
            "participation.own_conditions",
        ),
        "behind a personal link, which no persona has: tests/participation/delegate_page",
    ),
    **dict.fromkeys(
        (
            *("participation.own_claim_days", "participation.own_claim_boarding", "participation.own_claim_receipt"),
            *("participation.remove_own_claim_paper", "participation.send_own_claim"),
            *("participation.take_back_own_claim", "participation.correct_own_claim"),
        ),
        "behind a personal link, which no persona has: tests/participation/claims",
    ),
    "participation.open_claim_paper": "each press opens it and leaves a trace: tests/participation/claims/test_way.py",
    "typed.keep": "keeps the same instead of the same; tests/typed has a late save",
    "demonstration.sign_in": "begins a session, as signing in does",
    "triage.record_contact": "is offered until a State was reached, and refused after: test_reaching_a_state.py",
}
"""Why pressing twice is not asked of these."""
ADDS = "adds a row beside those that are there"
POSTS = "adds a posting to the ledger, which refuses what is not there"
EACH_ROW = "each row says the version of its own journey, and is refused alone"
WITHOUT_VERSION = {
    **dict.fromkeys(
        (
            *(
                "accounts.absence",
                "accounts.ask",
                "accounts.invite",
                "accounts.new_office",
                "accounts.new_organisation",
            ),
            *(
                "accounts.new_state",
                "acts.top_up",
                "assistance.documents",
                "assistance.new",
                "assistance.people",
                "imports.carry_out",
            ),
            *(
                "imports.index",
                "lists.export",
                "participation.copy",
                "participation.write_conditions",
                "pledges.file_on_paper",
                "pledges.new",
                "settings.add_area",
            ),
            *("settings.add_holiday", "settings.add_rate", "settings.import_rates", "settings.new_session"),
            *("settings.set_clock", "settings.set_support_cost", "triage.add_note", "triage.export"),
            *("triage.file_paper", "triage.kept_questions", "triage.plan_activity", "triage.saved_views"),
            *("assistance.ask_more_time", "assistance.copy", "assistance.hand_in_paper", "assistance.not_as_described"),
            *("assistance.want_amendment", "assistance.write_message", "triage.send_paper", "triage.write_message"),
        ),
        ADDS,
    ),
    **dict.fromkeys(
        (
            *("finance.pay", "finance.plan", "finance.recover"),
            "pledges.record_receipt",
        ),
        POSTS,
    ),
    **dict.fromkeys(
        ("finance.confirm_postings",),
        "an entry is confirmed once; a second time is refused",
    ),
    **dict.fromkeys(
        (
            *(
                "pledges.apply_surplus",
                "pledges.change_earmark",
                "pledges.extend",
                "pledges.raise_amount",
                "pledges.reduce_amount",
                "pledges.refund",
            ),
            *("pledges.return_surplus", "pledges.reverse"),
        ),
        "of a pledge or a step one proposal waits at a time; a second is refused",
    ),
    "statements.count_annual_report": "of a report one count is under way at a time; a second is refused",
    "statements.issue": "says which number it is; another one is refused",
    "accounts.choose_membership": "says in whose name this browser acts",
    "accounts.end_other_sessions": "ends whatever other session lives",
    "accounts.end_session": "a session ends once",
    "accounts.sign_out": "a session ends once",
    "participation.renew_link": "a new link takes the place of whatever there was",
    **dict.fromkeys(
        ("participation.remind_delegate", "participation.remind_traveller", "participation.remind_all"),
        "a person is reminded once a day; a second time is refused",
    ),
    "participation.journey_messages": ADDS,
    "participation.message_needs_no_answer": "answers what the page showed; what came since still waits",
    "participation.enter_conditions": "a person accepts once; a second time is refused",
    **dict.fromkeys(
        ("participation.read_out_code", "participation.read_out_to_helper"),
        "a new code takes the place of whatever there was",
    ),
    "assistance.confirm_implementation": "is said once of what was given; a second time is refused",
    "assistance.remove_document": "a document does not change; one that is gone is not found",
    "assistance.replace_document": "a document is set aside once; a second time is refused",
    "assistance.strike_document": "a document is set aside once; a second time is refused",
    "deadlines.make_address": "a new address takes the place of whatever there was",
    "deadlines.revoke_address": "whatever address there is ends; without one it is refused",
    "imports.undo": "an import is undone once; a second time is refused",
    "jobs.cancel": "asks work that runs to stop; of work that ended it is refused",
    "rounds.open_round": "a session has one round under way; a second is refused",
    "rounds.propose": "of a round one proposal is computed at a time; a second is refused",
    "rounds.promote": "of a person one promotion waits at a time; a second is refused",
    "participation.make_authorisation": "makes a paper and changes nothing",
    "participation.make_invitation": "makes a paper and changes nothing",
    "participation.make_invitations": "makes papers and changes nothing",
    "participation.record_quotations": EACH_ROW,
    "participation.record_tickets": EACH_ROW,
    "participation.record_as_planned": EACH_ROW,
    "participation.explain_agency_line": "is said once of a line; a second time is refused",
    "participation.give_up_refund": "is said once of what is expected; a second time is refused",
    "participation.make_pay_list": "makes a paper and changes nothing",
    "participation.record_handed_over": "somebody is ticked off once; a second time is refused",
    "participation.book_cash": "what was signed for is recorded once; a second time is refused",
    "participation.file_authorisation": "the newest signed authorisation takes the place of the one before",
    "participation.send_offers": "a seat has one open offer; a second is refused",
    "participation.take_back_offers": "names the seats that the page showed; of them it takes what is silent still",
    "participation.end_session_seats": "ends whatever seats are left, and says so where there is none",
    "participation.write_off": "of a claim one write-off waits at a time; a second is refused",
    "participation.enter_settlements": "enters what is not entered; a second time is refused",
    "participation.settle_seats": "a seat is settled once; a second time is refused",
    "participation.close_session": "a session is closed once; a second time is refused",
    "participation.end_without_seat": "ends whatever has no seat, and says so where nothing is",
    "participation.set_up_support": "a session is set up once; a second time is refused",
    "desks.approve_ticked": "each row says the version of its own allocation, and is refused alone",
    "desks.pay_ticked": POSTS,
    "reconciling.add_source": ADDS,
    "reconciling.compare_again": "matches whatever has no step yet, and says how many",
    "reconciling.explain_posting": "is said once of a step; a second time is refused",
    "notifications.read_all": "names the newest notification that the page showed",
    "triage.confirm_removal": "names the removal that was read, which is answered once",
    "triage.drop_removal": "names the removal that was read, which is answered once",
    "triage.propose_removal": "of a paper one removal waits at a time",
    "notifications.send_again": "only what failed or is uncertain is sent again",
    "typed.throw_away": "what was kept is thrown away once",
    "triage.needs_no_answer": "is said once of a message; a second time is refused",
    "triage.bulk_assign": "gives each request as it stands, and says which were left",
    "triage.hand_over": "gives whatever is open, and says what was left",
}
"""Forms that carry no version, and why none is needed."""


def test_every_button_is_pressed_or_says_why_not(matrix_app):
    posted = {rule.endpoint for rule in matrix_app.url_map.iter_rules() if "POST" in rule.methods}
    assert posted == PRESSES.keys() | NOT_PRESSED.keys()
    assert not PRESSES.keys() & NOT_PRESSED.keys()


@pytest.mark.parametrize("endpoint", sorted(PRESSES))
def test_pressed_twice_it_is_done_once(scene, endpoint):
    press = PRESSES[endpoint]
    scene.put_back()
    with scene.app.app_context():
        scene.prepare(press)
        address, body, _texts = form_for(scene, endpoint, press)
        if endpoint in WITHOUT_KEY:
            body["key"] = None
        else:
            assert body["key"]
        before = scene.everything()
        parts_change_nothing(scene, endpoint, press, address, body)
        assert body.get("version") or endpoint in WITHOUT_VERSION
        if body.get("version"):
            unseen_versions_save_nothing(scene, press, address, body)
        assert scene.everything() == before
        first = sent(scene, press, address, body)
        assert first.status < 400, first.error or f"{first.status}: {first.body[:3000]}"
        once = scene.everything()
        assert once != before
        second = sent(scene, press, address, body)
        assert (second.status, second.location) == (first.status, first.location), second.error
        assert scene.everything() == once


def parts_change_nothing(scene, endpoint, press, address, body):
    """A form without its mark or its key, or with nothing in it at all, is refused with a sentence."""
    nothing = dict.fromkeys(body)
    for missing in ({MARK: None}, {"key": None}, {"key": "x"}, {**nothing, MARK: None, "key": None}):
        if endpoint in WITHOUT_KEY and "key" in missing and MARK not in missing:
            continue
        answer = sent(scene, press, address, {**body, **missing})
        assert answer.status == 422, answer.error or f"{missing}: {answer.status}"
        assert "Only a part of this form arrived" in answer.body


def unseen_versions_save_nothing(scene, press, address, body):
    """A version that is missing, cannot be read or was never there is refused like an old one; the text is kept."""
    words = [value for value in body.values() if isinstance(value, str) and value.count(" ") > 1]
    for version in (None, "", "x", "-1", "٣", "99999999999"):
        tried = {**body, "key": str(uuid.uuid4()), "version": version}
        answer = sent(scene, press, address, tried)
        assert answer.status == 409, answer.error or f"{version!r}: {answer.status}"
        assert all(word in answer.body for word in words)


def test_another_text_under_the_same_key_is_refused(scene):
    press = presses.PRESSES["triage.add_note"]
    scene.put_back()
    with scene.app.app_context():
        address, body, _texts = form_for(scene, "triage.add_note", press)
        assert sent(scene, press, address, body).status == 302
        assert sent(scene, press, address, {**body, "body": "Something else altogether."}).status == 422
