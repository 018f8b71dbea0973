"""gunicorn's threaded worker, with one difference: a thread gets a request only when it has arrived whole. Who sends
slowly, on a poor line or on purpose, occupies a connection and no thread."""

import selectors
import socket
import tempfile
import time
from functools import partial
from typing import IO, Any

from gunicorn import http
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from tracker.settings.request_heads import Head, read_head

HEAD_WITHIN = 15.0
"""Seconds from the first sign of a request until its head must be there."""
SILENT_FOR = 30.0
"""Seconds without a byte after which nobody waits any more."""
SLOWEST = 500
"""Bytes a second that a body has to come with on average; GPRS is twice as fast."""
MOST_WAITING = 500
"""Requests on their way at once; beyond, the oldest has to go. As many connections are left for others."""
MOST_KEPT = 512 * 1024 * 1024
"""Bytes of all requests on their way, beyond which a further one is asked to come again."""
IN_MEMORY = 64 * 1024
_AT_ONCE = 256 * 1024


class Arrived(SocketUnreader):
    """Reads what has arrived, then, should anything be missing, what still comes."""

    def __init__(self, sock: socket.socket, content: IO[bytes]) -> None:
        super().__init__(sock)
        self._content: IO[bytes] | None = content

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self._content is not None:
            if data := self._content.read(max(size_hint or 0, self.mxchunk)):
                return data
            self._content.close()
            self._content = None
        return super().chunk(size_hint)


class Arriving:
    """One request on its way: what has come of it, and how much is to come once its head is known."""

    def __init__(self, conn: TConn) -> None:
        self.conn = conn
        self.content: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it
        self.begun = self.heard = time.monotonic()
        self.size = 0
        self.head: Head | None = None
        self._start = b""

    def take(self, data: bytes) -> None:
        """Keep what came."""
        self.heard = time.monotonic()
        self.size += len(data)
        self.content.write(data)
        if self.head is None:
            self._start += data
            self.head = read_head(self._start)
            self._start = self._start if self.head is None else b""
            if self.head is not None and self.head.waits_for_a_word:
                self.conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    @property
    def missing(self) -> int:
        """How many bytes are to come still, as far as one knows."""
        return _AT_ONCE if self.head is None else max(0, self.head.whole - self.size)

    @property
    def is_there(self) -> bool:
        """Whether a thread can answer it: it is whole, or its head says already that it will be refused."""
        return self.head is not None and (not self.missing or self.size >= self.head.enough)

    def is_overdue(self, moment: float) -> bool:
        """Whether it comes too slowly."""
        took = moment - self.begun
        if self.head is None:
            return took > HEAD_WITHIN
        return moment - self.heard > SILENT_FOR or (took > SILENT_FOR and self.size < took * SLOWEST)


class PatientWorker(ThreadWorker):
    """See above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, Arriving] = {}
        self.kept = 0

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for the whole request; every connection with something to read comes here."""
        conn.sock.setblocking(False)
        request = self.arriving[conn] = Arriving(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_more, conn))
        if conn.parser is not None:
            self._take(request, conn.parser.unreader.take_buffered())
        if conn in self.arriving:
            self.on_more(conn, conn.sock)
        while len(self.arriving) > MOST_WAITING:
            self.drop(next(iter(self.arriving)), "503 Service Unavailable")

    def on_more(self, conn: TConn, _sock: Any) -> None:
        """Read what is there, as much at a time as leaves others their turn."""
        request = self.arriving[conn]
        try:
            data = conn.sock.recv(min(_AT_ONCE, request.missing or _AT_ONCE))
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.drop(conn)
            return
        self._take(request, data)

    def _take(self, request: Arriving, data: bytes) -> None:
        if not data:
            return
        try:
            request.take(data)
        except ValueError as refused:
            self.drop(request.conn, str(refused))
            return
        except OSError:  # the disk is full, or nobody listens
            self.drop(request.conn, "503 Service Unavailable")
            return
        self.kept += len(data)
        if request.is_there:
            self.hand_over(request)
        elif self.kept > MOST_KEPT:
            self.drop(request.conn, "503 Service Unavailable")

    def hand_over(self, request: Arriving) -> None:
        """Let a thread answer it."""
        conn = request.conn
        self._forget(conn)
        request.content.seek(0)
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        if request.size <= IN_MEMORY:
            conn.parser.unreader.unread(request.content.read())
            request.content.close()
        else:
            conn.parser.unreader = Arrived(conn.sock, request.content)
        conn.data_ready = True
        super().enqueue_req(conn)

    def drop(self, conn: TConn, answer: str = "") -> None:
        """Give up on a request, with a word where its sender may still hear it."""
        request = self.arriving[conn]
        self._forget(conn)
        request.content.close()
        if answer:
            try:
                conn.sock.send(f"HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
            except OSError:
                self.log.debug("Nobody hears the answer %s", answer)
        self.nr_conns -= 1
        conn.close()

    def _forget(self, conn: TConn) -> None:
        self.kept -= self.arriving.pop(conn).size
        self.poller.unregister(conn.sock)

    def murder_pending(self) -> None:
        """Once a second: no longer wait for what comes too slowly."""
        super().murder_pending()
        moment = time.monotonic()
        for conn, request in list(self.arriving.items()):
            if request.is_overdue(moment):
                self.drop(conn, "408 Request Timeout")
