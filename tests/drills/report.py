"""var/drill.json: what each drill came to, and what the parts of a drill add up to."""

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.drills.frame import Line


@dataclass
class Report:
    """The lines of this run, beside those of the other parts at the same scale."""

    file: Path
    scale: float
    part: tuple[int, int]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = [line for line in self._kept() if line["part"][1] == self.part[1] > 1]

    def _kept(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        kept = json.loads(self.file.read_text())
        return [line for line in kept["lines"] if "part" in line] if kept.get("scale") == self.scale else []

    def take(self, new: Iterable[Line]) -> None:
        """Keep the lines of a drill in place of those that the same part left before; the file is whole after each."""
        told = [asdict(line) | {"part": list(self.part)} for line in new]
        again = {_place(line) for line in told}
        self.lines = [line for line in self.lines if _place(line) not in again] + told
        self.file.parent.mkdir(exist_ok=True)
        kept = {"scale": self.scale, "lines": self.lines, "sums": self.sums()}
        self.file.write_text(json.dumps(kept, indent=1) + "\n")

    def sums(self) -> list[dict[str, Any]]:
        """One row for a promise and engine: how many parts are done, how long they took, what was counted in all."""
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for line in self.lines:
            groups.setdefault((line["outcome"]["promise"], line["engine"]), []).append(line)
        return [_sum(*names, lines) for names, lines in sorted(groups.items())]


def _place(line: dict[str, Any]) -> tuple[str, str, int]:
    return line["drill"], line["engine"], line["part"][0]


def _sum(promise: str, engine: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    parts = {tuple(line["part"]) for line in lines}
    counts: dict[str, int] = {}
    for line in lines:
        for name, number in line["outcome"]["counts"].items():
            counts[name] = counts.get(name, 0) + number
    return {
        "promise": promise,
        "engine": engine,
        "parts": f"{len(parts)} of {next(iter(parts))[1]}",
        "held": all(line["outcome"]["held"] for line in lines),
        "minutes": round(math.fsum(line["minutes"] for line in lines), 1),
        "counts": counts,
    }
