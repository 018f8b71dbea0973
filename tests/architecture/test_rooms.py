"""Rooms keep to themselves what only they may touch: pages, forms, templates; and no siblings go round in circles."""

import ast
import re
from pathlib import Path

import pytest

from tracker.settings.configuration import ROOT

TEMPLATES = ROOT / "templates"
SHARED = {"components", "errors", "layout.html", "staff_layout.html"}
NAMED = re.compile(r"""["']([a-z_]+(?:/[a-z_/]+)*\.(?:html|txt))["']""")
OWN = {"views", "forms"}
"""Modules that nobody outside their room imports."""
# The donor's desk shows pledges as their own pages do; mail is written from the folder of its own.
FOLDERS = {"desks": {"desks", "donor"}, "notifications": {"notifications", "mail"}}


def modules() -> dict[str, Path]:
    paths = (ROOT / "tracker").rglob("*.py")
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of ours that a file imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in known else node.module)
    return found & known.keys()


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def circle(edges: dict[str, set[str]]) -> list[str]:
    """The nodes of one circle, or nothing."""
    done: set[str] = set()

    def walk(node: str, way: list[str]) -> list[str]:
        if node in way:
            return way[way.index(node) :]
        if node not in done:
            for other in sorted(edges.get(node, ())):
                found = walk(other, [*way, node])
                if found:
                    return found
            done.add(node)
        return []

    return next((found for node in sorted(edges) if (found := walk(node, []))), [])


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: imported(path, known) for name, path in known.items()}


def test_nobody_reaches_into_the_pages_and_forms_of_another_room(graph):
    inside = {
        f"{module} -> {other}"
        for module, others in graph.items()
        for other in others
        if room(module) != room(other) != "web" and OWN & set(other.split("."))
    }
    assert not inside, "let that room offer a door: a function in a module of its own name"


def test_no_rooms_go_round_in_circles(graph):
    rooms: dict[str, set[str]] = {}
    for module, others in graph.items():
        # Pages read from everywhere, by the door that only they may use; create_app sees everything.
        if not OWN & set(module.split(".")) and module not in PAGES:
            rooms.setdefault(room(module), set()).update(room(other) for other in others)
    edges = {name: others - {name, ""} for name, others in rooms.items() if name not in ("", "capabilities")}
    assert circle(edges) == []


PAGES = {"tracker.assistance.page.other_capabilities"}
"""Modules that read from higher rooms for pages."""


ROOMS = sorted(path.name for path in (ROOT / "tracker").iterdir() if (path / "__init__.py").exists())
ORDER = ("views", "forms", "services", "queries", "policies", "models", "lifecycle")
"""Inside a room or a stage each of these may use what stands behind it, never what stands before it."""


def place(module: str) -> int | None:
    """Where a module stands in ORDER, by the last of these names in it; None for a noun of the domain."""
    return next((ORDER.index(part) for part in reversed(module.split(".")) if part in ORDER), None)


def test_inside_a_room_pages_use_services_and_never_the_other_way(graph):
    upwards = {
        f"{module} -> {other}"
        for module, others in graph.items()
        for other in others
        if room(module) == room(other)
        and (here := place(module)) is not None
        and (there := place(other)) is not None
        and there < here
    }
    assert not upwards


@pytest.mark.parametrize("name", ROOMS)
def test_no_modules_of_a_room_go_round_in_circles(graph, name):
    own = {module: {o for o in others if room(o) == name} for module, others in graph.items() if room(module) == name}
    assert circle({module: others - {f"tracker.{name}"} for module, others in own.items()}) == []


def test_no_scripts_go_round_in_circles():
    found = {}
    for path in (ROOT / "tracker" / "static").rglob("*.js"):
        names = re.findall(r"""(?:from|import)\s*\(?\s*["']\./([\w/.-]+\.js)["']""", path.read_text())
        found[path.name] = {Path(name).name for name in names}
    assert found["site.js"]
    assert circle(found) == []


def test_no_room_shows_the_templates_of_another():
    foreign = set()
    for path in (ROOT / "tracker").rglob("*.py"):
        own = path.relative_to(ROOT / "tracker").parts[0]
        for name in NAMED.findall(path.read_text()):
            folder = name.split("/")[0]
            if (TEMPLATES / name).exists() and folder not in SHARED | FOLDERS.get(own, {own}):
                foreign.add(f"{path.relative_to(ROOT)}: {name}")
    for path in TEMPLATES.rglob("*.html"):
        own = path.relative_to(TEMPLATES).parts[0]
        for name in NAMED.findall(path.read_text()):
            folder = name.split("/")[0]
            if (TEMPLATES / name).exists() and folder not in SHARED | {own} and own not in SHARED:
                foreign.add(f"{path.relative_to(ROOT)}: {name}")
    assert not foreign, "put what several rooms show into templates/components"


def test_every_room_with_pages_has_its_blueprint_in_a_file_of_its_own(graph):
    made = {
        str(path.relative_to(ROOT))
        for path in modules().values()
        if any(
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Blueprint"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    assert {name for name in made if not name.endswith("/blueprint.py")} <= {
        "tracker/accounts/demonstration.py",
        "tracker/web/assets.py",
    }
