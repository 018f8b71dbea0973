"""Templates that fit a head: short lines, and conditions of one clause; longer ones have a name in Python."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tracker.settings.configuration import ROOT

TEMPLATES = ROOT / "templates"
COLUMNS = 140
FILTERS = 3
BOTH = (nodes.And, nodes.Or)


@pytest.fixture(scope="module")
def trees() -> dict[str, nodes.Template]:
    """Every template as Jinja reads it, by its place below templates/."""
    reader = Environment(autoescape=True)
    return {shown(path): reader.parse(path.read_text()) for path in sources()}


def sources() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})


def shown(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def found(trees: dict[str, nodes.Template], kind: type[nodes.Node]) -> Iterator[tuple[str, nodes.Node]]:
    """(place and line, node) of every node of this kind."""
    for name, tree in trees.items():
        yield from ((f"{name}:{node.lineno}", node) for node in tree.find_all(kind))


def words_of(condition: nodes.Node) -> int:
    """How often a condition says `and` or `or`, itself included."""
    return isinstance(condition, BOTH) + sum(1 for _ in condition.find_all(BOTH))


def filters_of(node: nodes.Node) -> int:
    """How many filters stand in a chain, one upon the other."""
    return 1 + filters_of(node.node) if isinstance(node, nodes.Filter) and node.node else 0


def test_no_line_is_too_long():
    long = [
        f"{shown(path)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > COLUMNS
    ]
    assert not long, (
        "break these: at a space of a tag or of a call, after a %}, or before a {% and {{ that becomes {%- and {{-, "
        "which adds no white space to the page"
    )


def test_no_condition_has_more_than_two_parts(trees):
    crowded = {place for kind in BOTH for place, node in found(trees, kind) if words_of(node) > 1}
    assert not sorted(crowded), (
        "a template says `and` or `or` once in a condition: let the view or the capability's presenting.py answer "
        "the whole question under a name, or give a part of it a name with {% set %}"
    )


def test_no_choice_stands_inside_a_choice(trees):
    nested = [
        place
        for place, node in found(trees, nodes.CondExpr)
        if isinstance(node, nodes.CondExpr) and isinstance(node.expr2, nodes.CondExpr)
    ]
    assert not nested, "write {% if %} … {% elif %} … {% endif %}"


def test_no_chain_of_filters_is_too_long(trees):
    long = [place for place, node in found(trees, nodes.Filter) if filters_of(node) > FILTERS]
    assert not long, "let Python choose the rows, and hand them to the template"


def test_no_input_is_left_out_when_the_browser_goes_back():
    forgetful = [shown(path) for path in sources() if "autocomplete='off'" in path.read_text().replace('"', "'")]
    assert not forgetful, "browsers put nothing back into an input that says so: what was typed would be lost"
