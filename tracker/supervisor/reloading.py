"""`make dev`: which files changed since they were last looked at, for the processes to load them anew."""

from pathlib import Path

from tracker.settings.configuration import ROOT

FOLDERS = ("tracker", "workers", "templates", "migrations")
KINDS = {".py", ".html", ".txt", ".css", ".js", ".svg", ".po", ".csv"}
"""What is written by hand; compiled files lie beside it."""


class Sources:
    """The program's files, each with the time of its last change."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.known = self._times()

    def changed(self) -> set[Path]:
        """What was changed, added or removed since the last call, by its path below the program's folder."""
        before, self.known = self.known, self._times()
        return {path for path, _time in before.items() ^ self.known.items()}

    def _times(self) -> dict[Path, int]:
        found = {}
        for path in self._files():
            try:
                found[path.relative_to(self.root)] = path.stat().st_mtime_ns
            except FileNotFoundError:  # an editor put another file in its place just now
                continue
        return found

    def _files(self) -> list[Path]:
        below = [path for folder in FOLDERS for path in (self.root / folder).rglob("*") if path.suffix in KINDS]
        return [*below, self.root / "wsgi.py"]
