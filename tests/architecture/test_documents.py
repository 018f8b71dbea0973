"""What the documents name is there: files, folders, modules, functions, tables, and each other."""

import pkgutil
import re
from pathlib import Path

import pytest

from tests.constraints.schema import TABLES
from tracker.settings.configuration import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
SUFFIXES = (".py", ".html", ".txt", ".csv", ".toml", ".md")
DOTTED = re.compile(r"@?([A-Za-z_]\w*(?:\.\w+)+)(?:\(.*\))?")
CALLED = re.compile(r"@(\w+)(?:\(.*\))?|(\w+)\(.*\)")
# Made when the tracker runs, or by a release.
MADE_LATER = ("var/", "DATA_DIR/")
SOURCES = [*(ROOT / "tracker").rglob("*.py"), *(ROOT / "workers").rglob("*.py")]
FOLDERS = ("tracker", "templates", "tests", "workers", "migrations", "tools", "docs")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def marked_as_code(document: Path) -> list[str]:
    return CODE.findall(FENCED.sub("", document.read_text()))


def is_path(text: str) -> bool:
    return bool(PATH.fullmatch(text)) and ("/" in text or text.endswith(SUFFIXES)) and not text.startswith(MADE_LATER)


def is_there(path: str) -> bool:
    """Whether there is such a file, module or folder, seen from the top or from tracker/; `name/` may lie anywhere."""
    places = [base / (path + ending) for base in (ROOT, ROOT / "tracker") for ending in ("", ".py")]
    if any(place.exists() for place in places):
        return True
    name = path.removesuffix("/")
    return (
        name != path
        and "/" not in name
        and any(place.is_dir() for top in FOLDERS for place in (ROOT / top).rglob(name))
    )


@pytest.fixture(scope="module")
def source() -> str:
    return "\n".join(path.read_text() for path in SOURCES)


def is_known(name: str, source: str) -> bool:
    """Whether a dotted name is Python's (from tracker/ or the top), a column's, or one of events, verbs and tasks."""
    for whole in (f"tracker.{name}", name):
        try:
            pkgutil.resolve_name(whole)
        except (ImportError, AttributeError):
            continue
        return True
    table, _, column = name.partition(".")
    return column in getattr(TABLES.get(table), "columns", ()) or f'"{name}"' in source


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_files_and_folders_are_there(document):
    links = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    missing = [text for text in marked_as_code(document) if is_path(text) and not is_there(text)]
    assert not links + missing, "call them as they are called now"


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_modules_and_functions_are_there(document, source):
    dotted = [found.group(1) for text in marked_as_code(document) if (found := DOTTED.fullmatch(text))]
    unknown = [name for name in dotted if not name.endswith(SUFFIXES) and not is_known(name, source)]
    called = [
        found.group(1) or found.group(2) for text in marked_as_code(document) if (found := CALLED.fullmatch(text))
    ]
    unknown += [name for name in called if not re.search(rf"\bdef {name}\(", source)]
    assert not unknown, "call them as they are called now, from the room on"


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
