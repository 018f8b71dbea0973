"""What a drill is, where it is held, and how its outcome is told."""

import pkgutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from flask import Flask

from tests.services.broker import Broker
from tests.services.postgresql import Server
from tracker.extensions import celery

Each = TypeVar("Each")


@dataclass(frozen=True)
class DrillSite:
    """An application on an empty database, a broker, and how much of the full drill is wanted (1.0 is all) in which of
    how many parts."""

    app: Flask
    broker: Broker
    folder: Path
    scale: float
    # The PostgreSQL server when it is the drill's own, so that it may be restarted.
    server: Server | None = None
    part: tuple[int, int] = (1, 1)

    def some_of(self, full: int, *, least: int = 1) -> int:
        """The wanted part of a full count."""
        return max(least, round(full * self.scale / self.part[1]))

    def mine(self, everything: Sequence[Each]) -> Sequence[Each]:
        """The share of this part in what has to be tried one by one."""
        number, parts = self.part
        return everything[number - 1 :: parts]


@dataclass(frozen=True)
class Outcome:
    """What came out for one promise: a figure for people, and whether the goal was reached."""

    promise: str
    figure: str
    goal: str
    held: bool
    # Whether only the time fell short: a busy machine is slow, and yet nothing was broken.
    late: bool = False
    # What adds up over the parts of a drill.
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Drill:
    """One exercise; it may show several promises at once."""

    promises: tuple[str, ...]
    run: Callable[[DrillSite], list[Outcome]]
    # Whether the acts of the drill wake the workers; where nobody listens that would only take its time.
    wakes: bool = False
    # How much of it the suite carries.
    small: float = 0.02


@dataclass(frozen=True)
class Line:
    """An outcome with the engine it was reached on and the time it took."""

    engine: str
    outcome: Outcome
    minutes: float
    drill: str

    def __str__(self) -> str:
        outcome = self.outcome
        word = "held" if outcome.held else "FELL SHORT"
        told = f"{outcome.promise:4} {self.engine:10} {outcome.figure}  [{outcome.goal}]"
        return f"{told}  {self.minutes:.1f} min  {word}"


def drills() -> list[Drill]:
    """Every drill there is, by the numbers of their promises."""
    package = import_module("tests.drills")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.name.startswith("g"))
    return [drill for name in names for drill in import_module(f"tests.drills.{name}").DRILLS]


def hold(drill: Drill, site: DrillSite, engine: str) -> list[Line]:
    """Run one drill and time it; a drill that breaks has fallen short of all it was to show."""
    started = time.monotonic()
    broker = celery.conf.broker_url
    celery.conf.broker_url = broker if drill.wakes else None
    try:
        outcomes = drill.run(site)
    except Exception as problem:
        outcomes = [Outcome(name, f"broke: {problem!r}", "to be held", False) for name in drill.promises]
    finally:
        celery.conf.broker_url = broker
    minutes = (time.monotonic() - started) / 60
    return [Line(engine, outcome, minutes, drill.run.__module__.rpartition(".")[2]) for outcome in outcomes]
