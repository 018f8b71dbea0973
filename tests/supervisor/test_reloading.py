"""`make dev`: what changes in the sources is on the page soon after, without a stop."""

import os
import shutil
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services import processes
from tests.services.network import free_port
from tests.services.postgresql import wait_for
from tracker.settings.configuration import ROOT
from tracker.supervisor import children, run
from tracker.supervisor.reloading import FOLDERS, Sources

pytestmark = pytest.mark.engine("sqlite")
MADE = "app = create_app(settings)"
SAYS_SO = 'app.before_request_funcs.setdefault(None, []).append(lambda: "Code changed.")'


@pytest.fixture
def program(tmp_path):
    """A copy of the program that may be changed."""
    root = tmp_path / "program"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "wsgi.py", root / "wsgi.py")
    return root


def replace_in(path: Path, old: str, new: str) -> None:
    """Write the file, at a later time than before, however coarse the clock of the disk is."""
    assert old in path.read_text()
    later = path.stat().st_mtime + 2
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, (later, later))


def test_what_was_changed_added_or_removed_is_told_once(program):
    sources = Sources(program)
    assert sources.changed() == set()
    replace_in(program / "wsgi.py", "import os", "import os  # changed")
    (program / "templates" / "new.html").write_text("")
    (program / "workers" / "clocks.py").unlink()
    (program / "tracker" / "compiled.pyc").write_text("")
    assert {str(path) for path in sources.changed()} == {"wsgi.py", "templates/new.html", "workers/clocks.py"}
    assert sources.changed() == set()


@pytest.mark.worker
def test_a_changed_template_and_changed_code_are_on_the_next_pages(
    app, broker, settings, program, tmp_path, monkeypatch
):
    port = free_port()
    here = replace(settings, data_dir=tmp_path, port=port, base_url=f"http://localhost:{port}", embedded_broker=False)
    (tmp_path / "log").mkdir()
    for name, value in processes.environment(here).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(children, "ROOT", program)
    supervisor, sources = run.Supervisor(here), Sources(program)

    def page(path):
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=60) as answer:
            return answer.read().decode()

    try:
        supervisor.start()
        replace_in(program / "templates" / "layout.html", "</body>", "<p>A template changed.</p></body>")
        supervisor.load_anew(sources.changed())
        wait_for(lambda: "A template changed." in page("/sign-in"), seconds=120, what="the changed template")
        replace_in(program / "wsgi.py", MADE, f"{MADE}\n{SAYS_SO}")
        supervisor.load_anew(sources.changed())
        wait_for(lambda: page("/healthz") == "Code changed.", seconds=120, what="the changed code")
        assert supervisor.worker.running
        assert supervisor.beat.running
    finally:
        supervisor.stop()
