"""The web application as gunicorn and the `flask` command find it."""

import os

from tracker import create_app
from tracker.config import Settings
from tracker.setup.start import refuse_demonstration_accounts

app = create_app(Settings.or_exit())

# A command must be able to look at, and mend, what keeps the site from starting.
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    refuse_demonstration_accounts(app)
