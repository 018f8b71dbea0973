"""Seeing which functions of the product a test enters: a mutant of another function is no concern of that test."""

import sys
import threading
from collections.abc import Collection
from types import FrameType
from typing import Any

from tests.mutants.targets import READERS, modules

_KEYS = dict(READERS.values())


class Watch:
    """While it is open, `entered` collects what is called, in every thread: functions of `files` as
    "path:qualified.name", and as "name=value" who asks for a table's row by its key."""

    def __init__(self, files: Collection[str] | None = None) -> None:
        self.files = frozenset(map(str, modules())) if files is None else files
        self.entered: set[str] = set()

    def __enter__(self) -> "Watch":
        threading.settrace(self._note)
        sys.settrace(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]  # takes it as sys.settrace does

    def _note(self, frame: FrameType, _event: str, _argument: Any) -> None:
        """Called for each call; giving nothing back, it is not called for the lines."""
        code = frame.f_code
        if code.co_filename in self.files:
            self.entered.add(sys.intern(f"{code.co_filename}:{code.co_qualname}"))
        if (argument := _KEYS.get(code.co_name)) and argument in frame.f_locals:
            key = frame.f_locals[argument]
            self.entered.add(f"{code.co_name}={key if isinstance(key, str) else getattr(key, 'name', '')}")
