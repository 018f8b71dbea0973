"""What must be so before anything is started: folders that can be written, data of ours alone, a free port."""

import errno
import fcntl
import os
import shutil
import socket
from pathlib import Path

from tracker.settings.configuration import Settings
from tracker.supervisor import CannotRun

MEGABYTE = 2**20
# A first start writes 3 MB, its logs and its broker a little more, and 35 MB of compiled files where none may lie
# beside the sources; a full disk in the middle helps nobody.
ROOM_NEEDED = 64 * MEGABYTE
_held: list[int] = []


def prepare(settings: Settings) -> None:
    """Make the folders, take the data for this process, see that the port is free. Raise CannotRun."""
    make_folders(settings)
    compile_once(settings.data_dir / "run" / "bytecode")
    take(settings.data_dir / "run" / "instance.lock")
    refuse_a_port_in_use(settings.host, settings.port)


def make_folders(settings: Settings) -> None:
    """The data folder and what lies in it, readable by this account alone, with room for a start. Raise CannotRun."""
    socket_folder = settings.broker_socket.parent
    wanted = [(settings.data_dir / name, "DATA_DIR") for name in (".", "run", "log")]
    wanted += [(settings.files_dir, "FILES_DIR"), (socket_folder, "DATA_DIR")]
    if settings.sqlite_path:
        wanted.append((settings.sqlite_path.parent, "DATABASE_URL"))
    for folder, variable in wanted:
        _make(folder, variable)
    if socket_folder.stat().st_uid != os.getuid():
        raise CannotRun(f"{socket_folder} belongs to somebody else: remove it, or set REDIS_URL.")
    free = shutil.disk_usage(settings.data_dir).free
    if free < ROOM_NEEDED:
        raise CannotRun(
            f"{settings.data_dir} has only {free // MEGABYTE} MB left, and {ROOM_NEEDED // MEGABYTE} MB are needed: "
            "make room, or name another folder in DATA_DIR."
        )


def compile_once(folder: Path) -> None:
    """Let the processes share what Python compiles. Whoever wants no compiled files beside the sources, as many
    containers do, would wait for each of them to compile everything again, which is most of a start."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(folder))


def _make(folder: Path, variable: str) -> None:
    probe = folder / f".written-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise CannotRun(
            f"{folder} cannot be written ({problem.strerror}): make it writable, or name another place in {variable}."
        ) from None


def take(lock: Path) -> None:
    """Hold `lock` as long as this process lives; the system lets go of it however the process ends."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode() or "unknown"
        os.close(descriptor)
        raise CannotRun(
            f"The tracker is already running on the data in {lock.parent.parent} (process {holder}): stop it first, "
            "or name another folder in DATA_DIR."
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    _held.append(descriptor)


def refuse_a_port_in_use(host: str, port: int) -> None:
    """Raise CannotRun when the site could not listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotRun(_why_not(problem, host, port)) from None


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program: stop it, or choose another, as in PORT={port + 1} make run."
    if problem.errno == errno.EACCES:
        return f"Port {port} is kept for the system's administrator: choose one from 1024 up, as in PORT=8000 make run."
    return f"This machine cannot listen on {host} ({problem.strerror}): set HOST to one of its own addresses."
