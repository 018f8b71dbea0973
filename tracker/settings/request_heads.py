"""How long a request of HTTP will be, read from its head before anything else looks at it."""

from dataclasses import dataclass

LONGEST_HEAD = 128 * 1024
LARGEST_BODY = 96 * 1024 * 1024
"""What the application refuses by its head alone; a start of it is enough to say so. Of less it may read the texts
(`web.oversized`)."""
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Head:
    """`whole` is how many bytes the request has in all, `enough` how many suffice to answer it; `waits_for_a_word`
    says that its sender keeps the body back until it is asked for."""

    whole: int
    enough: int
    waits_for_a_word: bool = False


def read_head(start: bytes) -> Head | None:
    """The head at the start of a request, or None while it is not whole. Raises ValueError with the status that
    refuses it: a length is needed, and browsers name it."""
    at = start.find(_END)
    if max(at, len(start) if at < 0 else 0) > LONGEST_HEAD:
        raise ValueError("431 Request Header Fields Too Large")
    if at < 0:
        return None
    named = dict(_field(line) for line in start[:at].split(b"\r\n")[1:])
    if b"transfer-encoding" in named:
        raise ValueError("411 Length Required")
    length = named.get(b"content-length", b"0")
    if not length.isdigit() or len(length) > 18:
        raise ValueError("400 Bad Request")
    whole = at + len(_END) + int(length)
    enough = whole if int(length) <= LARGEST_BODY else at + len(_END) + LONGEST_HEAD
    return Head(whole, enough, named.get(b"expect", b"").lower() == b"100-continue")


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, _colon, said = line.partition(b":")
    return name.strip().lower(), said.strip()
