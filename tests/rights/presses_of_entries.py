"""One lawful press of every button of reconciliation."""

from tests.rights.press import Press, day
from tracker.calendar.now import today

_REASON = {"reason": "There is a reason for it."}
ENTRIES = {
    "desks.pay_ticked": Press(
        "finance_officer",
        {
            **day("value_date", today()),
            "rows-0-external_reference": "UMOJA 9",
            "rows-0-payee_kind": "supplier",
            "method": "card",
        },
        "/finance/worklist/pay?p={allocated}.0",
    ),
    "desks.approve_ticked": Press("finance_officer", on="/finance/worklist/approve?a={planned}.1"),
    "reconciling.add_source": Press("finance_officer", {"name": "Another bank", "sign": "out_plus"}),
    "reconciling.change_source": Press("finance_officer", {"name": "Another bank", "sign": "out_plus"}),
    "reconciling.compare_again": Press("finance_officer", on="/finance/reconciliation"),
    "reconciling.explain_entry": Press("finance_officer", _REASON),
    "reconciling.explain_posting": Press("finance_officer", _REASON),
    "reconciling.reopen_entry": Press("finance_officer"),
    "reconciling.match_entry": Press("finance_officer", lambda world: {"step": str(world.ids["like_the_entry"])}),
}
