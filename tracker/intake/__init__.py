"""Files from outside: refused whole when broken or hostile, read row by row, answered row by row."""

from tracker.intake import models

__all__ = ["models"]
