"""Every button that somebody may press: pressed twice it is done once and leads to the same place, and a form that
does not say which version it was opened with saves nothing over what stands there now."""

import uuid
from typing import Any

import pytest

from tests.rights import forms, presses, stage, subjects
from tests.rights.presses import PRESSES, Press
from tracker.web.whole_forms import MARK, WITHOUT_KEY

ONCE_BY_ITSELF = "the password is no part of what is kept, not even as a hash: so there is no key"
NOT_PRESSED = {
    "accounts.accept": f"a link that works once; {ONCE_BY_ITSELF}",
    "accounts.forgotten": "every try counts for the throttle, and every letter has a link of its own",
    "accounts.password": ONCE_BY_ITSELF,
    "accounts.reset": f"a link that works once; {ONCE_BY_ITSELF}",
    "accounts.sign_in": f"every try counts for the throttle; {ONCE_BY_ITSELF}",
    "assistance.autosave": "saves the same over the same; tests/assistance has a late and a lost answer",
    "assistance.autosave_answers": "saves the same over the same; tests/assistance has a late and a lost answer",
    "demonstration.sign_in": "begins a session, as signing in does",
    "triage.record_contact": "is offered until a State was reached, and refused after: test_reaching_a_state.py",
}
"""Why pressing twice is not asked of these."""
ADDS = "adds a row beside those that are there"
POSTS = "adds a posting to the ledger, which refuses what is not there"
WITHOUT_VERSION = {
    **dict.fromkeys(
        (
            *("accounts.ask", "accounts.invite", "accounts.new_office", "accounts.new_organisation"),
            *("accounts.new_state", "assistance.documents", "assistance.new", "assistance.people", "imports.carry_out"),
            *("imports.index", "participation.copy", "participation.nominate", "pledges.new", "settings.add_area"),
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
            *("finance.pay", "finance.plan", "finance.recover", "pledges.apply_surplus", "pledges.raise_amount"),
            *("pledges.record_receipt", "pledges.reduce_amount", "pledges.refund", "pledges.return_surplus"),
            "pledges.reverse",
        ),
        POSTS,
    ),
    "accounts.choose_membership": "says in whose name this browser acts",
    "accounts.end_other_sessions": "ends whatever other session lives",
    "accounts.end_session": "a session ends once",
    "accounts.sign_out": "a session ends once",
    "assistance.confirm_implementation": "is said once of what was given; a second time is refused",
    "assistance.remove_document": "a document does not change; one that is gone is not found",
    "assistance.replace_document": "a document is set aside once; a second time is refused",
    "assistance.strike_document": "a document is set aside once; a second time is refused",
    "jobs.cancel": "asks work that runs to stop; of work that ended it is refused",
    "notifications.read_all": "names the newest notification that the page showed",
    "notifications.send_again": "only what failed or is uncertain is sent again",
    "triage.needs_no_answer": "is said once of a message; a second time is refused",
    "triage.bulk_assign": "gives each request as it stands, and says which were left",
    "triage.hand_over": "gives whatever is open, and says what was left",
}
"""Forms that carry no version, and why none is needed."""


@pytest.fixture(scope="module")
def scene(database, base_settings, tmp_path_factory):
    """The world of the matrix in a database of its own, put back before every press."""
    made = stage.build(database, base_settings, tmp_path_factory.mktemp("pressed"))
    yield made
    made.close()


def test_every_button_is_pressed_or_says_why_not(matrix_app):
    posted = {rule.endpoint for rule in matrix_app.url_map.iter_rules() if "POST" in rule.methods}
    assert posted == PRESSES.keys() | NOT_PRESSED.keys()
    assert not PRESSES.keys() & NOT_PRESSED.keys()


def form_for(scene: stage.Stage, endpoint: str, press: Press) -> tuple[str, dict[str, Any]]:
    """Where the form is sent, and what it holds when the page has been opened and the press's answers were typed."""
    found = subjects.addresses(scene.app, scene.made, endpoint)
    labels = [label for method, label in found if method == "POST" and label != "absent"]
    address = found["POST", press.subject or labels[0]]
    page = press.on.format(**scene.made.ids) or address
    opened = scene.ask(press.by, "GET", page)
    assert opened.status == 200, f"{press.by} GET {page}: {opened.error or opened.status}"
    there = forms.forms_of(press.by, page, opened.body)
    mine = [form for form in there if form.action.partition("?")[0] == address]
    mine = mine or [form for form in there if forms.endpoint_of(scene.app, form).split(" ")[0] == endpoint]
    assert mine, f"no form for {address} on {page}, only for {[form.action for form in there]}"
    controls = mine[0].controls
    body = {c.name: c.value for c in controls if c.kind in ("hidden", "text", "email", "number")}
    typed = press.typed(scene.made) if callable(press.typed) else press.typed
    for name, value in typed.items():
        begins = name.removesuffix("*")
        body |= {c.name: value for c in controls if c.name.startswith(begins)} if begins != name else {name: value}
    return mine[0].action, body


def sent(scene: stage.Stage, press: Press, address: str, body: dict[str, Any]) -> Any:
    """One press; a file is read anew."""
    data = {name: value() if callable(value) else value for name, value in body.items()}
    return scene.ask(press.by, "POST", address, data)


@pytest.mark.parametrize("endpoint", sorted(PRESSES))
def test_pressed_twice_it_is_done_once(scene, endpoint):
    press = PRESSES[endpoint]
    scene.put_back()
    with scene.app.app_context():
        scene.prepare(press)
        address, body = form_for(scene, endpoint, press)
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
        address, body = form_for(scene, "triage.add_note", press)
        assert sent(scene, press, address, body).status == 302
        assert sent(scene, press, address, {**body, "body": "Something else altogether."}).status == 422
