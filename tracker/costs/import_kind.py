"""The office's own rates and rules of travel cost as kinds of records on the import page."""

from typing import Any

from tracker.costs import columns, imports, naming, services
from tracker.costs.models import CostRate, CostRule
from tracker.imports.kinds import Kind
from tracker.languages.marking import N_

_BOTH: dict[str, Any] = {
    "lands": N_(
        "The rows stand beside those that are there. From its day on the newest counts, and what the office imported "
        "goes before what was delivered. Amounts that were approved or paid stay."
    ),
    "roles": ("administrator",),
}
RATES = Kind(
    services.RATES,
    N_("Rates of travel cost"),
    N_("Rates of travel cost (daily rates, fares, terminal expenses, insurance): CSV or XLSX with our columns."),
    whose=N_("Place"),
    read=imports.read_rates,
    examine=services.examine_rates,
    take_over=services.import_rates,
    end=services.end_rates,
    model=CostRate,
    held=naming.rates_named,
    columns=columns.RATE_COLUMNS,
    **_BOTH,
)
RULES = Kind(
    services.RULES,
    N_("Rule sets of travel cost"),
    N_("Rule sets of travel cost (percentages of the daily rate): CSV or XLSX with our columns."),
    whose=N_("Rule set"),
    read=imports.read_rules,
    examine=services.examine_rules,
    take_over=services.import_rules,
    end=services.end_rules,
    model=CostRule,
    held=naming.rules_named,
    columns=columns.RULE_COLUMNS,
    **_BOTH,
)
