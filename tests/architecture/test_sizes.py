"""Code that fits a head: a file, a function and a list of arguments have an upper size."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.settings.configuration import ROOT

FILE_LINES = 300
FUNCTION_LINES = 40
POSITIONAL_ARGUMENTS = 5
FOLDERS = ("tracker", "workers", "tools", "tests")
NAMELESS = {"utils", "util", "helpers", "common", "misc", "basics", "core"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in sources()}


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Lines of the body, without its docstring and without functions defined inside."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    inner = [node for node in ast.walk(function) if isinstance(node, Function) and node is not function]
    hidden = sum((node.end_lineno or 0) - node.lineno + 1 for node in inner)
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 - hidden


def test_no_file_is_too_long():
    long = {shown(path): count for path in sources() if (count := len(path.read_text().splitlines())) > FILE_LINES}
    assert not long, "split these by verb into a package"


def test_no_function_is_too_long(trees):
    long = {
        f"{shown(path)}:{function.lineno} {function.name}": body_lines(function)
        for path, tree in trees.items()
        for function in functions(tree)
        if body_lines(function) > FUNCTION_LINES
    }
    assert not long, "let these call functions that say what they do"


def test_no_function_takes_too_much_by_position(trees):
    greedy = [
        f"{shown(path)}:{function.lineno} {function.name}"
        for path, tree in trees.items()
        for function in functions(tree)
        if len(function.args.posonlyargs) + len(function.args.args) > POSITIONAL_ARGUMENTS + 1
    ]
    assert not greedy, "take them by name, after a *"


def test_no_file_is_named_after_nothing():
    assert not [shown(path) for path in sources() if NAMELESS & {path.stem, path.parent.name}]


def test_the_rooms_hold_the_modules():
    """What lies loose above the rooms is what the whole program has once."""
    loose = sorted(path.stem for path in (ROOT / "tracker").glob("*.py"))
    assert loose == ["__init__", "capabilities", "errors", "extensions"], "put it into the room that it belongs to"


def test_every_module_says_why_it_exists(trees):
    silent = [shown(path) for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]
    assert not silent, "begin these with one to three lines of docstring"
