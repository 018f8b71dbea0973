"""What lies on the disk of an upload that is not sent yet can be read only with the key that its browser made: the
database has a hash of it, and no form is sent without it."""

import hashlib
import os
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 16


class Locked:
    """The content of an upload, from its first byte on; a file for whoever reads it."""

    def __init__(self, path: Path, key: uuid.UUID, size: int) -> None:
        self._path, self._size, self._at = path, size, 0
        self._secret = hashlib.blake2b(key.bytes, key=path.name.encode()[:64], person=b"files in pieces").digest()[:32]

    def write(self, piece: bytes, at: int) -> None:
        """Write a piece to the disk; the same one again changes nothing. Raises OSError."""
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as disk:
            disk.seek(at)
            disk.write(self._turned(piece, at))
            disk.flush()
            os.fsync(disk.fileno())

    def length(self) -> int:
        """How many bytes lie there; 0 where there is no file."""
        return self._path.stat().st_size if self._path.exists() else 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        end = self._size if size < 0 else min(self._size, self._at + size)
        with self._path.open("rb") as disk:
            disk.seek(self._at)
            content = self._turned(disk.read(end - self._at), self._at)
        self._at += len(content)
        return content

    def seek(self, at: int) -> None:
        """Read from there."""
        self._at = at

    def seekable(self) -> bool:
        """It is."""
        return True

    def _turned(self, content: bytes, at: int) -> bytes:
        """The content locked or unlocked, which is the same: each place in the file has its own bytes to add."""
        counter = modes.CTR((at // _BLOCK).to_bytes(_BLOCK, "big"))
        turn = Cipher(algorithms.AES(self._secret), counter).encryptor()
        turn.update(bytes(at % _BLOCK))
        return turn.update(content)
