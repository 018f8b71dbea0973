"""A mail server for tests that keeps what it is given and misbehaves on demand."""

import select
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from tracker.calendar.now import now

# What `behaviour` may answer for the next message; all but SLOW also as `at_mail` (not NEVER) and `at_rcpt`, where
# CLOSING says 421 and goes, and HALF begins an answer and does not end it. In place of a greeting (`at_connect`) it is
# OK, CLOSING, HANG or CUT.
OK, SLOW, LATER, NEVER, HANG, CUT = "ok", "slow", "later", "never", "hang", "cut"
CLOSING, HALF = "closing", "half"
GOING = (HANG, HALF, CUT, CLOSING)


@dataclass(frozen=True)
class Received:
    """One message that the server took: the sink answers for it from the moment it said 250."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    at: datetime = field(default_factory=now)

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(("plain",))
        return part.get_content().replace("\r\n", "\n") if part else ""


class SmtpSink(socketserver.ThreadingTCPServer):
    """Listens on a free loopback port; `behaviour(recipients)` decides what happens to each message."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.received: list[Received] = []
        self.refused: list[str] = []  # to whom it said that there is no such person
        self.connections = 0
        self.takes_smtputf8 = True
        self.is_down = False
        self.hang_seconds = 30.0
        self.slow_seconds = 0.5
        self.behaviour: Callable[[tuple[str, ...]], str] = lambda _recipients: OK
        self.at_connect: Callable[[], str] = lambda: OK
        self.at_mail: Callable[[], str] = lambda: OK
        self.at_rcpt: Callable[[str], str] = lambda _recipient: OK
        self.hanging, self.released = 0, threading.Event()
        self.counting = threading.Lock()
        self._thread = self._listening()

    def _listening(self) -> threading.Thread:
        return threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address in the form of SMTP_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def start(self) -> "SmtpSink":
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close the port."""
        if not self.is_down:
            self.shutdown()
            self.server_close()

    def down(self) -> None:
        """Close the port for a time, and break off what is said to whoever is connected."""
        self.stop()
        self.is_down = True

    def up(self) -> None:
        """Listen on the same port again."""
        self.socket = socket.socket(self.address_family, self.socket_type)
        self.server_bind()
        self.server_activate()
        self.is_down, self._thread = False, self._listening()
        self._thread.start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client is killed in the middle of a sentence; tell everything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def to(self, address: str) -> list[Received]:
        """What one address was sent, in the order of arrival."""
        return [mail for mail in self.received if address in mail.recipients]

    def clear_behaviour(self) -> None:
        """Behave well from now on."""
        self.behaviour = lambda _recipients: OK
        self.at_rcpt = lambda _recipient: OK
        self.at_connect = self.at_mail = lambda: OK

    def clear(self) -> None:
        """Forget all mail and behave well again."""
        self.received.clear()
        self.clear_behaviour()


class _Session(socketserver.StreamRequestHandler):
    server: SmtpSink

    def handle(self) -> None:
        self.server.connections += 1
        self.sender, self.recipients = "", []
        wanted = self.server.at_connect()
        if wanted != OK:
            self.go_away(wanted)
            return
        self.say("220 sink ready")
        for line in self.rfile:
            if self.server.is_down:
                return
            words = line.decode("utf-8", "replace").strip()
            answer = getattr(self, f"on_{words[:4].lower().strip()}", None)
            if answer is None:
                self.say("250 fine")
            elif answer(words) is False:
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def on_ehlo(self, _words: str) -> None:
        more = "250-SMTPUTF8\r\n" if self.server.takes_smtputf8 else ""
        self.say(f"250-sink\r\n{more}250 8BITMIME")

    def on_mail(self, words: str) -> bool | None:
        self.utf8 = "SMTPUTF8" in words
        self.sender, self.recipients = _address(words), []
        wanted = self.server.at_mail()
        if wanted in GOING:
            return self.go_away(wanted)
        self.say({OK: "250 fine", LATER: "450 try later"}[wanted])
        return None

    def go_away(self, wanted: str) -> bool:
        """Say nothing more, or half of it, or that this is the end."""
        if wanted == HALF:
            self.wfile.write(b"25")
        if wanted in (HANG, HALF):
            return self.hang()
        if wanted == CLOSING:
            self.say("421 closing")
        return False

    def on_rcpt(self, words: str) -> bool | None:
        wanted = self.server.at_rcpt(_address(words))
        if wanted in GOING:
            return self.go_away(wanted)
        if not (self.utf8 or words.isascii()):
            self.say("553 5.6.7 no letters outside ASCII without SMTPUTF8")
            return None
        if wanted == NEVER:
            self.server.refused.append(_address(words))
        self.recipients.append(_address(words))
        self.say({OK: "250 fine", LATER: "450 try later", NEVER: "550 no such person"}[wanted])
        return None

    def hang(self) -> bool:
        """Say nothing until the client has gone or the test releases it, or for a time; how many do so is counted."""
        until = time.monotonic() + self.server.hang_seconds
        with self.server.counting:
            self.server.hanging += 1
        while time.monotonic() < until and not self.server.released.is_set():
            if select.select([self.connection], [], [], 0.05)[0]:
                break
        with self.server.counting:
            self.server.hanging -= 1
        return False

    def on_data(self, _words: str) -> bool | None:
        self.say("354 go on")
        lines = []
        for line in self.rfile:
            if line in (b".\r\n", b".\n"):
                return self.decide(b"".join(lines))
            lines.append(line[1:] if line.startswith(b".") else line)
        return False

    def decide(self, body: bytes) -> bool | None:
        recipients = tuple(self.recipients)
        wanted = self.server.behaviour(recipients)
        if wanted in (HANG, CLOSING):
            return self.go_away(wanted)
        if wanted in (OK, SLOW, CUT):
            message = message_from_bytes(body, policy=policy.default)
            self.server.received.append(Received(self.sender, recipients, message))
        if wanted == NEVER:
            self.server.refused.extend(recipients)
        if wanted == CUT:
            return False
        if wanted == SLOW:
            time.sleep(self.server.slow_seconds)
        self.say({OK: "250 taken", SLOW: "250 taken", LATER: "451 try later", NEVER: "550 no such person"}[wanted])
        return None

    def on_quit(self, _words: str) -> bool:
        self.say("221 bye")
        return False


def _address(words: str) -> str:
    """The address between angle brackets."""
    return words.partition("<")[2].partition(">")[0]
