"""Everything that can be told without running the product; every check runs, then the failures are named."""

import subprocess
import sys
import time

from tracker.settings.configuration import ROOT

PYTHON = [sys.executable, "-m"]
BESIDE_PYTHON = f"{sys.exec_prefix}/bin/"

CHECKS: dict[str, list[str]] = {
    "format": [*PYTHON, "ruff", "format", "--check", "--quiet", "."],
    "lint": [*PYTHON, "ruff", "check", "--quiet", "."],
    "types": [*PYTHON, "mypy"],
    "imports": [f"{BESIDE_PYTHON}lint-imports"],
    "templates": [*PYTHON, "djlint", "templates", "--lint", "--quiet"],
    "migrations on sqlite": [*PYTHON, "pytest", "-q", "tests/database/test_migrations.py"],
    "migrations on postgresql": [*PYTHON, "pytest", "-q", "tests/database/test_migrations.py"],
    "architecture": [*PYTHON, "pytest", "-q", "tests/architecture"],
}


WITHOUT_TESTS = "without-tests"
"""Named instead of a check: leave out those that are tests, because all tests run anyway, as in .ci/run."""


def main(wanted: list[str]) -> int:
    """Run the checks named (all without a name); give 1 when one failed."""
    if wanted == [WITHOUT_TESTS]:
        wanted = [name for name, command in CHECKS.items() if "pytest" not in command]
    failed = []
    for name, command in CHECKS.items():
        if wanted and name not in wanted:
            continue
        started = time.monotonic()
        engine = {"TRACKER_TEST_ENGINE": name.rpartition(" ")[2]} if name.startswith("migrations") else {}
        done = subprocess.run(
            command, cwd=ROOT, env={**environment(), **engine}, capture_output=True, text=True, check=False
        )
        print(
            f"{name:26} {'ok' if done.returncode == 0 else 'FAILED':7}{time.monotonic() - started:5.1f} s", flush=True
        )
        if done.returncode:
            failed.append(name)
            print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def environment() -> dict[str, str]:
    """The environment without the marks of a terminal, so that what is shown is plain text."""
    import os

    return {**os.environ, "NO_COLOR": "1", "COLUMNS": "140"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
