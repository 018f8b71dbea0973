"""`make mutants`: N=200 draws so many by SEED=1, N=all tries what is left; ONLY=table chooses by kind or name."""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from textwrap import indent

from tests.mutants import tables, targets
from tests.mutants.functions import mutants_of
from tests.mutants.kept import History, WhatTestsEnter
from tests.mutants.mutant import Mutant, Told
from tests.mutants.processes import Processes
from tests.mutants.warm import Try
from tracker import create_app
from tracker.settings.configuration import ROOT, Settings


def main() -> int:
    """Print a line for each survivor and a table at the end; give 1 when a mutant of a table lives."""
    history, enters = History(ROOT / "var" / "mutants.jsonl"), WhatTestsEnter(ROOT / "var" / "mutants-tests.pickle")
    wanted, told = chosen(everything(), history)
    started = time.monotonic()
    with Processes(int(os.environ.get("WORKERS") or 2), targets.tests(), ROOT / "var") as processes:
        enters.look(processes)
        print(f"{len(processes.tests)} tests looked at, {len(wanted)} mutants to try", flush=True)
        for one in processes.answers(Try(mutant, enters.concerned(mutant, history)) for mutant in wanted):
            history.add(one)
            told.append(one)
            if one.outcome != "killed":
                print(line_of(one), flush=True)
    print(summary(told))
    print(f"{(time.monotonic() - started) / 60:.1f} min")
    return int(any(one.kind != "function" and one.outcome != "killed" for one in told))


def everything() -> list[Mutant]:
    """Every mutant there is, by kind and name; ONLY leaves those whose kind or name holds its text."""
    with tempfile.TemporaryDirectory() as folder:
        create_app(Settings.from_env({"DATA_DIR": folder}))  # loads every capability with its tables
    for pattern in targets.patterns_without_a_module():
        print(f"No module: tracker/{pattern}")
    found = [mutant for path in targets.modules() for mutant in mutants_of(path)] + list(tables.mutants())
    only = os.environ.get("ONLY", "")
    return [mutant for mutant in found if only in mutant.kind or only in mutant.name]


def chosen(found: list[Mutant], history: History) -> tuple[list[Mutant], list[Told]]:
    """What is to be tried, and what is known already (of all, when all are wanted)."""
    number = os.environ.get("N") or "200"
    if number == "all":
        known = list(history.known(found))
        names = {told.name for told in known}
        return [mutant for mutant in found if mutant.name not in names], known
    seed = int(os.environ.get("SEED") or 1)
    return random.Random(seed).sample(found, min(int(number), len(found))), []


def line_of(told: Told) -> str:
    """A mutant that was not killed, for a reader."""
    why = told.why or ("no test enters it" if not told.tests else f"{told.tests} tests stayed green")
    shown = "" if told.shown == told.name else "\n" + indent(told.shown, "    ")
    return f"{told.outcome}: {told.name} ({why}){shown}"


def summary(told: list[Told]) -> str:
    """All survivors, then a line for each kind."""
    lines = ["", *(line_of(one) for one in sorted(told, key=lambda one: one.name) if one.outcome != "killed"), ""]
    for kind in sorted({one.kind for one in told}):
        outcomes = Counter(one.outcome for one in told if one.kind == kind)
        tried = outcomes["killed"] + outcomes["survived"]
        share = 100 * outcomes["killed"] / tried if tried else 0
        lines.append(
            f"{kind:11}{outcomes['killed']:5} killed of {tried:5} ({share:.1f} %), {outcomes['not tried']} not tried"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
