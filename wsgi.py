"""The web application as gunicorn and the `flask` command find it."""

import os
import sys

from tracker import create_app
from tracker.settings.configuration import Settings
from tracker.setup.start import end_a_command, refuse_what_must_not_be_served

app = create_app(Settings.or_exit())

# A command must be able to look at, and mend, what keeps the site from starting.
if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
    sys.excepthook = end_a_command
else:
    refuse_what_must_not_be_served(app)
