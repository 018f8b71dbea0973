"""Files that come in pieces: who sends them goes on where the line was cut, and nobody else does anything with them."""

import io
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from lxml.html import document_fromstring

from tests.factories import accounts, keeping
from tests.factories import assistance as make
from tests.files.samples import PDF, jpeg
from tests.files.test_files import contents
from tests.services.people import sign_in
from tracker.calendar.now import now, shifted
from tracker.extensions import db
from tracker.files.models import File, IncomingFile
from tracker.files.pieces import services
from tracker.files.store import INCOMING, folder
from workers.schedule import SCHEDULE

LONG = PDF[:-6] + b"%" * 70_001 + PDF[-6:]
NOTE = {"issuer": "The mission", "note_reference": "KEN/1", "dated-day": "2", "dated-month": "11", "dated-year": "2025"}


@pytest.fixture(autouse=True)
def without_csrf(app):
    app.config["WTF_CSRF_ENABLED"] = False


@keeping.kept
def waiting_case():
    return make.awaiting_authorisation()


class Sender:
    """Somebody in front of a page with a file, sending it in pieces as the script does."""

    def __init__(self, app, someone=None, page="/ask-for-an-account", **file):
        self.client, self.page = app.test_client(), page
        if someone is not None:
            sign_in(self.client, someone)
        self.key = uuid.uuid4().hex
        self.file = {"name": "Note.pdf", "content": LONG} | file
        self.ticket = self.input().get("data-ticket")

    def input(self, answer=None):
        found = document_fromstring((answer or self.client.get(self.page)).text).xpath("//input[@data-pieces]")
        return found[0]

    def send(self, at=0, end=None, **other):
        content, name = self.file["content"], self.file["name"]
        said = {"ticket": self.ticket, "key": self.key, "name": name, "size": len(content), "at": at} | other
        piece = said.pop("piece", content[at:end])
        data = {**{k: str(v) for k, v in said.items()}, "piece": (io.BytesIO(piece), "blob")}
        return self.client.post("/pieces", data=data, headers={"Accept": "application/json"})

    def version(self):
        return document_fromstring(self.client.get(self.page).text).xpath("string(//input[@name='version']/@value)")

    def hand_in(self, **more):
        said = {"file": self.key, "version": more.pop("version", None) or self.version(), **NOTE, **more}
        return self.client.post(self.page, data=said)


@pytest.fixture
def authority(app):
    case = waiting_case()
    return Sender(app, case.people.authority, f"{case.url}/authorise")


def received(answer):
    return answer.status_code, answer.json["received"]


def rows():
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(IncomingFile))


def test_goes_on_where_it_was_cut_and_is_handed_in_as_if_it_came_at_once(app, authority):
    assert received(authority.send(0, 30_000)) == (200, 30_000)
    assert received(authority.send(0, 30_000)) == (200, 30_000), "the same piece twice does nothing"
    assert received(authority.send(60_000)) == (409, 30_000), "one from further on is not taken"
    assert received(authority.send(0, 0)) == (409, 30_000), "a page that is opened again asks how far it was"
    assert received(authority.send(30_000, 50_001)) == (200, 50_001)
    assert received(authority.send(50_001)) == (200, len(LONG))
    assert PDF[:8] not in contents()[0].read_bytes(), "nobody reads it on the disk"
    refused = authority.hand_in(issuer="")
    assert refused.status_code == 422
    assert "“Note.pdf” has arrived" in refused.text
    assert f'<input type="hidden" name="file" value="{uuid.UUID(authority.key).hex}">' in refused.text
    press = {"key": str(uuid.uuid4()), "version": authority.version()}
    first, again = authority.hand_in(**press), authority.hand_in(**press)
    assert (first.status_code, again.status_code, first.location) == (302, 302, again.location)
    file = db.session.scalars(sa.select(File)).one()
    assert (file.name, file.kind, file.size) == ("Note.pdf", "pdf", len(LONG))
    assert (folder() / file.stored_as[:2] / file.stored_as).read_bytes() == LONG
    assert authority.send(0, 10).status_code == 409, "what was taken is not sent a second time"
    with shifted(now() + services.KEPT_ONCE_TAKEN):
        assert services.forget_old_pieces() == 1
    assert [path.name for path in contents()] == [file.stored_as]


def test_nobody_else_goes_on_with_it_or_sends_it(app, authority):
    authority.send()
    stranger = Sender(app)
    stranger.key = authority.key
    assert stranger.send(0, 0, ticket=authority.ticket).status_code == 422
    assert received(stranger.send(0, 10)) == (200, 10), "the same key is another file of theirs"
    colleague = Sender(app, accounts.person("authorising_officer", of="KEN"), authority.page)
    colleague.key = authority.key
    assert "no longer there" in colleague.hand_in().text
    assert authority.hand_in().status_code == 302


@pytest.mark.parametrize(
    ("file", "status", "said"),
    [
        ({"name": "a.exe"}, 422, "not taken"),
        ({"content": b"no pdf at all"}, 422, "not what the name says"),
        ({"content": jpeg(60_000, 60_000), "name": "a.jpg"}, 422, "too many pixels"),
        ({"content": b"%PDF-" + b"." * 11_000_000}, 413, "larger than 10 MB"),
        ({"content": b""}, 422, "empty"),
    ],
    ids=["kind", "content", "pixels", "size", "empty"],
)
def test_is_checked_as_a_file_that_comes_at_once(app, file, status, said):
    sender = Sender(app, **file)
    answer = sender.send(0, 100_000)
    assert (answer.status_code, said in answer.json["error"]) == (status, True)
    assert (contents(), rows()) == ([], 0)


def test_limits_hold_for_each_and_for_all_strangers(app, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 2)
    sender = Sender(app)
    for _file in range(2):
        sender.key = uuid.uuid4().hex
        assert sender.send(0, 10).status_code == 200
    sender.key = uuid.uuid4().hex
    assert sender.send(0, 10).status_code == 413
    monkeypatch.setattr(services, "MOST_OF_STRANGERS", 30)
    another, third = Sender(app), Sender(app)
    assert another.send(0, 10).status_code == 200, "what was said but did not come keeps nobody out"
    assert third.send(0, 10).status_code == another.send(10, 20).status_code == 413
    assert (
        Sender(app, waiting_case().people.authority, f"{waiting_case().url}/authorise").send(0, 10).status_code == 200
    )
    monkeypatch.setattr(services, "LARGEST_PIECE", 1_000)
    assert sender.send(0, 1_001).status_code == 413


def test_what_waited_an_hour_counts_in_no_limit_before_it_is_cleared(app, authority, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 1)
    monkeypatch.setattr(services, "MOST_IN_ALL", len(LONG))
    authority.send(0, 10)
    with shifted(now() + services.KEPT_FOR):
        authority.key = uuid.uuid4().hex
        assert received(authority.send(0, 10)) == (200, 10)
    assert any(entry["task"] == "files.forget_pieces" and entry["schedule"] <= 600 for entry in SCHEDULE.values())


def test_waits_an_hour_and_no_longer(app, authority):
    authority.send(0, 10)
    with shifted(now() + services.KEPT_FOR - timedelta(minutes=1)):
        assert received(authority.send(10, 20)) == (200, 20)
    with shifted(now() + 2 * services.KEPT_FOR):
        assert received(authority.send(0, 5)) == (200, 5), "it begins anew"
        assert services.forget_old_pieces() == 0
    with shifted(now() + 4 * services.KEPT_FOR):
        assert "no longer there" in authority.hand_in().text
        assert services.forget_old_pieces() == 1
    assert (contents(), rows()) == ([], 0)


def test_begins_anew_where_the_disk_lost_what_was_there(app, authority):
    authority.send(0, 30_000)
    for path in (folder() / INCOMING).iterdir():
        path.unlink()
    assert authority.send(30_000).status_code == 503
    assert received(authority.send(30_000, 30_000)) == (409, 0)


def test_another_file_under_the_same_key_is_refused(app, authority):
    authority.send(0, 10)
    assert authority.send(10, 20, size=len(LONG) + 1).status_code == 409
    assert authority.send(10, 20, size="many").status_code == 422


def test_two_processes_with_the_same_piece_count_it_once(app, authority):
    authority.send(0, 10)
    row = db.session.scalars(sa.select(IncomingFile)).one()
    row_id = row.id
    db.session.rollback()
    assert (services._advance(row_id, 10, 20), services._advance(row_id, 10, 20)) == (1, 0)
