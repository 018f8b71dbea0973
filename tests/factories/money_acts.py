"""Every act on a pledge and its money, ready to be done: by its service and, with the same answers, by its page."""

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import Someone
from tests.files.samples import PDF
from tracker.accounts.models import Organisation
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.changing.amounts import propose_raise, propose_reduction
from tracker.pledges.changing.terms import propose_earmarks, propose_extension
from tracker.pledges.models import Act, Allocation, Pledge
from tracker.pledges.proposed_acts import going_back
from tracker.pledges.proposed_acts.reversal import propose_reversal
from tracker.pledges.services import Payment


@dataclass(frozen=True)
class Ready:
    """An act with everything it needs but the actor and the key."""

    who: Someone
    by_service: Callable[..., Any]
    address: str
    form: dict[str, Any] = field(default_factory=dict)
    paper: bytes = b""

    def typed(self) -> dict[str, Any]:
        """What the form is sent with, each time: a client reads a file once."""
        return {**self.form, "file": (io.BytesIO(self.paper), "paper.pdf")} if self.paper else self.form


def day(name: str, on: Any) -> dict[str, str]:
    """A day as a form sends it."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


REASON = {"reason": "There is a reason."}


def _version(model: Any, public_id: uuid.UUID) -> int:
    version = db.session.scalar(sa.select(model.version).where(model.public_id == public_id))
    db.session.rollback()
    return version


def _on_pledge(name: str, who: Someone, pledge: uuid.UUID, form: dict[str, Any] | None = None, **facts: Any) -> Ready:
    endings = {"record_receipt": "receipt"}
    address = f"/pledges/{pledge}/{endings.get(name, name).replace('_', '-')}"
    return Ready(who, partial(getattr(services, name), pledge, **facts), address, form or {})


def _versioned(name: str, who: Someone, pledge: uuid.UUID, form: dict[str, Any] | None = None, **facts: Any) -> Ready:
    return _on_pledge(name, who, pledge, form, version=_version(Pledge, pledge), **facts)


def _on_allocation(
    name: str, who: Someone, allocation: uuid.UUID, form: dict[str, Any] | None = None, **facts: Any
) -> Ready:
    endings = {"approve_allocation": "approve", "cancel_plan": "drop", "release_allocation": "release"}
    address = f"/finance/allocations/{allocation}/{endings.get(name, 'pay' if name == 'disburse' else name)}"
    return Ready(who, partial(getattr(services, name), allocation, **facts), address, form or {})


def _offer(people: make.People) -> Ready:
    terms = make.terms(100_00)
    form = {"step": "review", "title": terms.title, "amount": "100", "currency": "USD", "go": "next"}
    form |= {"instalments-0-amount": "100", **day("instalments-0-due_on", terms.instalments[0].due_on)}
    return Ready(people.officer, partial(services.offer, terms), "/pledges/new", form)


def _file(people: make.People) -> Ready:
    terms, paper = make.terms(100_00), make.agreement()
    donor = db.session.scalar(sa.select(Organisation.public_id).where(Organisation.code == "NORAD"))
    db.session.rollback()
    form = {"donor": str(donor), "title": terms.title, "amount": "100", "currency": "USD", "signed_by": "A. Minister"}
    form |= {"agreement_reference": paper.reference, **day("agreement_date", paper.signed_on)}
    form |= {"instalments-0-amount": "100", **day("instalments-0-due_on", terms.instalments[0].due_on)}
    form |= day("ends_on", paper.ends_on)
    act = partial(services.file_pledge, donor, terms, agreement=paper, signed_by="A. Minister")
    return Ready(people.manager, act, "/pledges/file", form, PDF)


def _accept(people: make.People) -> Ready:
    paper = make.agreement()
    form = {
        "agreement_reference": paper.reference,
        **day("agreement_date", paper.signed_on),
        **day("ends_on", paper.ends_on),
    }
    return replace(_versioned("accept", people.manager, make.signed(people), form, agreement=paper), paper=PDF)


def _close(people: make.People) -> Ready:
    pledge = make.funded(people)
    allocation = make.allocated(people, pledge, make.request_of(), 88_50)
    services.disburse(allocation, actor=people.finance.actor, payment=_payment(88_50))
    return _versioned("close", people.manager, pledge)


def _raise(people: make.People) -> Ready:
    due = today().replace(year=today().year + 1, day=1)
    form = {"amount": "10", **day("due_on", due), **REASON}
    facts = {"amount_minor": 10_00, "due_on": due, **REASON}
    return _proposed(people, "raise", propose_raise, make.accepted(people), form, by=people.officer, **facts)


def _reduce(people: make.People) -> Ready:
    form = {"amount": "10", **REASON}
    facts = {"amount_minor": 10_00, **REASON}
    return _proposed(people, "reduce", propose_reduction, make.accepted(people), form, by=people.manager, **facts)


def _extend(people: make.People) -> Ready:
    later = today().replace(year=today().year + 4, day=1)
    form = {**day("ends_on", later), **REASON}
    facts = {"ends_on": later, **REASON}
    return _proposed(people, "extend", propose_extension, make.accepted(people), form, by=people.officer, **facts)


def _earmark(people: make.People) -> Ready:
    facts = {"rules": (make.Rule("kinds", ("technical",)),), **REASON}
    form = {"kinds": ["technical"], **REASON}
    return _proposed(people, "earmark", propose_earmarks, make.accepted(people), form, by=people.manager, **facts)


def _receipt(people: make.People) -> Ready:
    credit = make.money_in(40_00)
    form = {"amount": "40", "external_reference": credit.external_reference}
    return _on_pledge("record_receipt", people.finance, make.accepted(people), form, money_in=credit)


def _refund(people: make.People) -> Ready:
    form = {"amount": "10", "external_reference": "FIN-9", **REASON}
    facts = {"amount_minor": 10_00, "external_reference": "FIN-9", **REASON}
    return _proposed(people, "refund", going_back.propose_refund, make.funded(people), form, **facts)


def _proposed(
    people: make.People,
    ending: str,
    propose: Callable[..., Any],
    pledge: uuid.UUID,
    form: dict[str, Any],
    by: Someone | None = None,
    **facts: Any,
) -> Ready:
    return Ready(by or people.finance, partial(propose, pledge, key="", **facts), f"/pledges/{pledge}/{ending}", form)


def _reverse(people: make.People) -> Ready:
    pledge = make.funded(people)
    wanted = sa.select(Act.public_id).join(Pledge).where(Pledge.public_id == pledge, Act.name == "receipt")
    act = db.session.scalars(wanted).one()
    db.session.rollback()
    return Ready(
        people.finance, partial(propose_reversal, act, key="", **REASON), f"/pledges/acts/{act}/reverse", dict(REASON)
    )


def _confirm(people: make.People) -> Ready:
    make.funded(people)
    act = db.session.scalars(sa.select(Act.public_id).where(Act.name == "receipt").order_by(Act.id.desc())).first()
    db.session.rollback()
    confirm = partial(services.confirm_posting, act)
    return Ready(people.other_finance, confirm, "/finance/unconfirmed", {"only": str(act)})


def _plan(people: make.People) -> Ready:
    pledge, request = make.funded(people), make.request_of()
    act = partial(services.plan_allocation, pledge, request_id=request.public_id, amount_minor=20_00)
    form = {"pledge": str(pledge), "amount": "20"}
    return Ready(people.manager, act, f"/finance/requests/{request.public_id}/plan", form)


def _planned(name: str, who: str, people: make.People, **facts: Any) -> Ready:
    allocation = make.planned(people, make.funded(people), make.request_of(), 20_00)
    return _on_allocation(name, getattr(people, who), allocation, dict(facts), version=1, **facts)


def _allocated(people: make.People) -> uuid.UUID:
    return make.allocated(people, make.funded(people), make.request_of(), 20_00)


def _release(people: make.People) -> Ready:
    allocation = _allocated(people)
    version = _version(Allocation, allocation)
    return _on_allocation("release_allocation", people.finance, allocation, dict(REASON), version=version, **REASON)


def _payment(amount_minor: int) -> Payment:
    return Payment(amount_minor, today(), "FIN-1", "supplier", "card")


PAID = {"amount": "5", "external_reference": "FIN-1", "payee_kind": "supplier", "method": "card"}


def _out_or_back(name: str, people: make.People) -> Ready:
    allocation = _allocated(people)
    # The first payment is an act of two: it starts the delivery too.
    services.disburse(allocation, actor=people.finance.actor, payment=_payment(10_00))
    return _on_allocation(name, people.finance, allocation, PAID, payment=_payment(5_00))


def _surplus(ending: str, propose: Callable[..., Any], people: make.People) -> Ready:
    return _proposed(people, ending, propose, make.funded(people, received=110_00), dict(REASON), **REASON)


MONEY_ACTS: dict[str, Callable[[make.People], Ready]] = {
    "offer": _offer,
    "sign": lambda people: _versioned("sign", people.signatory, make.offered(people)),
    "file_pledge": _file,
    "accept": _accept,
    "refuse": lambda people: _versioned("refuse", people.manager, make.signed(people), REASON, **REASON),
    "withdraw": lambda people: _versioned("withdraw", people.signatory, make.accepted(people), REASON, **REASON),
    "lapse": lambda people: _versioned("lapse", people.manager, make.accepted(people), REASON, **REASON),
    "close": _close,
    "raise": _raise,
    "reduce": _reduce,
    "extend": _extend,
    "earmark": _earmark,
    "record_receipt": _receipt,
    "apply_surplus": partial(_surplus, "apply-surplus", going_back.propose_to_apply),
    "return_surplus": partial(_surplus, "return-surplus", going_back.propose_to_return),
    "refund": _refund,
    "reverse": _reverse,
    "confirm_posting": _confirm,
    "plan_allocation": _plan,
    "approve_allocation": partial(_planned, "approve_allocation", "finance"),
    "cancel_plan": partial(_planned, "cancel_plan", "manager", **REASON),
    "release_allocation": _release,
    "disburse": partial(_out_or_back, "disburse"),
    "recover": partial(_out_or_back, "recover"),
}
"""By the name of the service: what makes a subject ready for it, in the hands of these people."""
