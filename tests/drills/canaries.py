"""Words that stand nowhere but in what was sealed, and where they are looked for: byte by byte in all that an
installation keeps or sends, and on every page that somebody can open."""

import base64
import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
import sqlalchemy as sa
from flask import Flask

from tests.drills.frame import DrillSite
from tests.drills.pdf_text import words_of_pdf
from tests.factories.accounts import Someone
from tests.services.people import sign_in
from tests.services.smtp import SmtpSink
from tracker.extensions import db

LEAST = 7
"""Signs of the shortest canary: what is shorter is found by chance."""
_NOT_READ = ("/sign-out", "/static/", "/assets/")


def spellings(canary: str) -> Iterator[bytes]:
    """In how many ways a word may stand somewhere: by case, as UTF-16, in hexadecimal, in base64 at each place."""
    for text in {canary, canary.upper(), canary.lower()}:
        plain = text.encode()
        yield from (plain, text.encode("utf-16-le"), plain.hex().encode())
        for before in range(3):
            whole = base64.b64encode(b"." * before + plain)
            yield whole[-(-8 * before // 6) : len(whole) // 4 * 4 - 4]


@dataclass
class Search:
    """Looks for canaries, counts where it looked, and keeps what it found by place."""

    canaries: Iterable[str]
    places: dict[str, int] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        needles = {needle for canary in self.canaries for needle in spellings(canary) if len(needle) >= LEAST}
        self._any = re.compile(b"|".join(map(re.escape, sorted(needles))))

    def look(self, kind: str, name: str, content: bytes) -> None:
        """At one thing; `kind` is counted ("files"), `name` is said where something is found."""
        self.places[kind] = self.places.get(kind, 0) + 1
        if (hit := self._any.search(content)) is not None:
            self.found.append(f"{kind} {name}: {hit[0][:12]!r}")

    def sees(self, canary: str) -> bool:
        """Whether it would find a canary: a search that finds nothing anywhere proves nothing."""
        return all(self._any.search(b"x" + needle + b"y") for needle in spellings(canary) if len(needle) >= LEAST)


def in_files(search: Search, kind: str, folder: Path) -> None:
    """Every file of a folder, whatever it is for."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            search.look(kind, path.name, whole(path.read_bytes()))


def in_database(search: Search, site: DrillSite) -> None:
    """The file of SQLite with what is written ahead; of PostgreSQL each table as the server gives it out, and the files
    of the server where it is the drill's own."""
    url = sa.make_url(site.app.extensions["tracker_settings"].database_url)
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(url.database or "")) as here,
            closing(sqlite3.connect(site.folder / "copy")) as copy,
        ):
            here.backup(copy)
        search.look("database files", "a copy", (site.folder / "copy").read_bytes())
        for end in ("", "-wal", "-shm"):
            path = Path(f"{url.database}{end}")
            if path.exists():
                search.look("database files", path.name, path.read_bytes())
        return
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        for table in db.metadata.tables:
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT binary)'.encode()) as copy:
                search.look("tables", table, b"".join(copy))
    if site.server and site.server.folder:
        in_files(search, "database files", site.server.folder / "data")


def in_broker(search: Search, site: DrillSite) -> None:
    """All keys that the broker has, and its files."""
    client = redis.Redis.from_url(site.broker.url)
    for key in client.scan_iter():
        search.look("keys of the broker", str(key), client.dump(key) or b"")
    client.close()
    in_files(search, "files of the broker", site.broker.folder)


def in_mail(search: Search, sink: SmtpSink) -> None:
    """Each mail, as it came and decoded."""
    for mail in sink.received:
        decoded = f"{mail.subject}\n{mail.text}".encode()
        search.look("mails", mail.subject, mail.message.as_bytes() + b"\n" + decoded)


def on_pages(
    search: Search, app: Flask, people: Mapping[str, Someone | None], *, most: int, first: Iterable[str]
) -> None:
    """Every page that each of these people reaches from `first` and from every address without parts by links, `most`
    of them each; lists as their exports, too. What is refused or leads elsewhere is searched and counted apart."""
    fixed = [r.rule for r in app.url_map.iter_rules() if not r.arguments and "GET" in (r.methods or ())]
    for persona, someone in people.items():
        client = app.test_client()
        if someone is not None:
            sign_in(client, someone)
        waiting, seen = [*first, *fixed], set[str]()
        while waiting and len(seen) < most:
            address = waiting.pop(0)
            if address in seen or address.startswith(_NOT_READ):
                continue
            seen.add(address)
            answer = client.get(address)
            content = whole(answer.data) + str(answer.headers).encode()
            search.look("pages" if answer.status_code == 200 else "refusals", f"{persona} {address}", content)
            if "html" in (answer.content_type or ""):
                waiting += links_in(content.decode("utf-8", "replace"))
            answer.close()


def on_own_page(search: Search, ask: Callable[[str], tuple[int, bytes]], address: str) -> None:
    """The page behind a personal link, open in the browser of `ask`, and each page to which it leads."""
    waiting, seen = [address], set[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen or not path.startswith(address):
            continue
        seen.add(path)
        status, content = ask(path)
        search.look("own pages" if status == 200 else "refusals", path.removeprefix(address), whole(content))
        waiting += [link.partition("?")[0] for link in links_in(content.decode("utf-8", "replace"))]


def links_in(page: str) -> list[str]:
    """Where a page leads on this site; exports stand on it as links, too."""
    found = (unescape(link) for link in re.findall(r'href="(/[^"#]*)', page))
    return [link for link in found if not link.startswith("//") and not urlsplit(link).path.startswith(_NOT_READ)]


def whole(content: bytes) -> bytes:
    """What was answered; of a workbook or an archive also what is in it, of a PDF what its pages show."""
    if content.startswith(b"%PDF"):
        return b"\n".join([content, words_of_pdf(content)])
    if not content.startswith(b"PK"):
        return content
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: list[Any] = [archive.read(one) for one in archive.infolist() if not one.flag_bits & 1]
    return b"\n".join([content, *parts])
