"""A process of pytest that has imported, collected and migrated everything, and forks for each mutant.

A fork costs milliseconds, a new process ten seconds. What a fork breaks ends with it.
"""

import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.mutant import Mutant, NotTried, Told
from tests.mutants.targets import UNFIT_FIXTURES, UNFIT_MARKERS
from tests.mutants.watching import Watch

LONGEST = 60
"""Seconds after which a test that does not end has noticed, too."""


@dataclass(frozen=True)
class Seen:
    """A test without any mutant: whether it is green, how many seconds it takes (watched), and what it enters."""

    green: bool
    seconds: float
    entered: frozenset[str]


@dataclass(frozen=True)
class Look:
    """Run these tests without any mutant and say what each enters."""

    tests: tuple[str, ...]

    def answer(self, warm: "Warm") -> dict[str, Seen]:
        """A red test stops nothing here."""
        return warm.in_a_fork(self._seen, warm) or {}

    def _seen(self, warm: "Warm") -> dict[str, Seen]:
        found = {}
        for test in self.tests:
            started = time.monotonic()
            with Watch() as watch:
                red = warm.first_red((test,))
            found[test] = Seen(red is None, time.monotonic() - started, frozenset(watch.entered))
        return found


@dataclass(frozen=True)
class Try:
    """Run these tests under a mutant until one is red."""

    mutant: Mutant
    tests: tuple[str, ...]

    def answer(self, warm: "Warm") -> Told:
        """A test counts that is red under the mutant and green, in a fork of its own, without it."""
        tests, started = self.tests, time.monotonic()
        while True:
            killer, why = warm.in_a_fork(self._killer, warm, tests) or ("a test that did not end", "")
            if killer not in tests or self._is_sound(warm, killer):
                break
            tests = tuple(test for test in tests if test != killer)
        outcome = "killed" if killer else "not tried" if why else "survived"
        spent = round(time.monotonic() - started, 1)
        mutant = self.mutant
        return Told(mutant.name, mutant.kind, outcome, killer or "", why, len(tests), spent, mutant.shown())

    def _killer(self, warm: "Warm", tests: tuple[str, ...]) -> tuple[str | None, str]:
        try:
            self.mutant.apply(warm.fixtures)
        except NotTried as reason:
            return None, str(reason)
        return warm.first_red(tests) or (None, "")

    def _is_sound(self, warm: "Warm", test: str) -> bool:
        if test not in warm.sound:
            warm.sound[test] = warm.in_a_fork(warm.first_red, (test,), otherwise="red") is None
        return warm.sound[test]


class Warm:
    """The plugin of pytest that takes the place of the loop over the tests."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.fixtures: dict[str, Any] = {}
        self.sound: dict[str, bool] = {}
        self.red: tuple[str, str] | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        """Keep what the session's fixtures are: a mutant may have to change one."""
        made = yield
        if fixturedef.scope == "session":
            self.fixtures[fixturedef.argname] = made
        return made

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Remember the first test that is red."""
        if report.failed and self.red is None:
            self.red = (report.nodeid, report.longreprtext[-400:])

    def pytest_runtestloop(self, session: Any) -> bool:
        """Warm up with one test of the application, then do what is asked for until there is nothing more."""
        self.session = session
        self.items = {item.nodeid: item for item in session.items if _is_fit(item)}
        first = next((item for item in self.items.values() if "app" in item.fixturenames), None)
        if first is not None:
            first.config.hook.pytest_runtest_protocol(item=first, nextitem=first)
        self.red = None
        self.connection.send(sorted(self.items))
        with contextlib.suppress(EOFError):  # whoever asks may be gone
            while (asked := self.connection.recv()) is not None:
                self.connection.send(asked.answer(self))
        return True

    def first_red(self, tests: tuple[str, ...]) -> tuple[str, str] | None:
        """The first of the tests that is red, and the end of what it says."""
        items = [self.items[test] for test in tests if test in self.items]
        if items:
            self.session._setupstate.teardown_exact(items[0].parent)  # the test itself may be the one that warmed up
        self.red = None
        for item, following in zip(items, [*items[1:], items[-1:] and items[-1]], strict=True):
            signal.alarm(LONGEST)  # ends the process: nothing catches it
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            signal.alarm(0)
            if self.red:
                break
        return self.red

    def in_a_fork(self, work: Callable[..., Any], *arguments: Any, otherwise: Any = None) -> Any:
        """What `work` gives, done in a fork that is ended with all that it started; `otherwise` when it died."""
        here, there = Pipe(duplex=False)
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            try:
                there.send(work(*arguments))
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
            finally:
                os._exit(0)
        there.close()
        try:
            return here.recv()
        except EOFError:
            return otherwise
        finally:
            here.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _is_fit(item: Any) -> bool:
    return not UNFIT_FIXTURES & set(getattr(item, "fixturenames", ())) and not any(
        item.get_closest_marker(name) for name in UNFIT_MARKERS
    )


def serve(connection: Connection, arguments: list[str], log: Path) -> None:
    """Be such a process: give the names of the tests, then an answer for each thing that is asked, until None."""
    with log.open("w") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    pytest.main(["-q", "-p", "no:cacheprovider", *arguments], plugins=[Warm(connection)])
