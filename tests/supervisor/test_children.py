"""One process of `make run`: waited for, started again, ended for certain."""

import sys
import time

import pytest

from tests.services.postgresql import wait_for
from tracker.supervisor import CannotRun, children, run
from tracker.supervisor.children import Child

pytestmark = pytest.mark.engine("sqlite")


class TestChild:
    def test_waits_longer_with_every_fall(self, tmp_path):
        child = Child("short", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "short.log")
        pauses = []
        for _ in range(3):
            child.start()
            child.popen.wait()
            assert child.fallen() == 3
            assert child.fallen() is None
            pauses.append(child.pause)
        assert pauses == [1, 2, 4]

    def test_is_ended_the_hard_way_when_it_does_not_listen(self, tmp_path):
        stubborn = (
            "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
        )
        child = Child("stubborn", [sys.executable, "-c", stubborn], tmp_path / "stubborn.log", patience=0.2)
        child.start()
        wait_for(lambda: "1" in child.log.read_text(), what="the child")
        before = time.monotonic()
        child.stop()
        assert time.monotonic() - before < 5

    def test_has_its_log_cut_while_it_runs_and_goes_on_writing(self, tmp_path, monkeypatch):
        monkeypatch.setattr(children, "LOG_LIMIT", 1_000)
        talkative = "import sys, time\nprint('a' * 5_000, flush=True)\nwhile True:\n"
        talkative += "    print('later', flush=True); time.sleep(0.05)"
        child = Child("talkative", [sys.executable, "-c", talkative], tmp_path / "talkative.log")
        child.start()
        try:
            wait_for(lambda: "later" in child.log.read_text(), what="the child")
            child.keep_log_short()
            kept = tmp_path / "talkative.log.1"
            assert kept.read_text().startswith("a" * 5_000)
            wait_for(lambda: "later" in child.log.read_text(), what="more of it")
            assert child.log.read_text().startswith("later"), "nothing lies before what came after the cut"
        finally:
            child.stop()


class TestASlowMachine:
    def test_is_waited_for_and_told_so(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(run, "SLOW_AFTER", 0.2)
        child = Child("web", ["sleep", "60"], tmp_path / "web.log")
        child.start()
        try:
            run.wait_for(child, lambda: time.monotonic() - child.started_at > 0.5)
        finally:
            child.stop()
        assert "The web is still on its way after" in capsys.readouterr().out

    def test_is_not_waited_for_without_end(self, tmp_path, monkeypatch):
        monkeypatch.setattr(run, "GIVE_UP_AFTER", 0.2)
        child = Child("web", ["sleep", "60"], tmp_path / "web.log")
        child.start()
        try:
            with pytest.raises(CannotRun, match="The web did not start"):
                run.wait_for(child, lambda: False)
        finally:
            child.stop()
