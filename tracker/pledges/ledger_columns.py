"""The columns of a pledge's ledger, for its page and its file alike. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.lifecycle import AccountKind

RECEIVED, RETURNED = "received", "returned"
"""What came from the donor and what went back to it; the other figures are balances of accounts."""
FROM_THE_DONOR = {(AccountKind.EXPECTED, AccountKind.EXCHANGE), (AccountKind.DONOR, AccountKind.UNAPPLIED)}
TO_THE_DONOR = {(AccountKind.UNAPPLIED, AccountKind.DONOR), (AccountKind.EXCHANGE, AccountKind.DONOR)}


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of every step: `name` in the file, `label` and `meaning` on the page, where a column that is not
    `always` shown is left out as long as nothing moved in it. `own`: in the pledge's currency, not the fund's."""

    name: str
    label: Any
    meaning: Any
    own: bool = False
    always: bool = True

    def currency(self, pledge_currency: str) -> str:
        """In which currency a pledge's figures of this column are."""
        return pledge_currency if self.own else FUND_CURRENCY


COLUMNS = (
    Column(AccountKind.EXPECTED.value, lazy("Expected"), lazy("Promised and not received yet."), own=True),
    Column(
        RECEIVED, lazy("Received"), lazy("What arrived on the office's account, as it was credited there."), own=True
    ),
    Column(
        AccountKind.LOST.value,
        lazy("Charges"),
        lazy("What banks kept on the way: the donor paid it, and it is not there to be used."),
        own=True,
        always=False,
    ),
    Column(
        AccountKind.UNAPPLIED.value,
        lazy("Surplus"),
        lazy("Received beyond what was expected, and neither applied nor returned yet."),
        own=True,
        always=False,
    ),
    Column(
        RETURNED, lazy("Returned"), lazy("Surplus and unspent money that went back to the donor."), True, always=False
    ),
    Column(
        AccountKind.AVAILABLE.value,
        lazy("Available"),
        lazy("Received and free: it can be allocated to requests."),
    ),
    Column(
        AccountKind.SUPPORT.value,
        lazy("Support cost"),
        lazy("The part of what was received that covers the office's own costs. It is never allocated."),
    ),
    Column(AccountKind.HELD.value, lazy("Held"), lazy("Set aside for a request and not paid out yet.")),
    Column(AccountKind.PAID.value, lazy("Paid"), lazy("Paid out for requests, less what was recovered.")),
)


def figures(source: str, target: str, amount_minor: int, *, reversal: bool) -> Mapping[str, int]:
    """What one transfer changes: the two accounts, and what came or went back where it did. A reversal's transfers are
    those of the step that it takes back, exchanged."""
    changes = {source: -amount_minor, target: amount_minor}
    went, sign = ((target, source), -1) if reversal else ((source, target), 1)
    if went in FROM_THE_DONOR:
        changes[RECEIVED] = sign * amount_minor
    elif went in TO_THE_DONOR:
        changes[RETURNED] = sign * amount_minor
    return changes
