"""Long work with progress that survives a killed worker and can be left and cancelled."""

from tracker.jobs import models

__all__ = ["models"]
