"""`python -m tracker.supervisor`."""

import sys

from tracker.supervisor.run import main

sys.exit(main())
