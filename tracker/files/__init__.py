"""The one store of files: put, open, delete. Who may read a file is decided by the capability that it belongs to."""

from tracker.files import models

__all__ = ["models"]
