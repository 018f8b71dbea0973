"""Receipts and payments are confirmed by a second finance officer or by the finance system's entry, once."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.pledges.test_corrections import payment, step
from tests.pledges.test_races import at_once
from tracker.database.transactions import transaction
from tracker.errors import Conflict, DomainError, Forbidden
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.models import Act, FoundThere, Pledge, PostingConfirmation


def confirmed() -> list[tuple[str, int | None, str | None]]:
    c = PostingConfirmation
    rows = db.session.execute(sa.select(Act.name, c.confirmed_by_id, c.entry).join(c, c.act_id == Act.id)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def test_somebody_else_confirms_what_was_recorded(people):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
    for name in ("receipt", "disburse"):
        with pytest.raises(Forbidden) as refused:
            services.confirm_posting(step(name), actor=people.finance.actor)
        assert refused.value.refusal.code == "two_persons"
        db.session.rollback()
        services.confirm_posting(step(name), actor=people.other_finance.actor)
        with pytest.raises(Conflict):
            services.confirm_posting(step(name), actor=people.other_finance.actor)
        db.session.rollback()
    second = people.other_finance.actor.person_id
    assert confirmed() == [("receipt", second, None), ("disburse", second, None)]


def test_only_receipts_and_payments_that_stand_are_confirmed(people):
    make.funded(people)
    receipt = step("receipt")
    make.reverse(people, receipt)
    for act in (receipt, step("reversal"), step("accept")):
        with pytest.raises(Forbidden) as refused:
            services.confirm_posting(act, actor=people.other_finance.actor)
        assert refused.value.refusal.code == "status"
        db.session.rollback()
    assert confirmed() == []


def test_the_finance_systems_entries_confirm_once(people):
    make.funded(people)
    steps = db.session.scalars(sa.select(Act.id)).all()
    own = frozenset({people.finance.person_id})
    db.session.rollback()
    with transaction():
        assert services.confirm_by_entries([FoundThere(one, "UMOJA 7", own) for one in steps]) == 0
        found = [FoundThere(one, "UMOJA 7", frozenset({people.other_finance.person_id})) for one in steps]
        assert services.confirm_by_entries(found) == 1
        assert services.confirm_by_entries(found) == 0
    assert confirmed() == [("receipt", None, "UMOJA 7")]


def test_two_who_confirm_at_once_confirm_once(app, people):
    make.funded(people)
    receipt, second = step("receipt"), people.other_finance.actor
    answers = at_once(app, *[lambda: services.confirm_posting(receipt, actor=second)] * 4)
    assert answers.count(None) == 1
    assert all(isinstance(answer, DomainError) for answer in answers if answer is not None)
    assert len(confirmed()) == 1


def test_several_are_confirmed_at_once_and_what_is_refused_is_named(app, people, page):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    services.disburse(allocation, actor=people.other_finance.actor, payment=payment(20_00))
    receipt, paid = step("receipt"), step("disburse")
    shown = page(people.other_finance, "/finance/unconfirmed").text
    assert f'value="{receipt}"' in shown
    assert f'value="{paid}"' not in shown  # their own
    assert "not confirmed yet" in words_of(page(people.manager, f"/pledges/{pledge_of(receipt)}"))
    answer = page(people.other_finance, "/finance/unconfirmed", {"entry": [str(receipt), str(paid)]})
    assert answer.status_code == 422
    assert "1 entry is confirmed." in words_of(answer)
    assert f"Step 4 of {reference_of(paid)}: You recorded this: somebody else confirms it." in words_of(answer)
    assert shown.index("Confirm what is ticked") < shown.index('name="only"'), (
        "Enter confirms what is ticked, never a row"
    )
    assert [name for name, *_ in confirmed()] == ["receipt"]
    assert page(people.finance, "/finance/unconfirmed", {"only": str(paid)}).status_code == 302
    assert len(confirmed()) == 2
    assert "All is confirmed" in words_of(page(people.manager, "/finance/unconfirmed"))
    assert "not confirmed yet" not in words_of(page(people.manager, f"/pledges/{pledge_of(receipt)}"))


def reference_of(act):
    found = db.session.scalar(sa.select(Pledge.reference).join(Act).where(Act.public_id == act))
    db.session.rollback()
    return found


def pledge_of(act):
    found = db.session.scalar(sa.select(Pledge.public_id).join(Act).where(Act.public_id == act))
    db.session.rollback()
    return found


def test_who_approved_and_paid_is_an_exception(people, page):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    services.disburse(allocation, actor=people.other_finance.actor, payment=payment(5_00))
    assert "There is none" in words_of(page(people.manager, "/finance/exceptions"))
    services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
    for who in (people.manager, person("auditor", of="UNODC")):
        shown = words_of(page(who, "/finance/exceptions"))
        assert people.finance.name in shown
        assert "20" in shown
        assert "FIN-1" in shown
    assert page(people.finance, "/finance/exceptions").status_code == 403
    make.reverse(people, step("disburse"))
    assert "There is none" in words_of(page(people.manager, "/finance/exceptions"))


def test_every_list_says_what_is_not_confirmed(people, page):
    pledge = make.funded(people)
    allocation = make.allocated(people, pledge, make.request_of(), 50_00)
    services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
    services.confirm_posting(step("receipt"), actor=people.other_finance.actor)
    places = "/finance", f"/finance/allocations/{allocation}"
    assert all("not confirmed yet" in words_of(page(people.finance, place)) for place in places)
    rows = page(people.finance, f"/pledges/{pledge}/ledger.csv").text.splitlines()
    assert [row.rsplit(",", 1)[1] for row in rows] == ["confirmed", "", "yes", "", "no"]
    assert "confirmed" not in page(people.officer, f"/pledges/{pledge}/ledger.csv").text.splitlines()[0]
    services.confirm_posting(step("disburse"), actor=people.other_finance.actor)
    assert not any("not confirmed yet" in words_of(page(people.finance, place)) for place in places)
