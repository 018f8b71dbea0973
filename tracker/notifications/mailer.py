"""Handing one message to the mail server, or into the spool folder where none is set.

A transport is asked first whether it is `ready` (connected and greeted); only then is the delivery fenced
and the message handed over, so that a server that is away never makes a delivery uncertain.
"""

import contextlib
import os
import re
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.calendar.now import now
from tracker.notifications.lifecycle import DEFAULT_TIMEOUT, Kind, Result, Timing
from tracker.settings.configuration import Settings

OUTBOX = "outbox"


class Unreachable(Exception):
    """The mail server cannot be used now; the message says why."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, ready to leave: its bytes with CRLF, made before anything is fenced."""

    to: str
    message_id: str
    content: bytes


def build(*, sender: str, to: str, message_id: str, language: str, subject: str, text: str, html: str) -> Mail:
    """HTML beside its plain twin. A line break in a header cannot smuggle another one in."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name="Assistance Tracker", addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language  # last: what is set before goes to the first part
    # Folding a plain subject would begin it with an empty line; encoded words must be folded.
    policy = SMTP.clone(max_line_length=998) if subject.isascii() else SMTP
    return Mail(to, message_id, mail.as_bytes(policy=policy))


class Transport(Protocol):
    """A way for mail to leave."""

    timing: Timing

    def ready(self) -> None:
        """Be connected. Raise Unreachable."""

    def send(self, mail: Mail) -> Result:
        """Hand one message over; never raises for what the server says or does."""


class Spool:
    """Mail as files: what a demonstration shows as a mailbox. A Message-ID is a file, so none is there twice."""

    timing = Timing()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self) -> None:
        """Have a folder that can be written. Raise Unreachable."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as reason:
            raise Unreachable(f"outbox folder: {reason.strerror}") from reason

    def send(self, mail: Mail) -> Result:
        """Write the file whole or not at all."""
        path = self.folder / f"{mail.message_id.strip('<>').partition('@')[0]}.eml"
        draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            with draft.open("wb") as stream:
                stream.write(mail.content)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        except OSError as reason:
            return Result(Kind.UNREACHABLE, f"outbox folder: {reason.strerror}")
        return Result(Kind.SENT)


class Smtp:
    """One kept connection to the mail server of SMTP_URL: smtp:// (`?starttls=1`) or smtps://, `?timeout=` seconds."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        options = parse_qs(parts.query)
        self.sender = sender
        self.host = parts.hostname or "localhost"
        self.tls = parts.scheme == "smtps"
        self.starttls = options.get("starttls", ["0"])[0] == "1"
        self.port = parts.port or (465 if self.tls else 587 if self.starttls else 25)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.timing = Timing(float(options.get("timeout", [DEFAULT_TIMEOUT])[0]))
        self._server: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Reuse the connection if it still answers, else make a new one. Raise Unreachable."""
        if self._server is not None:
            try:
                if self._server.rset()[0] == 250:
                    return
            except (smtplib.SMTPException, OSError):
                pass
            self.close()
        try:
            self._server = self._connect()
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            raise Unreachable(_reply_text(reason)) from reason

    def _connect(self) -> smtplib.SMTP:
        timeout = self.timing.timeout
        server: smtplib.SMTP
        if self.tls:
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=timeout, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=timeout)
        self._server = server
        server.ehlo_or_helo_if_needed()
        if self.starttls:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self.user:
            server.login(self.user, self.password)
        return server

    def send(self, mail: Mail) -> Result:
        """MAIL, RCPT, DATA, text. From the text on a lost connection means: perhaps sent."""
        server = self._server
        if server is None:
            return Result(Kind.UNREACHABLE, "not connected")
        handed_over = False
        try:
            code, said = server.mail(self.sender)
            if code != 250:
                return self._refused(code, said, Kind.REFUSED)
            code, said = server.rcpt(mail.to)
            if code not in (250, 251):
                return self._refused(code, said, Kind.BOUNCED)
            code, said = server.docmd("DATA")
            if code != 354:
                return self._refused(code, said, Kind.REFUSED)
            text = re.sub(rb"(?m)^\.", b"..", mail.content)
            handed_over = True
            server.send((text if text.endswith(b"\r\n") else text + b"\r\n") + b".\r\n")
            code, said = server.getreply()
        except UnicodeError:
            return Result(Kind.BOUNCED, "the address holds characters that mail addresses cannot carry")
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            return Result(Kind.CUT if handed_over else Kind.UNREACHABLE, _reply_text(reason))
        return Result(Kind.SENT) if code == 250 else self._refused(code, said, Kind.REFUSED)

    def _refused(self, code: int, said: bytes, permanent: Kind) -> Result:
        reason = f"{code} {said.decode('utf-8', 'replace')}"
        if code == 421:  # the server closes the connection
            self.close()
            return Result(Kind.UNREACHABLE, reason)
        return Result(permanent if 500 <= code < 600 else Kind.DEFERRED, reason)

    def close(self) -> None:
        """Close the connection."""
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.close()
            self._server = None


def _reply_text(reason: BaseException) -> str:
    if isinstance(reason, TimeoutError | socket.timeout):
        return "no answer in time"
    if isinstance(reason, smtplib.SMTPResponseException):
        said = reason.smtp_error
        return f"{reason.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return f"{type(reason).__name__}: {reason}"


_kept: dict[tuple[int, str], Smtp] = {}


def outbox(settings: Settings) -> Path:
    """The folder of the spool."""
    return settings.data_dir / OUTBOX


def close_connections() -> None:
    """Close every connection to a mail server that this process keeps open."""
    while _kept:
        _kept.popitem()[1].close()


def transport(settings: Settings) -> Transport:
    """The transport that the settings name; each process and thread keeps one connection."""
    if settings.smtp_url is None:
        return Spool(outbox(settings))
    place = (os.getpid(), f"{threading.get_ident()} {settings.smtp_url}")
    if place not in _kept:
        close_connections()  # also of connections inherited over a fork, which belong to the parent
        _kept[place] = Smtp(settings.smtp_url, settings.mail_from)
    return _kept[place]
