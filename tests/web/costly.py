"""Which addresses cost much, read from what their views reach: so that a new one is found before anybody names it."""

import dis
import inspect
import types
from collections.abc import Iterator
from typing import Any

from flask import Flask
from wtforms import FileField
from wtforms.fields.core import UnboundField

from tracker.settings.configuration import ROOT

BEYOND = (".services", ".queries", ".models", ".lifecycle", ".policies")
"""What views call to write and to read; no answer is made and no form is read there."""


def rows(app: Flask) -> dict[tuple[str, str], str]:
    """(method, endpoint) of every address that should have a limit, with the reason."""
    found = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        reached = list(_reached(view))
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            reason = _reason(method, view, reached, posts="POST" in rule.methods)
            if reason:
                found[method, rule.endpoint] = reason
    return found


def _reason(method: str, view: Any, reached: list[Any], *, posts: bool) -> str:
    if "public" in getattr(view, "access", {"public"}):
        return "anybody may ask for it"
    if method == "POST" and any(_takes_a_file(part) for part in reached):
        return "it takes files"
    # Where one address has a form and an answer to it, what is sent as a file is the answer to the form.
    if method == ("POST" if posts else "GET") and any(_gives_a_file(part) for part in reached):
        return "it gives a file"
    if method == "GET" and any(_searches(part) for part in reached):
        return "it searches"
    return ""


def _reached(view: Any) -> Iterator[Any]:
    """The view with the functions and classes of the tracker that it calls, and what those call."""
    todo, seen = [inspect.unwrap(view)], set()
    while todo:
        part = todo.pop()
        if part in seen:
            continue
        seen.add(part)
        yield part
        called = _called_by_class(part) if isinstance(part, type) else _called(part)
        todo += [inspect.unwrap(other) for other in called if _ours(other)]


def _ours(part: Any) -> bool:
    module = getattr(part, "__module__", None) or ""
    return (
        isinstance(part, types.FunctionType | type)
        and module.startswith("tracker.")
        and not any(layer in module for layer in BEYOND)
    )


def _called_by_class(part: type) -> Iterator[Any]:
    yield from part.__bases__
    for member in vars(part).values():
        function = getattr(member, "__func__", member)
        if isinstance(function, types.FunctionType):
            yield function


def _called(function: Any) -> Iterator[Any]:
    for code in _codes(function.__code__):
        module = None
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL":
                found = function.__globals__.get(step.argval)
                module = found if isinstance(found, types.ModuleType) else None
                yield found
            elif module is not None and step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                yield getattr(module, step.argval, None)
                module = None


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _texts(part: Any) -> Iterator[str]:
    for code in _codes(part.__code__):
        for constant in code.co_consts:
            yield from (text for text in (constant if isinstance(constant, tuple) else [constant]) if type(text) is str)


def _names(part: Any) -> set[str]:
    return {name for code in _codes(part.__code__) for name in code.co_names}


def _takes_a_file(part: Any) -> bool:
    if isinstance(part, type):
        fields = [member for member in vars(part).values() if isinstance(member, UnboundField)]
        return any(issubclass(field.field_class, FileField) for field in fields)
    return bool({"FileField", "UploadField"} & set(_names(part)))


def _gives_a_file(part: Any) -> bool:
    return not isinstance(part, type) and ("Content-Disposition" in _texts(part) or "send_file" in _names(part))


def _searches(part: Any) -> bool:
    if isinstance(part, type):
        return False
    pages = [ROOT / "templates" / text for text in _texts(part) if "/" in text and text.endswith(".html")]
    return any("filter_search(" in page.read_text() for page in pages)
