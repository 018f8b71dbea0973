"""The web application as gunicorn and the `flask` command find it."""

from tracker import create_app
from tracker.config import Settings

app = create_app(Settings.from_env())
