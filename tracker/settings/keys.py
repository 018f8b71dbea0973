"""The keys of one installation: made once for a demonstration, handed in by the operator in production."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

# Every key that `make run` makes says so in its own text, wherever it is copied to.
GENERATED_PREFIX = "demo-"
NAMES = ("secret", "sealing", "link", "record")
NOT_USED_YET = ("record",)
"""Keys that nothing needs until something is signed: read and judged when set, and allowed to be missing."""
MINIMUM_LENGTH = 32


class BadKey(ValueError):
    """The text of a key cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class KeyRing:
    """One purpose's keys, newest first: the first one is used for what is new, all of them for what is there."""

    versions: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key_id for key_id, _ in self.versions)})"

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `KEY` or, while rotating, `2:KEY,1:OLDER` (commas or lines, newest first). Raise BadKey."""
        entries = [entry.strip() for entry in text.replace("\n", ",").split(",") if entry.strip()]
        versions = []
        for entry in entries:
            key_id, colon, key = entry.partition(":")
            versions.append((key_id, key) if colon else ("1", entry))
        if not versions:
            raise BadKey("is empty")
        if len({key_id for key_id, _ in versions}) != len(versions):
            raise BadKey("names the same key id twice")
        for _, key in versions:
            if len(key) < MINIMUM_LENGTH or len(set(key)) < 10:
                raise BadKey(f"is too weak: use at least {MINIMUM_LENGTH} random characters")
        return cls(tuple(versions))

    @property
    def current_id(self) -> str:
        """The id stored beside whatever the key is used for now."""
        return self.versions[0][0]

    @property
    def current(self) -> bytes:
        """The key for what is new."""
        return self.versions[0][1].encode()

    def get(self, key_id: str) -> bytes:
        """The key with this id. Raise KeyError when it was taken out of the ring."""
        return dict(self.versions)[key_id].encode()

    @property
    def generated(self) -> bool:
        """Made by `make run` for a demonstration, so never to be used in production."""
        return any(key.startswith(GENERATED_PREFIX) for _, key in self.versions)


def key_file(folder: Path, name: str) -> Path:
    """Where a generated key lies."""
    return folder / f"{name}.key"


def ensure(folder: Path) -> list[str]:
    """Make the keys that are missing in `folder` (0700, files 0600); return the names of those made."""
    for closed in (folder.parent, folder):
        closed.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in NAMES:
        try:
            descriptor = os.open(key_file(folder, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        try:
            with os.fdopen(descriptor, "w") as stream:
                stream.write(GENERATED_PREFIX + secrets.token_urlsafe(32) + "\n")
        except OSError:
            # A full disk leaves an empty file, which would be taken for the key from then on.
            key_file(folder, name).unlink()
            raise
        made.append(name)
    return made
