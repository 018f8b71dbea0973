"""One lawful press of a button: who presses, what is typed, and on which page the form stands."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.files.samples import PDF
from tests.rights.world import World

Typed = dict[str, Any] | Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Press:
    """A press that is lawful in the world: `by` is a persona, `on` the page with the form where that is another than
    the address (a name of the world's in braces becomes its id), `subject` a label of the table, `first` what has to
    happen before. A name that ends with a star stands for every input whose name begins so."""

    by: str
    typed: Typed = field(default_factory=dict)
    on: str = ""
    subject: str = ""
    first: Callable[[World], None] | None = None


def day(name: str, when: date) -> dict[str, str]:
    """A day as three inputs."""
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def paper() -> tuple[io.BytesIO, str]:
    """A document that is handed in; the test reads it anew for every press."""
    return io.BytesIO(PDF), "paper.pdf"
