"""Handing one message to the mail server, or into the spool folder where none is set.

A transport is asked first whether it is `ready` (connected and greeted); only then is the delivery fenced
and the message handed over, so that a server that is away never makes a delivery uncertain. Whatever goes wrong after
the greeting is this delivery's trouble and nobody else's.
"""

import contextlib
import os
import re
import selectors
import smtplib
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.notifications.lifecycle import DEFAULT_TIMEOUT, Kind, Result, Timing
from tracker.notifications.mime import Mail
from tracker.settings.configuration import Settings

OUTBOX = "outbox"
NO_SMTPUTF8 = "the mail server takes no letters outside ASCII before the @ (SMTPUTF8)"
NO_ADDRESS = "the address is none to which mail can go"


class Unreachable(Exception):
    """The mail server cannot be used now; the message says why."""


WhenSlow = Callable[[], bool]


def wait_on() -> bool:
    """Whoever has nobody to let past waits as long as the server may take."""
    return True


class Transport(Protocol):
    """A way for mail to leave."""

    timing: Timing

    def ready(self) -> None:
        """Be connected. Raise Unreachable."""

    def send(self, mail: Mail, when_slow: WhenSlow = wait_on) -> Result:
        """Hand one message over; never raises for what the server says or does. `when_slow` is asked when an answer
        about the recipient is late, and says whether it is to be waited for."""


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

    def send(self, mail: Mail, when_slow: WhenSlow = wait_on) -> Result:
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


class _LetOthersPast(Exception):
    """The answer is not waited for, since nothing was handed over yet."""


class _Listening(smtplib.SMTP):
    """A connection that notices when an answer about a recipient is late, before the time for it is over."""

    prompt = DEFAULT_TIMEOUT
    about_a_recipient = handed_over = False
    when_slow: WhenSlow | None = None

    def begin(self, when_slow: WhenSlow) -> None:
        """A message comes: of its answers the first late one is told, once."""
        self.about_a_recipient = self.handed_over = False
        self.when_slow = when_slow

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer, as smtplib gives it."""
        if self.about_a_recipient and self.when_slow and not self._answers_promptly():
            when_slow, self.when_slow = self.when_slow, None
            if not when_slow() and not self.handed_over:
                raise _LetOthersPast
        return super().getreply()

    def _answers_promptly(self) -> bool:
        if self.sock is None:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self.sock, selectors.EVENT_READ)
            return bool(selector.select(self.prompt))


class _ListeningByTls(_Listening, smtplib.SMTP_SSL):
    """The same inside TLS."""


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
        self._server: _Listening | None = None

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

    def _connect(self) -> "_Listening":
        timeout = self.timing.timeout
        server: _Listening
        if self.tls:
            server = _ListeningByTls(self.host, self.port, timeout=timeout, context=ssl.create_default_context())
        else:
            server = _Listening(self.host, self.port, timeout=timeout)
        server.prompt = self.timing.prompt
        self._server = server
        server.ehlo_or_helo_if_needed()
        if self.starttls:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self.user:
            server.login(self.user, self.password)
        return server

    def send(self, mail: Mail, when_slow: WhenSlow = wait_on) -> Result:
        """MAIL, RCPT, DATA, text. From the text on a lost connection means: perhaps sent."""
        server = self._server
        if server is None:
            return Result(Kind.UNREACHABLE, "not connected")
        try:
            return self._converse(server, mail, when_slow)
        except _LetOthersPast:
            self.close()
            return Result(Kind.ASIDE, "no answer in time", hung=True)
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            hung = server.about_a_recipient and _timed_out(reason)
            return Result(Kind.CUT if server.handed_over else Kind.BROKEN_OFF, _reply_text(reason), hung=hung)
        finally:
            server.when_slow = None

    def _converse(self, server: "_Listening", mail: Mail, when_slow: WhenSlow) -> Result:
        server.begin(when_slow)
        if mail.needs_smtputf8 and not server.has_extn("smtputf8"):
            return Result(Kind.UNMAILABLE, NO_SMTPUTF8)
        code, said = server.mail(self.sender, ("SMTPUTF8", "BODY=8BITMIME") if mail.needs_smtputf8 else ())
        if code != 250:
            return self._refused(code, said, Kind.REFUSED)
        server.about_a_recipient = True
        code, said = server.rcpt(mail.to)
        if code not in (250, 251):
            return self._refused(code, said, Kind.BOUNCED)
        code, said = server.docmd("DATA")
        if code != 354:
            return self._refused(code, said, Kind.REFUSED)
        text = re.sub(rb"(?m)^\.", b"..", mail.content)
        server.handed_over = True
        server.send((text if text.endswith(b"\r\n") else text + b"\r\n") + b".\r\n")
        code, said = server.getreply()
        return Result(Kind.SENT) if code == 250 else self._refused(code, said, Kind.REFUSED)

    def _refused(self, code: int, said: bytes, permanent: Kind) -> Result:
        if code == 421:  # the server closes the connection
            self.close()
        reason = f"{code} {said.decode('utf-8', 'replace')}"
        return Result(permanent if 500 <= code < 600 else Kind.DEFERRED, reason)

    def close(self) -> None:
        """Close the connection."""
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.close()
            self._server = None


def _timed_out(reason: BaseException) -> bool:
    """Whether no answer came; smtplib says of that, too, that the connection was closed."""
    return isinstance(reason, TimeoutError) or isinstance(reason.__context__, TimeoutError)


def _reply_text(reason: BaseException) -> str:
    if _timed_out(reason):
        return "no answer in time"
    if isinstance(reason, smtplib.SMTPResponseException):
        said = reason.smtp_error
        return f"{reason.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return f"{type(reason).__name__}: {reason}"


_kept: dict[tuple[int, int], tuple[str, Smtp]] = {}


def outbox(settings: Settings) -> Path:
    """The folder of the spool."""
    return settings.data_dir / OUTBOX


def close_connections() -> None:
    """Close every connection to a mail server that this process keeps open."""
    while _kept:
        _kept.popitem()[1][1].close()


def transport(settings: Settings) -> Transport:
    """The transport that the settings name; each process and thread keeps one connection."""
    if settings.smtp_url is None:
        return Spool(outbox(settings))
    place = (os.getpid(), threading.get_ident())
    url, kept = _kept.get(place, ("", None))
    if kept is None or url != settings.smtp_url:
        # Also connections inherited over a fork, which belong to the parent.
        for mine in [other for other in _kept if other == place or other[0] != place[0]]:
            _kept.pop(mine)[1].close()
        kept = Smtp(settings.smtp_url, settings.mail_from)
        _kept[place] = (settings.smtp_url, kept)
    return kept
