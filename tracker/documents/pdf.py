"""A document on paper: PDF by typst, which shapes and turns every script, with tags for screen readers.

What people typed goes in as data, never as source: nothing in it can be taken for markup.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from tracker.documents.describing import Block, Column, Document, Kind, Table
from tracker.documents.printing import printable

LAYOUT = Path(__file__).with_name("document.typ")
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
ACCESSIBLE = ("ua-1",)
"""PDF/UA: it has tags, and no character is shown as an empty box."""
RIGHT_TO_LEFT = ("ar",)
_one_at_a_time = Lock()
"""A compiler refuses a second thread while it works."""


def as_pdf(document: Document, language: str) -> bytes:
    """The document as a PDF in a language (its code: "en", "ar"). Where a character cannot be printed, a sentence at
    its beginning says so."""
    try:
        return _compile(document, language, ACCESSIBLE)
    except typst.TypstError:
        return _compile(printable(document, lambda text: _prints(text, language)), language, ())


def _compile(document: Document, language: str, standards: Sequence[str]) -> bytes:
    inputs = {"document": json.dumps(_data(document, language), ensure_ascii=False)}
    with _one_at_a_time:
        pdf: bytes = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=list(standards))
    return pdf


def _prints(text: str, language: str) -> bool:
    try:
        _compile(Document(text, (), date.min), language, ACCESSIBLE)
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> Any:
    """One compiler a process: it reads the fonts once. The machine's own fonts are left out, so that a document looks
    the same wherever it is made."""
    compiler: Any = typst.Compiler
    return compiler(LAYOUT, font_paths=[_folder(name) for name in FONTS], ignore_system_fonts=True)


def _folder(package: str) -> str:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the fonts of {package} are not installed")
    return str(Path(spec.origin).parent)


def _data(document: Document, language: str) -> dict[str, Any]:
    issued = document.issued_on
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "number": document.number,
        "notice": document.notice,
        "issued": [issued.year, issued.month, issued.day],
        "language": language,
        "rtl": language in RIGHT_TO_LEFT,
        "blocks": [{"kind": type(block).__name__.lower(), **_block(block)} for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if not isinstance(block, Table):
        return asdict(block)
    return {
        "name": block.name,
        "heads": [column.title for column in block.columns],
        "wide": [column.wide for column in block.columns],
        "end": [_is_figure(column) for column in block.columns],
        "rows": [block.shown(row) for row in block.rows],
        "total": block.shown(block.total) if block.total is not None else None,
    }


def _is_figure(column: Column) -> bool:
    return column.kind in (Kind.NUMBER, Kind.AMOUNT)
