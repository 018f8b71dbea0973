"""Reading the outbox folder: the mailbox that a demonstration shows instead of sending."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import nh3
from markupsafe import Markup

from tracker.errors import NotFound
from tracker.languages.addresses import normal_email
from tracker.languages.choosing import LANGUAGES

NEWEST = 200
NOTHING = Markup("")
_NAME = re.compile(r"[0-9a-f]{40}\Z")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of the outbox. `body` is the HTML part reduced to harmless elements, `text` its plain twin."""

    name: str
    at: datetime
    to: str
    subject: str
    language: str
    text: str = ""
    body: Markup = NOTHING


def letters(folder: Path, to: str = "") -> list[Letter]:
    """The newest letters, newest first, only those to one address when it is given; headers only."""
    found = (_letter(path, whole=False) for path in _newest(folder))
    return [letter for letter in found if not to or letter.to == to]


def is_cut(folder: Path) -> bool:
    """Whether there are older letters than those that `letters` looks through."""
    return folder.is_dir() and sum(1 for _path in folder.glob("*.eml")) > NEWEST


def letter(folder: Path, name: str) -> Letter:
    """One letter with its two bodies. Raise NotFound."""
    path = folder / f"{name}.eml"
    if not _NAME.match(name) or not path.is_file():
        raise NotFound
    return _letter(path, whole=True)


def _newest(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return iter(())
    dated = sorted(((path.stat().st_mtime, path) for path in folder.glob("*.eml")), reverse=True)
    return (path for _when, path in dated[:NEWEST])


def _letter(path: Path, *, whole: bool) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    language = str(mail["Content-Language"] or "en")
    return Letter(
        name=path.stem,
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=normal_email(str(mail["To"])),
        subject=str(mail["Subject"]),
        language=language if language in LANGUAGES else "en",
        text=_part(mail, "plain") if whole else "",
        body=_harmless(_part(mail, "html")) if whole else NOTHING,
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _harmless(html: str) -> Markup:
    inner = re.sub(r"(?s).*?<main[^>]*>|</main>.*", "", html)
    tags = {"p", "strong", "h1", "a", "br", "bdi", "ul", "li", "span", "footer"}
    inner = inner.replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    attributes = {"a": {"href", "class"}, "p": {"class"}, "span": {"class"}, "bdi": {"dir"}}
    return Markup(nh3.clean(inner, tags=tags | {"h3"}, attributes=attributes))  # noqa: S704 - cleaned just now
