"""Run the suite on SQLite and again on PostgreSQL; end with one line for each."""

import os
import re
import signal
import subprocess
import sys
import time

from tracker.settings.configuration import ROOT

ENGINES = ("sqlite", "postgresql")
INTERRUPTED = 2
"""How pytest ends when it was asked to; below zero when it was killed."""


def main(arguments: list[str]) -> int:
    """Give pytest's arguments on; the exit code is 0 when both runs passed."""
    closing = []
    for engine in ENGINES:
        print(f"\n=== the suite on {engine} ===\n", flush=True)
        started = time.monotonic()
        code, last = run(engine, arguments)
        closing.append((engine, code, last, time.monotonic() - started))
        if code == INTERRUPTED or code < 0:
            break
    print()
    for engine, code, last, seconds in closing:
        print(f"{engine:11} {'passed' if code == 0 else 'FAILED'}  {last}  ({seconds:.0f} s in all)")
    return max(code for _, code, _, _ in closing)


def run(engine: str, arguments: list[str]) -> tuple[int, str]:
    """One run of pytest, shown as it goes; its exit code and its closing line."""
    workers = [] if any(argument.startswith("-n") for argument in arguments) else ["-n", "2"]
    command = [sys.executable, "-m", "pytest", "-q", *workers, "--dist", "loadgroup", *arguments]
    surroundings = {**os.environ, "TRACKER_TEST_ENGINE": engine}
    if surroundings.pop("PYTHONDONTWRITEBYTECODE", None):
        # Whoever wants no compiled files beside the sources still wants each file compiled once, not for each process.
        surroundings["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "bytecode")
    # A shell that starts this with "&" lets SIGINT be ignored, and pytest would inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, process_group=0)

    def end_in_order(*_: object) -> None:
        """Each process of pytest stops the servers that it started, wherever the wish comes from."""
        os.killpg(process.pid, signal.SIGINT)

    signal.signal(signal.SIGINT, end_in_order)
    signal.signal(signal.SIGTERM, end_in_order)
    last = "no closing line"
    assert process.stdout
    for line in process.stdout:
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            last = line.strip(" =\n")
    return process.wait(), last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
