"""The kinds of files that are taken, by extension and by content; everything else is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its extensions, the media type it is served as, and the mark its content begins with."""

    extensions: tuple[str, ...]
    media_type: str
    begins: tuple[bytes, ...] = ()


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind((".pdf",), "application/pdf", (b"%PDF-",)),
    "png": Kind((".png",), "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpeg": Kind((".jpg", ".jpeg"), "image/jpeg", (b"\xff\xd8\xff",)),
    "heic": Kind((".heic", ".heif"), "image/heic"),
    "docx": Kind((".docx",), _OOXML + "wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": Kind((".xlsx",), _OOXML + "spreadsheetml.sheet", (b"PK\x03\x04",)),
    "odt": Kind((".odt",), "application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "csv": Kind((".csv",), "text/csv; charset=utf-8"),
    "txt": Kind((".txt",), "text/plain; charset=utf-8"),
    "table": Kind((".csv", ".txt"), "application/octet-stream"),
    "xml": Kind((".xml",), "application/xml"),
    "json": Kind((".json",), "application/json"),
}
DOCUMENTS = ("pdf", "png", "jpeg", "docx", "xlsx", "odt", "csv", "txt")
"""What may be attached to a request, a pledge or a delegate."""
PHOTOGRAPHS = ("pdf", "png", "jpeg", "heic")
"""What is scanned or photographed: papers with signatures, tickets, passes."""
IMPORTS = ("table", "xlsx", "xml", "json")
"""What an import reads. Its tables may be in any encoding, as spreadsheets save them; they are never served.
Excel calls a table with tabs in UTF-16 "Unicode text" and .txt."""
DOCUMENT_LIMIT = 10 * 1024 * 1024
IMPORT_LIMIT = 20 * 1024 * 1024


def kind_of_extension(extension: str, kinds: tuple[str, ...]) -> str | None:
    """Return which of the kinds has this extension (with its dot, lower case), or None."""
    return next((name for name in kinds if extension in KINDS[name].extensions), None)


def extensions_of(kinds: tuple[str, ...]) -> list[str]:
    """Return the extensions of these kinds, for the accept attribute and for sentences."""
    return [extension for name in kinds for extension in KINDS[name].extensions]
