"""Tables that no program marked as UTF-8: read when somebody says what they are, never guessed."""

import pytest

from tracker.errors import Invalid
from tracker.imports.hints import ENCODINGS, Hints
from tracker.imports.reading import open_source
from tracker.imports.tables import table_rows

TEXTS = {"windows-1252": "Sénégal", "windows-1251": "Кения", "windows-1256": "كينيا", "gb18030": "肯尼亚"}


def rows(tmp_path, text, written, said):
    path = tmp_path / "x.csv"
    path.write_bytes(f"id;state;title\r\n1;{text};x\r\n".encode(written))
    return list(table_rows(open_source(path, Hints(encoding=said))))


def test_every_choice_is_tried():
    assert set(TEXTS) == set(ENCODINGS)


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items())
def test_is_read_as_what_was_said(tmp_path, encoding, text):
    assert rows(tmp_path, text, encoding, encoding)[0][1]["state"] == text


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items())
def test_is_refused_when_nothing_was_said(tmp_path, encoding, text):
    with pytest.raises(Invalid, match="not encoded in UTF-8"):
        rows(tmp_path, text, encoding, "")


@pytest.mark.parametrize("written", ["utf-8", "utf-16"])
def test_what_is_unicode_is_read_as_that_whatever_was_said(tmp_path, written):
    assert rows(tmp_path, "Sénégal", written, "windows-1252")[0][1]["state"] == "Sénégal"


def test_is_refused_when_it_cannot_be_what_was_said(tmp_path):
    with pytest.raises(Invalid, match="neither in UTF-8 nor in gb18030"):
        rows(tmp_path, "x\u00ff", "windows-1252", "gb18030")
