"""Pledges as a kind of record on the import page."""

from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.pledges import imports
from tracker.pledges.models import Pledge
from tracker.pledges.services import importing
from tracker.rights.actor import MONEY_PLANNERS

PLEDGES = Kind(
    "pledges",
    N_("Pledges"),
    N_("Pledges: the export of the Financial Tracking Service (FTS) as CSV or XLSX."),
    N_("Requests land as submitted and pledges with the status of the file, dated as in the source."),
    N_("Donor"),
    roles=MONEY_PLANNERS,
    read=imports.read,
    examine=importing.examine,
    take_over=importing.import_pledges,
    end=importing.end_pledges,
    model=Pledge,
)
