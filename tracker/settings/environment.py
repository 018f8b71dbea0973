"""Reading variables: every problem is collected, with a sentence that says what to do, instead of the first only."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tracker.languages.addresses import mailed, reaches_everybody

ESCAPED = " (in a password write @ as %40, / as %2F, ? as %3F, # as %23, % as %25)"
# How an address of each kind is written; shown to whoever wrote it otherwise.
EXAMPLES = {
    "DATABASE_URL": f"postgresql://role:password@host/database or sqlite:////folder/file.sqlite3{ESCAPED}",
    "MIGRATION_DATABASE_URL": f"postgresql://role:password@host/database or sqlite:////folder/file.sqlite3{ESCAPED}",
    "REDIS_URL": f"redis://127.0.0.1:6379/0, rediss://:password@host:6380/0 or unix:///path{ESCAPED}",
    "SMTP_URL": f"smtp://user:password@host:587?starttls=1 or smtps://host, with ?timeout=10 if need be{ESCAPED}",
    "BASE_URL": "https://tracker.example.org",
}


class Reader:
    """Reads one environment; what cannot be used is a sentence in `problems`, and the default is given instead."""

    def __init__(self, environ: Mapping[str, str]):
        self.environ = environ
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        """The value without blanks around it; an empty one counts as not set."""
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        """A whole number within its limits."""
        text = self.text(name, str(default))
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        self.problems.append(f'{name} is "{text}": set it to a whole number from {lowest} to {highest}.')
        return default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in choices:
            self.problems.append(f'{name} is "{value}": set it to {" or ".join(choices)}.')
        return value

    def folder(self, name: str, default: Path) -> Path:
        """A folder that is there or can be made, and that this account can write."""
        path = Path(os.path.abspath(Path(self.text(name, str(default))).expanduser()))
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
            why = "is not a folder" if not there.is_dir() else "cannot be written by this account"
            self.problems.append(f"{name} leads to {path}, but {there} {why}: make it so, or name another folder.")
        return path

    def url(self, name: str, default: str | None, schemes: tuple[str, ...]) -> str | None:
        """An address of one of these schemes; its text is never repeated, because it may hold a password."""
        value = self.text(name, default or "")
        if value and not _fits(name, value, schemes):
            self.problems.append(f"{name} cannot be used: write it like {EXAMPLES[name]}.")
            return default
        return value or None

    def address(self, name: str, default: str) -> str:
        """A bare e-mail address, as mail servers take it: every mail carries it, so no letter outside ASCII may stand
        before the @."""
        value = self.text(name, default)
        if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value) or not reaches_everybody(value):
            self.problems.append(f'{name} is "{value}": set it to an e-mail address (before the @ letters of ASCII).')
            return default
        return mailed(value)


def _fits(name: str, value: str, schemes: tuple[str, ...]) -> bool:
    """Whether the address has its scheme and the parts that an address of this name needs."""
    try:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.port or 1) > 0:
            return False
    except ValueError:
        return False
    if parts.scheme == "sqlite":
        return re.fullmatch(r"sqlite:///(?!:memory:)[^?]*[^/?]", value) is not None
    if parts.netloc.count("@") > (name != "BASE_URL"):
        return False
    if name == "BASE_URL":
        return re.fullmatch(r"[\w.:-]+", parts.hostname or "") is not None and parts.path + parts.query in ("", "/")
    if name == "SMTP_URL":
        return bool(parts.hostname) and _options_fit(parts.query)
    if name == "REDIS_URL" and parts.scheme != "unix":
        return bool(parts.hostname) and re.fullmatch(r"/?\d*", parts.path) is not None
    # A database's name, or a socket's whole path.
    return bool(parts.path.strip("/")) and not (parts.scheme == "unix" and parts.hostname)


def _options_fit(query: str) -> bool:
    """Whether these are options of a mail server: one that is not understood could mean a password without TLS."""
    options = dict(parse_qsl(query, keep_blank_values=True))
    seconds, starttls = options.pop("timeout", "1"), options.pop("starttls", "1")
    return (
        not options and starttls in ("0", "1") and re.fullmatch(r"\d{0,3}[1-9](\.\d+)?|\d{1,3}0", seconds) is not None
    )
