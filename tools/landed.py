"""`make landed`: keep the checksum of the newest revision, which from then on is never changed.

Databases have lived through a revision that stands on main: a change belongs into a new one."""

import hashlib
import sys
from pathlib import Path

from tracker.setup.revision import VERSIONS

KEPT = "landed.txt"


def files(folder: Path = VERSIONS) -> list[Path]:
    """Every revision's file, the oldest first."""
    return sorted(folder.glob("[0-9]*_*.py"))


def checksums(folder: Path = VERSIONS) -> dict[str, str]:
    """What landed: the SHA-256 by file name, in the order of landing, as `sha256sum --check` reads it."""
    kept = folder / KEPT
    lines = kept.read_text().split("\n") if kept.exists() else []
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines if line)}


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pending(folder: Path = VERSIONS) -> Path | None:
    """The newest revision when it has not landed yet."""
    newest = files(folder)[-1:]
    return newest[0] if newest and newest[0].name not in checksums(folder) else None


def faults(folder: Path = VERSIONS) -> list[str]:
    """Revisions that landed and were changed or removed since, and those before the newest that never landed."""
    kept, there = checksums(folder), {path.name: path for path in files(folder)}
    gone = [f"{name} landed and is gone: put it back" for name in kept if name not in there]
    changed = [
        f"{name} landed and was changed: put it back, and write what is new with `make migration`"
        for name, known in kept.items()
        if name in there and checksum(there[name]) != known
    ]
    newest = max(there, default="")
    loose = [f"{name} is followed by another and never landed" for name in there if name not in kept and name != newest]
    return gone + changed + loose


def land(folder: Path = VERSIONS) -> str:
    """Keep the checksum of the newest revision; give its file name, or "" when it had landed already."""
    path = pending(folder)
    if path is None:
        return ""
    with (folder / KEPT).open("a") as kept:
        kept.write(f"{checksum(path)}  {path.name}\n")
    return path.name


def main() -> int:
    """Land the newest revision unless something is wrong with those before it; give the exit code."""
    if wrong := faults():
        print("\n".join(wrong), file=sys.stderr)
        return 1
    name = land()
    print(f"{name} has landed and stays as it is" if name else "Every revision has landed already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
