"""What is taken into the store: the name's ending and the content must agree on one of the allowed kinds.

Nothing is repaired and nothing is unpacked. A refusal is a sentence for the person who chose the file.
"""

from __future__ import annotations

import codecs
import re
import struct
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import puremagic

from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.files.kinds import KINDS, extensions_of, kind_of_extension
from tracker.languages.marking import lazy

LONGEST_NAME = 150
MOST_PIXELS = 60_000_000
MOST_ENTRIES = 3_000
MOST_UNPACKED = 150 * 1024 * 1024

_HEAD = 4096
# A letter of a name in PDF may be written as its number.
_ACTIVE_NAMES = (
    "".join(f"(?:{letter}|#(?i:{ord(letter):x}))" for letter in name) for name in ("JavaScript", "Launch", "RichMedia")
)
_ACTIVE_PDF = re.compile(rf"/(?:{'|'.join(_ACTIVE_NAMES)})\b".encode())
_MACROS = re.compile(r"vbaproject|\.(exe|dll|js|vbs|bat|cmd|scr|ps1|jar)$|^(basic|scripts)/", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"\.(exe|dll|com|scr|zip|gz|7z|rar|pdf|html?|svg|doc|xls|rtf|png|jpg|gif|class|jar|swf)$", re.IGNORECASE
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_EXTENT = re.compile(rb"ispe\0{4}(.{8})", re.DOTALL)
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}


def clean_name(name: str | None, fallback: str = "document") -> str:
    """Return the name as it is shown and served: no folders, no invisible characters, of bounded length."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C" or char == " ")
    shown = " ".join(re.sub(r'[<>:"|?*]', " ", shown).split()).strip(". ")
    path = PurePosixPath(shown or fallback)
    suffix = path.suffix[:10]
    return f"{shown.removesuffix(path.suffix)[: LONGEST_NAME - len(suffix)] or fallback}{suffix}" if shown else fallback


def kind_of(path: Path, name: str, kinds: tuple[str, ...]) -> str:
    """Return which of the kinds the file is, by name and content. Raises Invalid with what to do instead."""
    kind = refuse_unless(kind_of_extension(PurePosixPath(name).suffix.lower(), kinds), kinds)
    if path.stat().st_size == 0:
        raise Invalid(lazy("The file is empty."))
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if KINDS[kind].begins and not head.startswith(KINDS[kind].begins):
        raise _mismatch(kind)
    with refused_when_damaged():
        _CHECKS[kind](path, head, kind)
    return kind


def refuse_unless(kind: str | None, kinds: tuple[str, ...]) -> str:
    """The kind where it is among those that are taken. Raises Invalid."""
    if kind not in kinds:
        listed = ", ".join(extension.lstrip(".").upper() for extension in extensions_of(kinds))
        raise Invalid(lazy("Files of this kind are not taken. Use one of these: %(kinds)s.", kinds=listed))
    return kind


def _mismatch(kind: str) -> Invalid:
    return Invalid(
        lazy("The content is not what the name says (%(kind)s). Save it again in that format.", kind=kind.upper())
    )


def _pdf(path: Path, _head: bytes, kind: str) -> None:
    content = path.read_bytes()
    if b"%%EOF" not in content[-4096:]:
        raise _mismatch(kind)
    if _ACTIVE_PDF.search(content):
        raise Invalid(lazy("The PDF holds a program. Print it to a new PDF and use that one."))


def _png(path: Path, head: bytes, kind: str) -> None:
    if head[12:16] != b"IHDR":
        raise _mismatch(kind)
    _limit_pixels(int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"), kind)
    if b"IEND" not in path.read_bytes()[-64:]:
        raise _mismatch(kind)


def _jpeg(path: Path, _head: bytes, kind: str) -> None:
    content, at = path.read_bytes(), 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            return _limit_pixels(width, height, kind)
        at += 2 + max(length, 2)
    raise _mismatch(kind)


def _heic(path: Path, head: bytes, kind: str) -> None:
    """A photograph as telephones keep it: the first box names the brand, and a box "ispe" each width and height."""
    box = head[: int.from_bytes(head[:4], "big")]
    if box[4:8] != b"ftyp" or box[8:12] not in _HEIC_BRANDS or b"avif" in box:
        raise _mismatch(kind)
    sizes = [struct.unpack(">II", found) for found in _EXTENT.findall(path.read_bytes())]
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    _limit_pixels(width, height, kind)


def _limit_pixels(width: int, height: int, kind: str) -> None:
    if not width or not height:
        raise _mismatch(kind)
    if width * height > MOST_PIXELS:
        raise Invalid(lazy("The picture has too many pixels. Make it smaller and try again."))


def _packed(path: Path, _head: bytes, kind: str) -> None:
    """Look at the table of contents of an office document; nothing is unpacked but ODT's own short label."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        label = _label(archive) if kind == "odt" else b""
    names = {entry.filename for entry in entries}
    if _MAIN_PART[kind] not in names or (kind == "odt" and label.decode("latin-1") != KINDS["odt"].media_type):
        raise _mismatch(kind)
    if any(_MACROS.search(name) for name in names):
        raise Invalid(lazy("The document holds macros or programs. Save it without them and try again."))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise _mismatch(kind)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Invalid(lazy("The document is too large when it is unpacked."))


def _label(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument says that it is; nothing where it says nothing."""
    if "mimetype" not in archive.namelist():
        return b""
    with archive.open("mimetype") as part:
        return part.read(100)


def _text(path: Path, head: bytes, kind: str) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8"
        if _looks_binary(head):
            raise _mismatch(kind)
    try:
        content = path.read_bytes().decode(encoding)
    except UnicodeDecodeError:
        raise Invalid(lazy("The text is not in UTF-8. Save it again as UTF-8 text.")) from None
    if "\0" in content:
        raise _mismatch(kind)


def _table(_path: Path, head: bytes, kind: str) -> None:
    """Anything that is no other kind of file: what its letters are is for the reader of the table to find out."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and (b"\0" in head or _looks_binary(head)):
        raise _mismatch(kind)


def _looks_binary(head: bytes) -> bool:
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, IndexError, ValueError):
        return False
    return bool(_NOT_TEXT.search(best.extension)) and best.confidence >= 0.4


def _xml(path: Path, head: bytes, kind: str) -> None:
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<") and not head.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        raise _mismatch(kind)
    plain = path.read_bytes().replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Invalid(lazy("The XML declares entities or a document type, which are not taken."))


def _json(_path: Path, head: bytes, kind: str) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        raise _mismatch(kind)


_CHECKS: dict[str, Any] = {
    "pdf": _pdf,
    "png": _png,
    "jpeg": _jpeg,
    "heic": _heic,
    "docx": _packed,
    "xlsx": _packed,
    "odt": _packed,
    "csv": _text,
    "txt": _text,
    "table": _table,
    "xml": _xml,
    "json": _json,
}
