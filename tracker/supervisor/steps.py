"""`python -m tracker.supervisor.steps`: commands of the application, one after the other in one process."""

import contextlib
import io
import json
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A command as it is typed after `flask`, what is said before it, and whether what it prints is shown."""

    sentence: str
    command: list[str]
    shown: bool = False


def main(steps: list[Step]) -> None:
    """Do them in turn; the first that fails ends the process with its exception on standard error."""
    from flask.cli import cli

    for step in steps:
        if step.sentence:
            print(f"  {step.sentence}", flush=True)
        with contextlib.nullcontext() if step.shown else contextlib.redirect_stdout(io.StringIO()):
            cli.main(["--app", "wsgi", *step.command], prog_name="flask", standalone_mode=False)


if __name__ == "__main__":
    main([Step(**step) for step in json.loads(sys.argv[1])])
