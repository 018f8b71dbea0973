"""The life of a pledge and the acts of its ledger, as data. Pure: no database, no Flask."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.actions import Action


class Status(enum.StrEnum):
    """Where a pledge stands."""

    OFFERED = "offered"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful change of a pledge's status."""

    sources: frozenset[Status]
    target: Status


def _from(*sources: Status, to: Status) -> Transition:
    return Transition(frozenset(sources), to)


TRANSITIONS = {
    Action.SIGN: _from(Status.OFFERED, to=Status.SIGNED),
    Action.ACCEPT: _from(Status.SIGNED, to=Status.ACCEPTED),
    Action.REFUSE: _from(Status.OFFERED, Status.SIGNED, to=Status.REFUSED),
    Action.WITHDRAW: _from(Status.OFFERED, Status.SIGNED, Status.ACCEPTED, to=Status.WITHDRAWN),
    Action.LAPSE: _from(Status.OFFERED, Status.SIGNED, Status.ACCEPTED, to=Status.LAPSED),
    Action.CLOSE: _from(Status.ACCEPTED, to=Status.CLOSED),
}

ENDED_WITH_REASON = (Status.REFUSED, Status.WITHDRAWN, Status.LAPSED)
OPEN = (Status.OFFERED, Status.SIGNED, Status.ACCEPTED)
# Money that came in before a pledge ended is still spent, recovered or refunded.
HOLDS_MONEY = (Status.ACCEPTED, Status.WITHDRAWN, Status.LAPSED, Status.CLOSED)

STATUS_LABELS: dict[str, Any] = {
    Status.OFFERED: lazy("Offered, to be signed"),
    Status.SIGNED: lazy("Signed, to be accepted"),
    Status.ACCEPTED: lazy("Accepted"),
    Status.CLOSED: lazy("Closed"),
    Status.REFUSED: lazy("Refused"),
    Status.WITHDRAWN: lazy("Withdrawn"),
    Status.LAPSED: lazy("Lapsed"),
}


class Origin(enum.StrEnum):
    """Where a pledge came from; imported ones carry their source and its id."""

    FORM = "form"
    IMPORTED = "imported"
    DEMONSTRATION = "demonstration"


class AllocationStatus(enum.StrEnum):
    """Planned posts nothing; approved holds money; what was not paid went back: released (nothing paid), closed."""

    PLANNED = "planned"
    APPROVED = "approved"
    RELEASED = "released"
    CLOSED = "closed"


ALLOCATION_LABELS: dict[str, Any] = {
    AllocationStatus.PLANNED: lazy("Planned"),
    AllocationStatus.APPROVED: lazy("Approved"),
    AllocationStatus.RELEASED: lazy("Released"),
    AllocationStatus.CLOSED: lazy("Closed"),
}


class AccountKind(enum.StrEnum):
    """The accounts of one pledge. `held` and `paid` exist once for each allocation."""

    DONOR = "donor"
    EXPECTED = "expected"
    EXCHANGE = "exchange"
    AVAILABLE = "available"
    SUPPORT = "support"
    LOST = "lost"
    UNAPPLIED = "unapplied"
    HELD = "held"
    PAID = "paid"


ACCOUNT_LABELS: dict[str, Any] = {
    AccountKind.DONOR: lazy("Donor"),
    AccountKind.EXPECTED: lazy("Expected"),
    AccountKind.EXCHANGE: lazy("Exchange"),
    AccountKind.AVAILABLE: lazy("Available"),
    AccountKind.SUPPORT: lazy("Support cost"),
    AccountKind.LOST: lazy("Bank charges"),
    AccountKind.UNAPPLIED: lazy("Beyond what was pledged"),
    AccountKind.HELD: lazy("Held"),
    AccountKind.PAID: lazy("Paid"),
}

IN_PLEDGE_CURRENCY = (
    AccountKind.DONOR,
    AccountKind.EXPECTED,
    AccountKind.EXCHANGE,
    AccountKind.LOST,
    AccountKind.UNAPPLIED,
)
IN_FUND_CURRENCY = (AccountKind.EXCHANGE, AccountKind.AVAILABLE, AccountKind.SUPPORT)
OF_ALLOCATION = (AccountKind.HELD, AccountKind.PAID)


Pairs = tuple[tuple[AccountKind, AccountKind], ...]
_TO_THE_FUND: Pairs = (
    (AccountKind.EXCHANGE, AccountKind.AVAILABLE),
    (AccountKind.EXCHANGE, AccountKind.SUPPORT),
)
_PROMISED: Pairs = ((AccountKind.DONOR, AccountKind.EXPECTED),)
_NO_LONGER_PROMISED: Pairs = ((AccountKind.EXPECTED, AccountKind.DONOR),)


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of financial step: its name on the page, in which statuses of the pledge it may be posted, the event
    of the record that it belongs to, from which account to which its transfers go (a reversal's are those of the
    act that it takes back), and what takes it back (an act's own opposite, or None when it is reversed)."""

    label: Any
    statuses: tuple[Status, ...]
    event: str
    postings: Pairs = ()
    opposite: Any = None

    @property
    def is_about_a_request(self) -> bool:
        """Whether it moves money of one request; else it moves what lies between donor and fund."""
        return any(kind in OF_ALLOCATION for pair in self.postings for kind in pair)


ACTS: dict[str, ActKind] = {
    "accept": ActKind(
        lazy("Pledge accepted"),
        (Status.ACCEPTED,),
        "pledges.accepted",
        _PROMISED,
        lazy("Withdraw the pledge instead."),
    ),
    "raise": ActKind(
        lazy("Pledge raised"), (Status.ACCEPTED,), "pledges.raised", _PROMISED, lazy("Reduce the pledge instead.")
    ),
    "reduce": ActKind(
        lazy("Pledge reduced"),
        (Status.ACCEPTED, Status.WITHDRAWN, Status.LAPSED),
        "pledges.reduced",
        _NO_LONGER_PROMISED,
        lazy("Raise the pledge instead."),
    ),
    "withdraw": ActKind(
        lazy("Pledge withdrawn"),
        (Status.WITHDRAWN,),
        "pledges.withdrawn",
        _NO_LONGER_PROMISED,
        lazy("A new pledge is needed."),
    ),
    "lapse": ActKind(
        lazy("Pledge lapsed"),
        (Status.LAPSED,),
        "pledges.lapsed",
        _NO_LONGER_PROMISED,
        lazy("A new pledge is needed."),
    ),
    "receipt": ActKind(
        lazy("Money received"),
        HOLDS_MONEY,
        "pledges.receipt_recorded",
        (
            (AccountKind.EXPECTED, AccountKind.EXCHANGE),
            *_TO_THE_FUND,
            (AccountKind.EXPECTED, AccountKind.LOST),
            (AccountKind.DONOR, AccountKind.UNAPPLIED),
        ),
    ),
    "apply": ActKind(
        lazy("Money beyond the pledge applied"),
        (Status.ACCEPTED,),
        "pledges.surplus_applied",
        ((AccountKind.UNAPPLIED, AccountKind.EXCHANGE), *_TO_THE_FUND),
    ),
    "return": ActKind(
        lazy("Money beyond the pledge returned"),
        HOLDS_MONEY,
        "pledges.surplus_returned",
        ((AccountKind.UNAPPLIED, AccountKind.DONOR),),
    ),
    "approve": ActKind(
        lazy("Allocation approved"),
        (Status.ACCEPTED,),
        "pledges.allocation_approved",
        ((AccountKind.AVAILABLE, AccountKind.HELD),),
        lazy("Release the allocation instead."),
    ),
    "release": ActKind(
        lazy("Allocation released"),
        HOLDS_MONEY,
        "pledges.allocation_released",
        ((AccountKind.HELD, AccountKind.AVAILABLE),),
        lazy("Approve a new allocation instead."),
    ),
    "disburse": ActKind(lazy("Paid"), HOLDS_MONEY, "pledges.disbursed", ((AccountKind.HELD, AccountKind.PAID),)),
    "recover": ActKind(
        lazy("Recovered"),
        HOLDS_MONEY,
        "pledges.recovered",
        ((AccountKind.PAID, AccountKind.HELD), (AccountKind.PAID, AccountKind.AVAILABLE)),
    ),
    "refund": ActKind(
        lazy("Refunded to the donor"),
        HOLDS_MONEY,
        "pledges.refunded",
        (
            (AccountKind.AVAILABLE, AccountKind.EXCHANGE),
            (AccountKind.SUPPORT, AccountKind.EXCHANGE),
            (AccountKind.EXCHANGE, AccountKind.DONOR),
        ),
    ),
    "reversal": ActKind(
        lazy("Reversed"), HOLDS_MONEY, "pledges.reversed", opposite=lazy("Record the step again instead.")
    ),
}

CONFIRMED_STEPS = ("receipt", "disburse", "recover")
"""Steps with an entry of the bank behind them, recorded by one person: somebody else confirms that they are true."""

PAYEE_KINDS: dict[str, Any] = {
    "supplier": lazy("Supplier"),
    "consultant": lazy("Consultant or expert"),
    "delegate": lazy("Delegate"),
    "travel_agent": lazy("Travel agent or airline"),
    "government": lazy("Government"),
    "un_entity": lazy("United Nations entity"),
    "other": lazy("Other"),
}
METHODS: dict[str, Any] = {
    "bank_transfer": lazy("Bank transfer"),
    "interoffice": lazy("Inter-office voucher"),
    "card": lazy("Card"),
    "cheque": lazy("Cheque"),
    "cash": lazy("Cash"),
}
