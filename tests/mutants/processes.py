"""Several warm processes that are given work until none is left."""

import multiprocessing
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from tests.mutants.warm import serve


class Processes:
    """Warm processes on the tests that pytest finds with `arguments`; they write their log into `folder`."""

    def __init__(self, count: int, arguments: list[str], folder: Path) -> None:
        self.spawn = multiprocessing.get_context("spawn")
        self.count, self.arguments, self.folder = count, arguments, folder
        self.processes: list[Any] = []
        self.connections: list[Connection] = []
        self.tests: list[str] = []

    def __enter__(self) -> "Processes":
        self.folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, self.count + 1):
            here, there = self.spawn.Pipe()
            log = self.folder / f"mutants-{number}.log"
            process = self.spawn.Process(target=serve, args=(there, self.arguments, log), daemon=True)
            process.start()
            there.close()
            self.processes.append(process)
            self.connections.append(here)
        for here in self.connections:
            self.tests = here.recv()
        return self

    def __exit__(self, *_: object) -> None:
        for here, process in zip(self.connections, self.processes, strict=True):
            here.send(None)
            process.join(20)
            process.terminate()

    def answers(self, work: Iterable[Any]) -> Iterator[Any]:
        """What comes back for each piece of work, in the order in which it is done."""
        left, busy = iter(work), set()
        for here in self.connections:
            _give(left, here, busy)
        while busy:
            for here in wait(list(busy)):
                assert isinstance(here, Connection)
                busy.discard(here)
                answer = here.recv()
                _give(left, here, busy)
                yield answer


def _give(left: Iterator[Any], here: Connection, busy: set[Connection]) -> None:
    asked = next(left, None)
    if asked is not None:
        here.send(asked)
        busy.add(here)
