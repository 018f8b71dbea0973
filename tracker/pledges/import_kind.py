"""Pledges as a kind of record on the import page."""

from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.pledges import imports
from tracker.pledges.services import importing
from tracker.rights.actor import MONEY_PLANNERS

PLEDGES = Kind(
    "pledges",
    N_("Pledges"),
    N_("Pledges: the export of the Financial Tracking Service (FTS) as CSV or XLSX."),
    roles=MONEY_PLANNERS,
    read=imports.read,
    examine=importing.examine,
    take_over=importing.import_pledges,
)
