"""Photographs of telephones: kept as they came, and given as JPEG where a worker could make one."""

import io
import os
import subprocess
import sys
import time

import pytest

from tests.files.samples import heic
from tests.files.test_files import Subject, contents
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.files import pictures, sending, services
from tracker.files.kinds import PHOTOGRAPHS
from tracker.files.models import File
from tracker.files.store import picture_of
from tracker.rights.actor import Actor

DRAWN = b"\xff\xd8\xff drawn"


@pytest.fixture
def photograph(app):
    return put(heic())


def put(content, **options):
    with transaction():
        kept = services.put(
            io.BytesIO(content), name="IMG 1.HEIC", kinds=PHOTOGRAPHS, actor=Actor.system, subject=Subject(), **options
        )
        file_id = kept.id
    return db.session.get(File, file_id)


def given(app, file, query=""):
    with app.test_request_context(f"/{query}"):
        answer = sending.send(file)
        answer.direct_passthrough = False
        return answer.headers["Content-Disposition"], answer.mimetype, answer.get_data()


def test_is_given_as_it_came_until_a_picture_is_there(app, photograph):
    came = ('attachment; filename="IMG 1.HEIC"', "image/heic", heic())
    assert given(app, photograph) == came
    picture_of(photograph.stored_as).write_bytes(DRAWN)
    assert given(app, photograph) == ('attachment; filename="IMG 1.jpg"', "image/jpeg", DRAWN)
    assert given(app, photograph, "?as_it_came=1") == came
    picture_of(photograph.stored_as).write_bytes(b"")
    assert given(app, photograph) == came, "none could be made"


def test_a_picture_goes_with_its_photograph(app):
    for let_go in (services.erase, services.remove):
        file = put(heic(), handed_in=let_go is services.erase)
        picture_of(file.stored_as).write_bytes(DRAWN)
        with transaction():
            let_go(file)
        assert contents() == []


def test_the_sweep_leaves_a_picture_where_its_photograph_is(app, photograph):
    left = picture_of(photograph.stored_as)
    other = "00" if photograph.stored_as[:2] != "00" else "01"
    alone = picture_of(other + photograph.stored_as[2:])
    for path in (left, alone):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(DRAWN)
    for path in contents():
        os.utime(path, (time.time() - 7200,) * 2)
    services.sweep()
    assert (left.exists(), alone.exists()) == (True, False)


def test_what_cannot_be_drawn_is_not_tried_again(app, photograph, monkeypatch):
    monkeypatch.setattr(pictures, "can_draw", lambda: True)
    assert pictures.draw(photograph.id) == 0
    assert picture_of(photograph.stored_as).read_bytes() == b""


def test_what_kills_its_worker_is_not_tried_again(app, photograph, monkeypatch):
    monkeypatch.setattr(pictures, "can_draw", lambda: True)

    def killed(*_command, **_how):
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(pictures.subprocess, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            pictures.draw()
    assert picture_of(photograph.stored_as).read_bytes() == b""
    assert pictures.draw() == 0


def test_a_sweep_stops_after_a_few_and_the_reader_finds_no_secret(app, monkeypatch, tmp_path):
    monkeypatch.setattr(pictures, "can_draw", lambda: True)
    monkeypatch.setenv("A_SECRET", "canary")
    reader = tmp_path / "reader"
    reader.write_text('#!/bin/sh\nenv > "$4"\n')
    reader.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(reader))
    files = [put(heic() + bytes([number])) for number in range(pictures.AT_ONCE + 1)]
    names = [file.stored_as for file in files]
    assert (pictures.draw(), pictures.draw()) == (pictures.AT_ONCE, 1)
    for name in names:
        assert "PATH=" in picture_of(name).read_text()
        assert "canary" not in picture_of(name).read_text()


def test_the_reader_limits_itself_before_it_reads(tmp_path):
    show = (
        "import resource; from tracker.files import drawing\n"
        "try: drawing.main('/absent', '/absent')\n"
        "except (ImportError, OSError): print(*(resource.getrlimit(one)[0] for one in drawing.LIMITS))"
    )
    said = subprocess.run([sys.executable, "-c", show], check=True, capture_output=True, text=True).stdout
    assert said.split() == [str(2 * 1024**3), "60"]


def test_nothing_is_made_where_the_reader_is_not_installed(app, photograph, monkeypatch):
    monkeypatch.setattr(pictures, "READER", "no_such_library")
    assert pictures.draw() == 0
    assert not picture_of(photograph.stored_as).exists()


def test_is_drawn_without_what_the_telephone_wrote_into_it(app, tmp_path):
    if not pictures.can_draw():
        return  # the library is optional: where it is not, there is nothing to see
    make = """
import sys, pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
image = Image.new("RGB", (400, 200), "navy")
exif = image.getexif()
exif[0x010F] = "A TELEPHONE"
exif.get_ifd(0x8825)[1] = "N"
exif.get_ifd(0x8825)[2] = (48.0, 14.0, 5.0)
image.save(sys.argv[1], "HEIF", exif=exif)
"""
    subprocess.run([sys.executable, "-c", make, str(tmp_path / "a.heic")], check=True)
    content = (tmp_path / "a.heic").read_bytes()
    assert b"A TELEPHONE" in content
    file = put(content)
    assert pictures.draw() == 1
    drawn = picture_of(file.stored_as).read_bytes()
    assert drawn.startswith(b"\xff\xd8\xff")
    assert b"A TELEPHONE" not in drawn
    assert b"Exif" not in drawn
    assert (200).to_bytes(2, "big") + (400).to_bytes(2, "big") in drawn


def test_no_process_of_the_web_loads_the_reader(app):
    assert pictures.READER not in sys.modules
