"""The one form about a job: stop it."""

from tracker.web.forms import KeyedForm


class CancelForm(KeyedForm):
    """Nothing to fill in: the button and its key."""
