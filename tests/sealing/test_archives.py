"""The ZIP is of the format that others read, and opens with its password alone."""

import io
import secrets
import zipfile
from datetime import datetime

import pytest

from tracker.sealing import archives

SALT = bytes(range(16))
# Of this salt and password; what is packed so was opened and checked with pyzipper 0.4.0.
KNOWN = "866c8d18a9ebbe57810909a06f3da505bf3cef53203b880b8d794910c7e25c79a42c5bc2aec82a"
AT = datetime(2026, 11, 30, 7, 5, 8)  # noqa: DTZ001 - a ZIP knows no zone


def test_what_is_encrypted_is_what_others_decrypt(monkeypatch):
    monkeypatch.setattr(secrets, "token_bytes", lambda number: SALT[:number])
    packed = archives.pack({"papers.csv": b"Sealed papers of a delegate"}, "aaaaa-bbbbb", AT)
    assert SALT + bytes.fromhex(KNOWN) in packed


def test_the_list_of_files_reads_as_a_zip_and_the_contents_do_not():
    packed = archives.pack({"papers.csv": b"XK7710042" * 100, "é.txt": b""}, archives.new_password(), AT)
    assert b"XK77" not in packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = {one.filename: (one.file_size, one.date_time, one.flag_bits & 1) for one in archive.infolist()}
        assert found == {
            "papers.csv": (900, (2026, 11, 30, 7, 5, 8), 1),
            "é.txt": (0, (2026, 11, 30, 7, 5, 8), 1),
        }
        with pytest.raises((RuntimeError, NotImplementedError)):
            archive.read("papers.csv")


def test_passwords_are_made_anew_and_can_be_read_out():
    made = {archives.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 29 and not set(one) & set("01ilo") for one in made)
