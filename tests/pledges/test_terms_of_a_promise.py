"""A pledge ends later or is for something else once both sides said yes: what then can be approved, and what stays."""

import re
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.factories.money_acts import day
from tests.pledges.forms import words_of
from tests.pledges.test_changes_of_a_promise import statuses
from tests.pledges.test_ledger import balances
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.changing.terms import propose_earmarks, propose_extension
from tracker.pledges.earmarks import Rule, rules_of
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.queries import get_visible

AFRICA = Rule("regions", ("AFR",))
LATIN = Rule("regions", ("GRULAC",))


def end_on(pledge: uuid.UUID, last: date) -> None:
    with transaction() as session:
        facts = {"ends_on": last, "agreement_date": last - timedelta(days=90)}
        session.execute(sa.update(Pledge).where(Pledge.public_id == pledge).values(facts))


def rules_now(people, pledge) -> set[Rule]:
    found = set(rules_of(get_visible(pledge, people.manager.actor).earmarks))
    db.session.rollback()
    return found


def test_what_ended_gives_again_up_to_the_new_day(people, page):
    pledge, request = make.funded(people), make.request_of()
    allocation = make.planned(people, pledge, request, 20_00)
    end_on(pledge, today() - timedelta(days=1))
    with pytest.raises(Conflict, match="agreement ended"):
        services.approve_allocation(allocation, actor=people.finance.actor, version=1)
    db.session.rollback()
    later = today() + timedelta(days=100)
    make.extend(people, pledge, later)
    services.approve_allocation(allocation, actor=people.finance.actor, version=1)
    assert balances(pledge)["held"] == 20_00
    calendar = words_of(page(people.officer, "/deadlines"))
    assert str(later.year) in calendar
    act = db.session.scalars(sa.select(ProposedAct.public_id)).one()
    db.session.rollback()
    assert "Last day on which money is allocated" in words_of(page(people.officer, f"/pledges/changes/{act}"))


def test_an_agreement_is_only_made_longer(people):
    pledge = make.accepted(people)
    ends_on = get_visible(pledge, people.officer.actor).ends_on
    db.session.rollback()
    for day_ in (ends_on, ends_on - timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            propose_extension(pledge, actor=people.officer.actor, ends_on=day_, reason="Later.", key="")
        assert "ends_on" in refused.value.fields
        db.session.rollback()


def test_what_was_approved_stays_and_plans_that_do_not_suit_are_said(people, page):
    pledge = make.funded(people, make.terms(100_00, earmarks=[AFRICA]))
    held = make.allocated(people, pledge, make.request_of("KEN"), 20_00)
    plan = make.planned(people, pledge, make.request_of("MWI"), 10_00)
    act = uuid.UUID(propose_earmarks(pledge, actor=people.officer.actor, rules=[LATIN], reason="New policy.", key=""))
    shown = words_of(page(people.manager, f"/pledges/changes/{act}"))
    assert "Plans that the new earmark would not let through" in shown
    assert "It is for other regional groups." in shown
    assert "would not let through" not in words_of(page(people.officer, f"/pledges/changes/{act}"))
    acts.agree(act, actor=people.signatory.actor, version=1)
    assert rules_now(people, pledge) == {AFRICA}
    acts.agree(act, actor=people.manager.actor, version=1, amendment=make.amendment())
    assert rules_now(people, pledge) == {LATIN}
    with pytest.raises(Conflict, match="other regional groups"):
        services.approve_allocation(plan, actor=people.finance.actor, version=1)
    db.session.rollback()
    stands = sa.select(Allocation.status).where(Allocation.public_id == held)
    assert db.session.scalar(stands) == "approved"
    db.session.rollback()
    with pytest.raises(Conflict, match="says this already"):
        propose_earmarks(pledge, actor=people.officer.actor, rules=[LATIN], reason="Again.", key="")
    db.session.rollback()


def test_the_form_shows_what_stands_and_keeps_what_it_cannot_say(people, page):
    states, cap = Rule("states", ("KEN",)), Rule("kinds", ("technical",), 40_00)
    pledge = make.accepted(people, make.terms(100_00, earmarks=[AFRICA, cap, states]))
    shown = page(people.manager, f"/pledges/{pledge}/earmark").text
    assert '<option selected value="technical">' in shown
    assert re.search(r'name="share"[^>]* value="40"', shown)
    assert re.search(r'name="regions"[^>]*value="AFR"[^>]* checked|checked[^>]*name="regions"[^>]*value="AFR"', shown)
    typed = {"regions": ["AFR", "GRULAC"], "share_kind": "", "share": "", "reason": "Wider."}
    assert page(people.manager, f"/pledges/{pledge}/earmark", {**typed, "share": "40"}).status_code == 422
    assert page(people.manager, f"/pledges/{pledge}/earmark", typed).status_code == 302
    act = db.session.scalars(sa.select(ProposedAct.public_id)).one()
    db.session.rollback()
    other = person("programme_manager", of="UNODC").actor
    acts.agree(act, actor=other, version=1, amendment=make.amendment())
    acts.agree(act, actor=people.signatory.actor, version=1)
    assert rules_now(people, pledge) == {Rule("regions", ("AFR", "GRULAC")), states}


def test_a_share_of_women_needs_seats_as_in_an_offer(people):
    pledge = make.accepted(people)
    rules = [Rule("kinds", ("technical",)), Rule("women", ("woman",), 50_00)]
    with pytest.raises(Invalid) as refused:
        propose_earmarks(pledge, actor=people.officer.actor, rules=rules, reason="Half.", key="")
    assert set(refused.value.fields) == {"women"}
    db.session.rollback()


def test_unodc_refuses_an_earmark_and_a_page_takes_a_later_day(people, page):
    pledge = make.accepted(people)
    act = uuid.UUID(propose_earmarks(pledge, actor=people.officer.actor, rules=[AFRICA], reason="So.", key=""))
    acts.refuse_act(act, actor=people.manager.actor, version=1, reason="Not for this mandate.")
    assert "Not for this mandate." in words_of(page(people.signatory, f"/pledges/changes/{act}"))
    typed = {**day("ends_on", today() + timedelta(days=2000)), "reason": "It takes longer."}
    assert page(people.officer, f"/pledges/{pledge}/extend", typed).status_code == 302
    assert statuses() == ["refused", "waiting"]
