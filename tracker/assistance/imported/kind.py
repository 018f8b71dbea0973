"""Requests as a kind of record on the import page."""

from tracker.assistance.imported import imports, services
from tracker.assistance.imported.published import COLUMNS
from tracker.assistance.models import AssistanceRequest
from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.rights.actor import REQUEST_OFFICERS

REQUESTS = Kind(
    "requests",
    N_("Requests"),
    N_(
        "Requests: CSV or XLSX with our columns, IATI 2.03 XML, the UNDP projects as JSON, the 1540 Committee's list "
        "as CSV."
    ),
    N_("Requests land as submitted and pledges with the status of the file, dated as in the source."),
    N_("State"),
    roles=REQUEST_OFFICERS,
    read=imports.read,
    examine=services.examine,
    take_over=services.import_requests,
    end=services.end_requests,
    model=AssistanceRequest,
    parts=services.PARTS,
    forget=services.forget_requests,
    columns=COLUMNS,
)
