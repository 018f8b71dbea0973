"""What is kept in var/ from run to run: what each test enters, and what became of each mutant."""

import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.mutants.mutant import Mutant, Told
from tests.mutants.processes import Processes
from tests.mutants.warm import Look, Seen
from tracker.settings.configuration import ROOT

PIECE = 20


def fingerprint(paths: Iterable[Path]) -> str:
    """Tells two states of these files apart."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _python(folder: str, pattern: str = "*.py") -> set[Path]:
    return {path for path in (ROOT / folder).rglob(pattern) if "mutants" not in path.parts}


def _file_of(test: str) -> str:
    return test.partition("::")[0]


class WhatTestsEnter:
    """What each test enters, looked at anew where the product, the test's file or what all tests share was changed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        tests = _python("tests", "test_*.py")
        ours = {Path(__file__).with_name(name) for name in ("targets.py", "watching.py")}
        self.shared = fingerprint(_python("tracker") | (_python("tests") - tests) | ours)
        self.seen: dict[str, Seen] = {}

    def look(self, processes: Processes) -> None:
        """Read what was kept, have the processes look at the rest, and keep it piece by piece."""
        kept = pickle.loads(self.file.read_bytes()) if self.file.exists() else {}  # written by ourselves, below
        states = {name: self._state(name) for name in {_file_of(test) for test in processes.tests}}
        self.seen = {
            test: kept[test][1] for test in processes.tests if kept.get(test, "-")[0] == states[_file_of(test)]
        }
        rest = [test for test in processes.tests if test not in self.seen]
        for found in processes.answers(Look(tuple(rest[n : n + PIECE])) for n in range(0, len(rest), PIECE)):
            self.seen |= found
            kept |= {test: (states[_file_of(test)], seen) for test, seen in found.items()}
            self.file.write_bytes(pickle.dumps(kept))

    def _state(self, name: str) -> str:
        return self.shared + fingerprint([ROOT / name])

    def concerned(self, mutant: Mutant, history: "History") -> tuple[str, ...]:
        """The green tests that may notice: those first that noticed before, then the quickest."""
        able = [t for t, seen in self.seen.items() if seen.green and mutant.concerns(t, seen.entered)]
        last = history.killer_of(mutant)
        return tuple(
            sorted(able, key=lambda test: (test != last, -min(history.kills[test], 3), self.seen[test].seconds))
        )


class History:
    """var/mutants.jsonl: a line for each mutant that was tried, the newest last."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.state = fingerprint(_python("tracker") | _python("tests"))
        self.lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        self.last = {line["name"]: line for line in self.lines}
        self.kills = Counter(line["killed_by"] for line in self.last.values() if line["killed_by"])

    def killer_of(self, mutant: Mutant) -> str:
        """The test that noticed this mutant when it was tried last."""
        return str(self.last.get(mutant.name, {}).get("killed_by", ""))

    def known(self, mutants: Iterable[Mutant]) -> Iterator[Told]:
        """What need not be tried again: a mutant that was killed, and one that these very tests let live."""
        for mutant in mutants:
            line = self.last.get(mutant.name)
            if line and (line["outcome"] == "killed" or line["state"] == self.state):
                yield Told(**{name: value for name, value in line.items() if name != "state"})

    def add(self, told: Told) -> None:
        """Keep a line."""
        line = {**asdict(told), "state": self.state}
        with self.file.open("a") as file:
            file.write(json.dumps(line) + "\n")
        self.last[told.name] = line
        if told.killed_by:
            self.kills[told.killed_by] += 1
