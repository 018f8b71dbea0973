"""Reading what an address or a form carries: numbers of rows, choices of filters, text that databases can hold."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Request, abort, request, request_started
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map

from tracker.database import writers
from tracker.web.form_sizes import CountingParser

LARGEST_ROW = 2**63 - 1
"""The largest number that a row can have; the databases refuse to compare with a larger one."""


class RowConverter(IntegerConverter):
    """The number of a row in an address; what no row can have is an address that does not exist."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ROW)


def chosen(name: str, choices: Iterable[str], usual: str = "") -> str:
    """What a filter of the address asks for; `usual` when that is none of its choices, as the filter then shows."""
    asked = request.args.get(name, usual)
    return asked if asked in choices else usual


def read_row(text: Any) -> int | None:
    """The number of a row as an address or a form carries it, or None."""
    plain = str(text or "")
    fits = len(plain) < 20 and plain.isascii() and plain.isdigit() and int(plain) <= LARGEST_ROW
    return int(plain) if fits else None


class TextRequest(Request):
    """A request whose answers hold no NUL: nobody types it, and PostgreSQL stores no text with it."""

    form_data_parser_class = CountingParser

    @property
    def args(self) -> MultiDict[str, str]:
        return _without_nul(super().args)

    def _load_form_data(self) -> None:
        super()._load_form_data()
        self.__dict__["form"] = _without_nul(self.__dict__["form"])
        files = self.__dict__["files"].items(multi=True)
        self.__dict__["files"] = ImmutableMultiDict((name.replace("\x00", ""), file) for name, file in files)


def _without_nul(values: MultiDict[str, str]) -> MultiDict[str, str]:
    pairs = list(values.items(multi=True))
    if not any("\x00" in name or "\x00" in value for name, value in pairs):
        return values
    return ImmutableMultiDict((name.replace("\x00", ""), value.replace("\x00", "")) for name, value in pairs)


def refuse_unprintable_addresses() -> None:
    """The before_request hook: nothing of ours has an address with characters that cannot be seen, or with NUL, with
    which PostgreSQL and file systems refuse to compare."""
    if not request.path.isprintable():
        abort(404)


def say_what_is_asked(_app: Flask, **_more: Any) -> None:
    """Before all else: what the reading of a page writes by the way (that it was opened, when a session was used)
    does not wait for other writers."""
    writers.by_the_way.set(request.method in ("GET", "HEAD"))


def forget_what_was_asked(_error: BaseException | None) -> None:
    """After all else: what this thread does next is nobody's reading."""
    writers.by_the_way.set(False)


def init_app(app: Flask) -> None:
    """Bind the hooks."""
    request_started.connect(say_what_is_asked, app)
    app.teardown_request(forget_what_was_asked)
    app.before_request(refuse_unprintable_addresses)
