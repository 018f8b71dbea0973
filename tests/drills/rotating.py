"""A rotation of the sealing key that kills itself at one step: `python -m tests.drills.rotating STEP AT_ONCE`."""

import sys

from tests.drills.killing import Steps
from tracker import create_app
from tracker.sealing.rotating import rotate
from tracker.settings.configuration import Settings


def main() -> None:
    """Rotate as `flask sealing rotate` does; the process ends at the step that was chosen, or has done all."""
    with create_app(Settings.from_env()).app_context():
        Steps().arm(int(sys.argv[1]))
        print(rotate(at_once=int(sys.argv[2])).done)


if __name__ == "__main__":
    main()
