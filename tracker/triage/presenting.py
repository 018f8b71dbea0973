"""How the office reads a request: its status and its State, what it lets others see, what a decision brings."""

from flask_babel import gettext as _

from tracker.assistance.fields import table
from tracker.assistance.lifecycle import KIND_LABELS, MARKING_LABELS, STATUS_LABELS, Kind, Marking, Status
from tracker.reference.lifecycle import GROUP_NAMES


def status_label(status: str) -> str:
    """The status in the office's words."""
    return _(STATUS_LABELS[Status(status)][1])


def kind_label(kind: str) -> str:
    return _(KIND_LABELS[Kind(kind)])


def marking_label(marking: str) -> str:
    return _(MARKING_LABELS[Marking(marking)])


def field_label(field: str) -> str:
    """The name of a questioned answer."""
    return _(table.label(field))


def group_name(code: str | None) -> str:
    """A regional group, or that there is none."""
    return _(GROUP_NAMES.get(code, GROUP_NAMES[None]))
