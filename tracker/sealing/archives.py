"""A ZIP that opens with a password alone, by AES-256 as WinZip, 7-Zip and macOS read it (AE-2).

The format: "AES Encryption Information" of WinZip, version 1.04, and PKWARE's APPNOTE. Its key derivation is weak for
passwords that people think of (PBKDF2 with SHA-1, 1,000 rounds), so that passwords are made here."""

import secrets
import struct
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""
_GROUPS, _GROUP = 5, 5
_SALT, _MARK, _CODE, _BLOCK = 16, 2, 10, 16
_METHOD_AES, _STORED, _NEEDED = 99, 0, 51
_FLAGS = 0x0801  # encrypted, names in UTF-8
_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, _STORED)


def new_password() -> str:
    """A password that nobody guesses (123 bits) and that can be read out: five groups of five signs."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def pack(files: Mapping[str, bytes], password: str, at: datetime) -> bytes:
    """These files, by their names, as one ZIP of the moment `at`."""
    local, central = b"", b""
    for name, content in files.items():
        sealed = _encrypt(content, password)
        head = _head(name, sealed, content, at)
        # made on Unix by version 5.1; no comment, first disk, no internal attributes; readable by its owner alone
        entry = struct.pack("<IH", 0x02014B50, 3 << 8 | _NEEDED) + head
        entry += struct.pack("<HHHII", 0, 0, 0, 0o600 << 16, len(local))
        central += entry + name.encode() + _EXTRA
        local += struct.pack("<I", 0x04034B50) + head + name.encode() + _EXTRA + sealed
    number = len(files)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, number, number, len(central), len(local), 0)
    return local + central + end


def _head(name: str, sealed: bytes, content: bytes, at: datetime) -> bytes:
    """What the header of a file and its entry in the list say alike. AE-2 has no checksum of the content: the code of
    authentication takes its place."""
    time, day = at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day
    sizes = (len(sealed), len(content), len(name.encode()), len(_EXTRA))
    return struct.pack("<HHHHHIIIHH", _NEEDED, _FLAGS, _METHOD_AES, time, day, 0, *sizes)


def _encrypt(content: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(_SALT)
    derive = PBKDF2HMAC(hashes.SHA1(), 66, salt, 1_000)  # noqa: S303 - the format says so
    keys = derive.derive(password.encode())
    text = _counted(keys[:32], content)
    code = hmac.HMAC(keys[32:64], hashes.SHA1())  # noqa: S303 - the format says so
    code.update(text)
    return salt + keys[64:] + text + code.finalize()[:_CODE]


def _counted(key: bytes, content: bytes) -> bytes:
    """AES in counter mode, with a counter that begins at 1 and whose lowest byte comes first, which no library has."""
    blocks = -(-len(content) // _BLOCK)
    counters = b"".join(number.to_bytes(_BLOCK, "little") for number in range(1, blocks + 1))
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - what is encrypted is the counter
    stream = encryptor.update(counters)[: len(content)]
    both = int.from_bytes(content) ^ int.from_bytes(stream)
    return both.to_bytes(len(content))
