"""`python -m tracker.supervisor`; with `--reload` as `make dev` runs it."""

import sys

from tracker.supervisor.run import main

sys.exit(main(reload="--reload" in sys.argv[1:]))
