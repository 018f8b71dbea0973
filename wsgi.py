"""The web application as gunicorn and the `flask` command find it."""

import os
import sys

from tracker import create_app
from tracker.database import writers
from tracker.settings.configuration import Settings
from tracker.setup.start import (
    ask_before_commands,
    close_at_exit,
    end_a_command,
    refuse_what_must_not_be_served,
)

settings = Settings.or_exit()
app = create_app(settings)
close_at_exit(app)

# A command must be able to look at, and mend, what keeps the site from starting; the others leave alone what they
# do not know.
if os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "run" not in sys.argv:
    sys.excepthook = end_a_command
    ask_before_commands(app)
else:
    refuse_what_must_not_be_served(app)
    writers.admit_at_most(max(1, settings.web_threads // 2))
