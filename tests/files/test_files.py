"""The store: what is taken, what is refused, what is left after a failure, and how it is served."""

import io
import os
import time

import pytest

from tests.files import samples
from tracker.database.transactions import transaction
from tracker.errors import Invalid, NotFound, TooLarge
from tracker.extensions import db
from tracker.files import checks, queries, sending, services
from tracker.files.kinds import DOCUMENTS, KINDS
from tracker.files.models import File
from tracker.rights.actor import Actor


class Subject:
    """Any row that a file can belong to."""

    __event_subject__ = "request"

    def __init__(self, id_=7):
        self.id = id_


def put(name, content, **options):
    with transaction():
        return services.put(io.BytesIO(content), name=name, actor=Actor.system, subject=Subject(), **options).id


def contents():
    return [path for path in services.folder().rglob("*") if path.is_file()]


class TestPut:
    @pytest.mark.parametrize(("name", "content", "kind"), samples.TAKEN)
    def test_takes_what_name_and_content_agree_on(self, app, name, content, kind):
        file = db.session.get(File, put(name, content))
        assert (file.name, file.kind, file.size) == (name, kind, len(content))
        with queries.open_file(file) as stream:
            assert stream.read() == content

    @pytest.mark.parametrize(("name", "content"), samples.REFUSED, ids=lambda value: str(value)[:20])
    def test_refuses_the_rest_with_a_sentence_and_keeps_nothing(self, app, name, content):
        with pytest.raises(Invalid) as refusal:
            put(name, content, kinds=(*DOCUMENTS, "heic", "xml"))
        assert str(refusal.value.message).endswith(".")
        assert contents() == []
        assert db.session.query(File).count() == 0

    def test_refuses_what_is_too_large_without_reading_it_all(self, app):
        with pytest.raises(TooLarge):
            put("big.txt", b"a" * 2000, limit=1000)
        assert contents() == []

    def test_a_rolled_back_act_leaves_only_what_the_sweep_removes(self, app):
        with pytest.raises(ZeroDivisionError), transaction():
            services.put(io.BytesIO(samples.PDF), name="a.pdf", actor=Actor.system)
            raise ZeroDivisionError
        kept = put("kept.pdf", samples.PDF)
        assert len(contents()) == 2
        assert services.sweep() == 0, "a file that is one hour young may belong to an open transaction"
        for path in contents():
            os.utime(path, (time.time() - 7200,) * 2)
        assert services.sweep() == 1
        lost = services.folder() / services.LOST
        assert [path.name for path in contents() if path.parent != lost] == [db.session.get(File, kept).stored_as]
        assert len(list(lost.iterdir())) == 1, "it can be put back for a month"
        for path in lost.iterdir():
            os.utime(path, (time.time() - 32 * 24 * 3600,) * 2)
        assert services.sweep() == 1
        assert list(lost.iterdir()) == []

    def test_the_content_of_what_was_erased_does_not_come_back(self, app):
        file_id = put("a.pdf", samples.PDF)
        (path,) = contents()
        with transaction():
            services.erase(db.session.get(File, file_id))
        assert contents() == []
        path.write_bytes(samples.PDF)  # from a backup of the files
        os.utime(path, (time.time() - 7200,) * 2)
        assert services.sweep() == 1
        assert contents() == []
        with pytest.raises(NotFound):
            queries.open_file(db.session.get(File, file_id))

    def test_is_refused_outside_an_act(self, app):
        with pytest.raises(RuntimeError):
            services.put(io.BytesIO(samples.PDF), name="a.pdf", actor=Actor.system)


class TestRemove:
    def test_takes_the_content_only_when_committed(self, app):
        file_id = put("a.pdf", samples.PDF, handed_in=False)
        with pytest.raises(ZeroDivisionError), transaction():
            services.remove(db.session.get(File, file_id))
            raise ZeroDivisionError
        assert len(contents()) == 1
        with transaction():
            services.remove(db.session.get(File, file_id))
        assert contents() == []

    def test_takes_nothing_that_was_handed_in(self, app):
        file_id = put("a.pdf", samples.PDF, handed_in=False)
        with transaction():
            services.hand_in([file_id])
        with pytest.raises(RuntimeError, match="handed in"), transaction():
            services.remove(db.session.get(File, file_id))
        assert len(contents()) == 1


class TestRead:
    def test_finds_a_file_only_with_its_own_subject(self, app):
        file = db.session.get(File, put("a.pdf", samples.PDF))
        assert queries.get(file.public_id, subject=Subject()) is file
        assert queries.files_of(Subject()) == [file]
        for public_id, subject in ((file.public_id, Subject(8)), ("nonsense", Subject())):
            with pytest.raises(NotFound):
                queries.get(public_id, subject=subject)

    def test_is_sent_as_an_inert_attachment(self, app):
        file = db.session.get(File, put("Note «verbale».pdf", samples.PDF))
        with app.test_request_context():
            response = sending.send(file)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\note.pdf", "note.pdf"),
        ("no\u202efdp.exe", "nofdp.exe"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("  lots   of space .pdf", "lots of space .pdf"),
        ("", "document"),
        ("...", "document"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
        ('quo"te.pdf', "quo te.pdf"),
    ],
)
def test_names_are_made_harmless(given, shown):
    assert checks.clean_name(given) == shown


def test_every_kind_has_a_check():
    assert set(checks._CHECKS) == set(KINDS)
