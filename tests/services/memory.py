"""Temporary folders, in memory where the machine has such, removed after a run."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 1 << 30


def quick_folder(prefix: str = "tracker-database-") -> Path:
    """A new folder, in memory where there is room, so that nothing waits for a disk.

    What was committed there survives a killed process, not a machine that falls.
    """
    in_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if in_memory else None))
