"""Figures at a glance: what is open, for how long, on whom it waits, from which group; all of one list."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker.assistance.lifecycle import OPEN, STATUS_LABELS, WaitingFor
from tracker.reference.lifecycle import REGIONAL_GROUPS
from tracker.rights.actor import REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.presenting import group_name, status_label
from tracker.triage.queue.bulk import workload
from tracker.triage.queue.figures import AGES, open_figures
from tracker.web.access import access, current_actor


@bp.get("/figures", endpoint="figures")
@access(*REQUEST_READERS)
def figures_page() -> Any:
    """Plots with their tables; every total equals the length of the queue."""
    found = open_figures(current_actor())
    unassigned, for_the_office = found.count(assigned=0), found.wait_for(WaitingFor.OFFICE)
    statuses = [status for status in STATUS_LABELS if status in OPEN]
    return render_template(
        "triage/queue/figures.html",
        total=found.total,
        ages=[_(words) for words, _limit in AGES],
        by_status=[(status_label(s), [found.count(status=s, age=n) for n in range(len(AGES))]) for s in statuses],
        by_side=[
            (_("UNODC"), for_the_office),
            (_("A State"), found.total - for_the_office),
        ],
        by_group=[(group_name(code), found.count(group=code)) for code in (*REGIONAL_GROUPS, None)],
        by_kind=found.kinds,
        officers=[
            *((row.name, row.public_id, row.open, row.overdue or 0) for row in workload(current_actor()).givers),
            (_("nobody yet"), "nobody", unassigned, found.count(assigned=0, overdue=1)),
        ],
        unassigned=unassigned,
        overdue=found.count(overdue=1),
    )
