"""Rules of the house that a linter does not know."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tracker.settings.configuration import ROOT

TEMPLATES = ROOT / "templates"
# Inline code would need a hole in the Content-Security-Policy.
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|\sstyle=["']|\son[a-z]+=["']""")
GROUND_PLAN = {
    *("tracker", "templates", "workers", "migrations", "tests", "tools", "docs", ".ci"),
    *("wsgi.py", "README.md", "Makefile", "Procfile", "pyproject.toml", ".gitignore", ".gitattributes"),
    *("LICENSE", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
    *("requirements-heic.in", "requirements-heic.txt"),
}
LEFT_BEHIND = {".key", ".pem", ".sqlite3", ".log", ".pyc", ".mo", ".env"}
UNMARKED = re.compile(r">\s*[A-Z][a-z]+ [a-z]+[^<{%]*<")


def markup(path: Path) -> str:
    """A template without what Jinja replaces."""
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(), flags=re.DOTALL)


def calls(path: Path, method: str) -> list[int]:
    tree = ast.parse(path.read_text())
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    ]


def places(method: str, *, but: set[str]) -> list[str]:
    """Where a method is called in the product, except in the files that may."""
    found = []
    for folder in ("tracker", "workers"):
        for path in (ROOT / folder).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            found += [f"{name}:{line}" for line in calls(path, method) if name not in but]
    return found


def test_there_is_one_commit():
    assert not places("commit", but={"tracker/database/transactions.py"}), "open transaction() or @verb instead"


def test_nobody_but_the_clock_asks_the_time():
    allowed = {
        "tracker/calendar/now.py",
        "tracker/setup/services.py",
        "tracker/setup/queries.py",
        "tracker/supervisor/data.py",
        "workers/scheduler.py",
    }
    assert not places("utcnow", but=set())
    assert not places("now", but=allowed), "ask tracker.calendar.now.now(), which drills can shift"


def test_every_view_says_who_may_enter(app):
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "access")
    ]
    assert not silent, "put @access(...) just under the route"


def test_no_template_holds_code_or_style():
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in TEMPLATES.rglob("*.html")
        if "mail" not in path.parts
        for match in INLINE.finditer(markup(path))
    ]
    assert not found, "the Content-Security-Policy forbids it: use a class or a file in static"


def test_every_text_of_a_template_is_marked_for_translation():
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()[:60]}"
        for path in TEMPLATES.rglob("*.html")
        for match in UNMARKED.finditer(markup(path))
    ]
    assert not found, 'write {{ _("…") }}'


def test_the_tree_holds_what_the_ground_plan_names_and_no_key():
    """A key or a database that a run left behind must not come in with the next commit."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("Not a clone: nothing says which files belong to it.")
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    files = [Path(name) for name in listed.stdout.split("\0") if name]
    assert {path.parts[0] for path in files} <= GROUND_PLAN, "docs/decisions/0008 says what else may stand there"
    assert not [str(path) for path in files if path.suffix in LEFT_BEHIND]
