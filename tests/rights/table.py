"""The expectation: `matrix.txt`, one line for each endpoint, method and subject, to be read by people.

    triage.take_up GET kenya: 200 triage_officer programme_manager; 302 anonymous; 403 the rest

`the rest` are the personas of the status that most have. A POST is sent with an empty form: 422 means that the
person may, and the form asks for its answers; 409 that the person may, and the form must say which version was seen;
302 that one button was all there was to press.
"""

from collections import defaultdict
from pathlib import Path

from tests.rights.people import PERSONAS

PATH = Path(__file__).with_name("matrix.txt")
REST = "the rest"
Row = tuple[str, str, str]
"""Endpoint, method, subject."""


def line(row: Row, statuses: dict[str, int]) -> str:
    """One row as text."""
    groups = defaultdict(list)
    for persona in PERSONAS:
        groups[statuses[persona]].append(persona)
    largest = max(groups, key=lambda status: (len(groups[status]), status))
    told = {status: " ".join(people) for status, people in groups.items()}
    told[largest] = REST if len(groups) > 1 else "everybody"
    parts = [f"{status} {told[status]}" for status in sorted(set(groups) - {largest})]
    return f"{row[0]} {row[1]} {row[2]}: {'; '.join([*parts, f'{largest} {told[largest]}'])}"


def parse(text: str) -> tuple[Row, dict[str, int]]:
    """A line back as row and statuses."""
    head, _colon, tail = text.partition(": ")
    endpoint, method, subject = head.split(" ", 2)
    statuses: dict[str, int] = {}
    rest = 0
    for part in tail.split("; "):
        status, names = part.split(" ", 1)
        if names in (REST, "everybody"):
            rest = int(status)
        statuses |= dict.fromkeys(names.split(), int(status)) if names not in (REST, "everybody") else {}
    return (endpoint, method, subject), {persona: statuses.get(persona, rest) for persona in PERSONAS}


def read() -> dict[Row, dict[str, int]]:
    """The committed table."""
    lines = PATH.read_text().splitlines() if PATH.exists() else []
    return dict(parse(text) for text in lines if text and not text.startswith("#"))


HEAD = """\
# Who may what: every address, method and subject, and the status that each persona gets (tests/rights/table.py).
# Written by `make matrix`, then read line by line against what the product promises; a line is
# committed because it is right, not because it is what the code does.
"""


def write(rows: dict[Row, dict[str, int]]) -> None:
    """Write the table anew."""
    lines, before = [], ""
    for row in sorted(rows):
        blueprint = row[0].partition(".")[0]
        lines += [""] if before and blueprint != before else []
        lines.append(line(row, rows[row]))
        before = blueprint
    PATH.write_text(f"{HEAD}\n" + "\n".join(lines) + "\n")
