"""Opening a file from outside. What is broken, hostile, too large or of another type is refused with a sentence."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from tracker.errors import Invalid, TooLarge
from tracker.files.damaged import refused_when_damaged
from tracker.imports.hints import Hints
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

LARGEST = 20 * 1024 * 1024
_ASSIGNED = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*(?=[\[{])")  # JSON as a page's script has it
_DEEPEST = 4  # objects around a list of records in JSON


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was accepted: its name, its type by content (csv, xlsx, xml, json), its bytes, its hints, and for
    whom it is read: of what is here already they are told what they may know."""

    name: str
    type: str
    data: bytes
    hints: Hints = field(default_factory=Hints)
    reader: Actor = Actor.anonymous

    @property
    def text(self) -> str:
        """What stands in a table or in JSON. Raises Invalid when it is in another encoding."""
        return decode(self.data, self.hints.encoding)


SOURCE_IS_GONE = lazy("The content of this file was removed. Choose a file again to import it.")


@refused_when_damaged()
def open_source(path: Path, hints: Hints | None = None) -> Source:
    """Read a file and find out what it is. Raises TooLarge or Invalid with a sentence for the person."""
    size = path.stat().st_size
    if size > LARGEST:
        raise TooLarge(
            lazy(
                "The file has %(size)d MB; at most %(most)d MB are read. Split it.",
                size=-(-size // 1024**2),
                most=LARGEST // 1024**2,
            )
        )
    data = path.read_bytes()
    if not data.strip():
        raise Invalid(lazy("The file is empty."))
    hints = hints or Hints()
    source = Source(path.name, _type_of(data, hints.encoding), data, hints)
    if source.type in ("csv", "json"):
        decode(data, hints.encoding)
    return source


def _type_of(data: bytes, encoding: str) -> str:
    """What the content is; the name of a file proves nothing."""
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # Excel's files before 2007, and all that it locks with a password
        raise Invalid(lazy("This is an old Excel file, or one with a password. Save it as XLSX without a password."))
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"MZ", b"\x7fELF")):
        raise Invalid(lazy("This is no table: send CSV, XLSX, IATI XML or JSON."))
    plain = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if plain[:1] == b"<":  # XML names its own encoding
        start = plain[:200].decode("latin-1").lower()
    else:
        start = decode(data[:4096], encoding, part=len(data) > 4096).lstrip().lower()
    if start.startswith("<"):
        if "<!doctype html" in start or "<html" in start:
            raise Invalid(lazy("This is a web page: send CSV, XLSX, IATI XML or JSON."))
        return "xml"
    return "json" if start.startswith(("[", "{")) or _ASSIGNED.match(start) else "csv"


def decode(data: bytes, encoding: str = "", *, part: bool = False) -> str:
    """The text of a file: UTF-8 (with or without mark), UTF-16 with its mark, else the encoding that a person named.

    None is guessed: the same bytes are other letters in each. What is UTF-8 is read as that, whatever was said.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")().decode(data, final=not part)
    except UnicodeDecodeError as reason:
        if not encoding or wide:
            sentence = lazy(
                "The file is not encoded in UTF-8 (byte %(place)d). Say which encoding it has, or save it as UTF-8.",
                place=reason.start,
            )
            raise Invalid(sentence) from reason
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=not part)
    except UnicodeDecodeError as reason:
        sentence = lazy(
            "The file is encoded neither in UTF-8 nor in %(encoding)s (byte %(place)d).",
            encoding=encoding,
            place=reason.start,
        )
        raise Invalid(sentence) from reason


def xml_root(source: Source) -> Any:
    """The root element of an XML file. Entities, external references and document types are refused."""
    plain = source.data.replace(b"\0", b"")  # UTF-16 too
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Invalid(lazy("The XML file declares a document type or entities, which are not read."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as reason:
        if reason.code == etree.ErrorTypes.ERR_INVALID_ENCODING:
            sentence = lazy("The XML file is not in the encoding that it names (line %(line)d).", line=reason.lineno)
            raise Invalid(sentence) from reason
        raise Invalid(lazy("The XML file is broken at line %(line)d.", line=reason.lineno or 0)) from reason


def json_list(source: Source, key: str) -> list[dict[str, Any]]:
    """The records of a JSON file: objects with this key, in a list or by their ids, however deep in other objects."""
    try:
        found = _json(_ASSIGNED.sub("", source.text, count=1).rstrip().removesuffix(";"))
    except (ValueError, RecursionError) as reason:
        raise Invalid(lazy("The JSON file is broken at line %(line)d.", line=getattr(reason, "lineno", 1))) from reason
    records = max(_lists(found, depth=_DEEPEST), key=lambda items: sum(key in item for item in items))
    if not any(key in record for record in records):
        raise Invalid(lazy("The JSON file is no list of records with a %(key)s.", key=key))
    return records


def _json(text: str) -> Any:
    """What the text says; values that follow each other (an object a line) are a list."""
    decoder = json.JSONDecoder(parse_constant=lambda _name: None)
    found: list[Any] = []
    at = _blank_until(text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        at = _blank_until(text, at)
    return found[0] if len(found) == 1 else found


def _blank_until(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _lists(found: Any, *, depth: int) -> Iterator[list[dict[str, Any]]]:
    """Everything in the value that could be a list of records; what is no object in it is an empty record."""
    if isinstance(found, list):
        yield [item if isinstance(item, dict) else {} for item in found]
        return
    yield [found] if isinstance(found, dict) else []
    if isinstance(found, dict) and depth:
        yield [item for item in found.values() if isinstance(item, dict)]
        for value in found.values():
            yield from _lists(value, depth=depth - 1)
