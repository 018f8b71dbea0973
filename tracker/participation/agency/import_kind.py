"""The agency's statement as a kind of record on the import page."""

from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.participation.agency import imports, services
from tracker.participation.agency.columns import COLUMNS
from tracker.participation.agency.models import AgencyLine
from tracker.participation.agency.policies import IMPORTERS

STATEMENT = Kind(
    services.WHAT,
    N_("Statement of the travel agency"),
    N_("Statement of the travel agency: a line for each sale, exchange, fee and refund by ticket number, CSV or XLSX."),
    lands=N_(
        "The lines are kept beside our tickets. No money moves: what differs stands in a list until the ticket is "
        "corrected, the refund is recorded, or somebody says why."
    ),
    whose=N_("State"),
    roles=IMPORTERS,
    read=imports.read,
    examine=services.examine,
    take_over=services.import_statement,
    end=services.end_statement,
    model=AgencyLine,
    columns=COLUMNS,
)
