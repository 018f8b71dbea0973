"""The words of a PDF: what stands in its streams, and what its pages show, by the signs of every font in it."""

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)
_SHOWN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]+>(?=[^<>]*(?:Tj|TJ))", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.S)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of_pdf(content: bytes) -> bytes:
    """All that can be read in a PDF, as UTF-8."""
    streams = list(_streams(content))
    shown = [glyphs for stream in streams if (glyphs := _glyphs(stream))]
    fonts = [signs for stream in streams if (signs := _signs(stream))]
    pages = (_decoded(glyphs, signs) for glyphs in shown for signs in fonts)
    return b"\n".join([*streams, *(page.encode("utf-8", "replace") for page in pages)])


def _streams(content: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            yield found[1]


def _signs(stream: bytes) -> dict[int, str]:
    """What each glyph of a font is, by its table ToUnicode."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(stream):
        if kind == b"char":
            found |= {int(glyph, 16): _text(sign) for glyph, sign in _PAIRS.findall(block)}
            continue
        for first, last, sign in _RANGES.findall(block):
            begins = int(first, 16)
            found |= {glyph: chr(int(sign, 16) + glyph - begins) for glyph in range(begins, int(last, 16) + 1)}
    return found


def _text(sign: bytes) -> str:
    return bytes.fromhex(sign.decode()).decode("utf-16-be", "replace")


def _glyphs(stream: bytes) -> bytes:
    """The strings that a page shows, one after the other: fonts number their glyphs in two bytes."""
    if b"Tj" not in stream and b"TJ" not in stream:
        return b""
    return b"".join(map(_plain, _SHOWN.findall(stream)))


def _plain(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return _ESCAPED.sub(_unescaped, string[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign.isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return b"" if sign in (b"\n", b"\r\n") else _SIGNS.get(sign, sign)


def _decoded(glyphs: bytes, signs: dict[int, str]) -> str:
    return "".join(signs.get(int.from_bytes(glyphs[at : at + 2], "big"), "") for at in range(0, len(glyphs), 2))
