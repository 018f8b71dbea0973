"""What a mail says, and what it never says."""

import re
from dataclasses import replace
from email.policy import SMTP

import pytest
import sqlalchemy as sa

from tests.factories import assistance as requests
from tests.factories.assistance import COMPLETE
from tests.notifications.conftest import happen, mails, send_all
from tracker.accounts.models import Organisation, Person
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.languages.choosing import LANGUAGES
from tracker.notifications import mailer, mime, spool
from tracker.notifications.catalogue import CATALOGUE
from tracker.web.application import settings

CANARY = "canaryqx"
TYPED = {
    "title": f"{CANARY} title",
    "problem": f"{CANARY} problem",
    "objectives": f"{CANARY} objectives",
    "expected_results": f"{CANARY} results",
    "human_rights": f"{CANARY} rights",
    "beneficiaries": [f"{CANARY} authority"],
    "budget": {"currency": "USD", "lines": [[f"{CANARY} line", 6_000_000]]},
}
REQUEST_EVENTS = [name for name, notice in CATALOGUE.items() if name.startswith("assistance.") and not notice.endpoint]
"""What is told of one request; of many at once only that they are on a page."""


def everything_sent(smtp) -> list[str]:
    return [
        " ".join(str(part.get_content()) for part in mail.message.walk() if not part.is_multipart())
        + str(mail.message.items())
        for mail in smtp.received
    ]


@pytest.mark.parametrize("marking", ["unclassified", "confidential", "strictly_confidential"])
def test_no_typed_word_leaves(app, smtp, marking):
    case = requests.submitted(marking=marking, **{**COMPLETE, **TYPED})
    assert case.people.officer
    assert case.people.manager
    for name in REQUEST_EVENTS:
        happen(case, name)
    while send_all():
        pass
    sent = everything_sent(smtp)
    assert len(sent) > len(REQUEST_EVENTS)
    assert not [text for text in sent if CANARY in text.lower()]
    with_reference = [text for text in sent if case.now.reference in text]
    assert len(with_reference) == (0 if marking == "strictly_confidential" else len(sent))


def test_a_strictly_confidential_request_gives_neither_reference_nor_status_nor_its_address(app, smtp):
    case = requests.submitted(marking="strictly_confidential")
    send_all()
    for mail in smtp.received:
        assert mail.subject == "A message waits for you"
        assert "Status" not in mail.text
        assert str(case.public_id) not in mail.text


def test_a_mail_has_one_link_to_base_url_and_says_that_it_is_a_demonstration(request_of_kenya, smtp):
    happen(request_of_kenya, "assistance.returned_to_draft")
    send_all()
    (mail,) = smtp.received
    links = re.findall(r"https?://[^\s<]+", mail.text)
    assert links
    assert all(link.startswith(settings().base_url) for link in links)
    assert "Demonstration: not a service of the United Nations" in mail.text
    assert mail.subject == f"{request_of_kenya.now.reference}: returned to you as a draft"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message.get_body(("html",)) is not None


def sent_in(language: str, case, smtp):
    """A mail to somebody whose language it is."""
    with transaction():
        update_where(Person, Person.id == case.people.drafter.person_id, language=language)
    happen(case, "assistance.returned_to_draft")
    send_all()
    return smtp.received[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_says_in_which_language_its_words_are(request_of_kenya, smtp, language):
    mail = sent_in(language, request_of_kenya, smtp)
    spoken = "fr" if "renvoyée" in mail.subject else "en"
    assert spoken == ("fr" if language == "fr" else "en"), "once it has words of its own they are told here"
    assert mail.message["Content-Language"] == spoken
    assert f'<html lang="{spoken}" dir="ltr">' in mail.message.get_body(("html",)).get_content()
    assert [row.language for row in mails()] == [spoken]


def test_answers_go_to_the_office_and_the_last_line_says_so(request_of_kenya, smtp):
    mail = sent_in("en", request_of_kenya, smtp)
    with transaction():
        office = db.session.scalars(sa.select(Organisation).where(Organisation.kind == "office")).one()
    assert office.official_email
    assert mail.message["Reply-To"] == office.official_email
    html = mail.message.get_body(("html",)).get_content().replace("\r\n", " ")
    sentence = (
        f"Answers to this mail are read at {office.official_email}; what concerns a request is written on its page."
    )
    assert mail.text.strip().splitlines()[-1] == sentence
    assert html.partition(sentence)[2].split() == ["</p></footer>", "</main>", "</body>", "</html>"]


def test_answers_go_where_the_operator_wants_them(app, request_of_kenya, smtp, monkeypatch):
    wanted = replace(app.extensions["tracker_settings"], reply_to="answers@example.org")
    monkeypatch.setitem(app.extensions, "tracker_settings", wanted)
    mail = sent_in("fr", request_of_kenya, smtp)
    assert mail.message["Reply-To"] == "answers@example.org"
    assert "answers@example.org" in mail.text.strip().splitlines()[-1]


def test_without_an_address_of_the_office_answers_go_to_the_sender(request_of_kenya, smtp):
    with transaction():
        update_where(Organisation, Organisation.kind == "office", official_email=None)
    mail = sent_in("en", request_of_kenya, smtp)
    assert mail.message["Reply-To"] == settings().mail_from


def test_a_line_break_in_a_header_smuggles_nothing_in():
    letter = mime.build(
        sender="tracker@example.org",
        reply_to="office@example.org",
        to="a@example.org",
        message_id="<1@example.org>",
        language="en",
        subject="A\r\nBcc: stranger@example.org",
        text="text",
        html="<p>text</p>",
    )
    assert b"\r\nBcc:" not in letter.content
    with pytest.raises(ValueError):
        mime.build(
            sender="tracker@example.org",
            reply_to="office@example.org",
            to="a@example.org\r\nBcc: stranger@example.org",
            message_id="<1@example.org>",
            language="en",
            subject="A",
            text="text",
            html="<p>text</p>",
        )
    assert SMTP.linesep == "\r\n"


def test_a_line_that_begins_with_a_dot_arrives_whole(smtp):
    letter = mime.Mail("a@example.org", "<1@example.org>", b"Subject: dots\r\n\r\n.one\r\n..two\r\nthree.\r\n")
    transport = mailer.transport(settings())
    transport.ready()
    assert transport.send(letter).kind == "sent"
    assert smtp.received[0].message.get_payload() == ".one\r\n..two\r\nthree.\r\n"


class TestWithoutAServer:
    def test_mail_lies_in_the_outbox_once_for_each_message(self, request_of_kenya):
        happen(request_of_kenya, "assistance.note_returned")
        send_all()
        folder = mailer.outbox(settings())
        names = {path.name for path in folder.iterdir()}
        assert {delivery.message_id.strip("<>").partition("@")[0] + ".eml" for delivery in mails()} <= names
        assert not [name for name in names if name.endswith(".part")]

    def test_the_outbox_reads_what_was_written(self, request_of_kenya):
        happen(request_of_kenya, "assistance.returned_to_draft")
        send_all()
        address = request_of_kenya.people.drafter.email
        newest = spool.letters(mailer.outbox(settings()), address)[0]
        whole = spool.letter(mailer.outbox(settings()), newest.name)
        assert whole.to == address
        assert whole.subject in whole.text
        assert "<h3>" in whole.body
        assert "style" not in whole.body

    def test_an_outbox_that_cannot_be_written_keeps_the_mail_waiting(self, request_of_kenya, monkeypatch, tmp_path):
        blocked = tmp_path / "file"
        blocked.write_text("")
        monkeypatch.setattr(mailer, "outbox", lambda _settings: blocked)
        happen(request_of_kenya, "assistance.returned_to_draft")
        send_all()
        assert [(row.status, bool(row.unreachable_at)) for row in mails()] == [("pending", True)]


def test_a_discarded_subject_suppresses_its_mail(request_of_kenya, smtp):
    event = happen(request_of_kenya, "assistance.returned_to_draft")
    from tracker.notifications import services
    from tracker.notifications.services import delivering

    services.dispatch()
    with transaction():
        db.session.execute(sa.text("UPDATE deliveries SET side = 'state'"))
    original = delivering.messages.subjects.of_event
    delivering.messages.subjects.of_event = lambda _event: None
    try:
        send_all()
    finally:
        delivering.messages.subjects.of_event = original
    assert [row.status for row in mails(event_id=event)] == ["suppressed"]


def test_every_page_that_a_link_opens_is_there(app, request_of_kenya):
    from tracker.notifications.lifecycle import Side
    from tracker.notifications.subjects.facts import PledgeFacts, Subject
    from tracker.notifications.subjects.fetching import requests as fetch
    from tracker.notifications.subjects.loading import PAGES

    row = request_of_kenya.now
    (facts,) = fetch([row.id]).values()
    pledge = PledgeFacts(1, row.public_id, "PL-2026-NOR-001", "signed", 1)
    views = [Subject("request", row.id, request=facts).view(side) for side in Side if side is not Side.DONOR]
    views += [Subject("pledge", 1, pledge=pledge).view(side) for side in Side]
    views += [Subject(kind, 1, page=page).view(side) for kind, page in PAGES.items() for side in Side]
    named = {view.endpoint for view in views} | {notice.endpoint for notice in CATALOGUE.values() if notice.endpoint}
    missing = named - app.view_functions.keys()
    assert not missing
    assert "sessions.show" in app.view_functions


def test_a_link_is_called_by_the_page_that_it_opens():
    delivered, paid = CATALOGUE["assistance.implementation_recorded"], CATALOGUE["pledges.disbursed"]
    assert delivered.action_on("pledges.show") == "Open the pledge"
    assert delivered.action_on("assistance.show") == "Open the request"
    assert paid.action_on("assistance.show") == "Open the request"
    assert CATALOGUE["assistance.clarification_asked"].action_on("assistance.show") == "Answer the questions"
