"""A pledge that came on paper: filed by one manager for a donor without accounts, accepted by somebody else."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import organisation, person
from tests.factories.money_acts import day
from tests.files.samples import PDF
from tests.pledges.forms import words_of
from tests.pledges.test_ledger import balances
from tracker.accounts.models import Organisation
from tracker.calendar.now import today
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.pledges import services, verification


def filed(people, code="JICA", **facts) -> uuid.UUID:
    donor = db.session.scalar(sa.select(Organisation.public_id).where(Organisation.code == code))
    db.session.rollback()
    facts = {"agreement": make.agreement(), "signed_by": "A. Minister", **facts}
    return uuid.UUID(services.file_pledge(donor, make.terms(100_00), actor=people.manager.actor, **facts))


def test_it_counts_as_signed_and_another_person_accepts_it(people, page):
    organisation("JICA", kind="donor")
    pledge = filed(people)
    with pytest.raises(Forbidden) as own:
        services.accept(pledge, actor=people.manager.actor, version=2)
    assert own.value.refusal.code == "two_persons"
    db.session.rollback()
    shown = words_of(page(people.finance, f"/pledges/{pledge}"))
    assert "A. Minister" in shown
    assert "-JICA-001" in shown
    assert page(people.finance, f"/pledges/{pledge}/accept", {}).status_code == 302
    assert balances(pledge) == {"donor": -100_00, "expected": 100_00}
    assert page(people.manager, f"/pledges/{pledge}/agreement").status_code == 200
    assert verification.verify().first_wrong is None


def test_the_donors_later_accounts_find_it_as_theirs(people, page):
    organisation("JICA", kind="donor")
    pledge = filed(people)
    theirs = person("donor_signatory", of="JICA", email="s@jica.example")
    assert "Signed on paper by" in words_of(page(theirs, f"/pledges/{pledge}"))
    assert page(people.signatory, f"/pledges/{pledge}").status_code == 404


def test_nothing_is_filed_without_its_paper(people):
    organisation("JICA", kind="donor")
    organisation("KEN")
    for facts, field in (
        ({"signed_by": " "}, "signed_by"),
        ({"agreement": replace(make.agreement(), file=None)}, "file"),
        ({"code": "KEN"}, "donor"),
    ):
        with pytest.raises(Invalid) as refused:
            filed(people, **facts)
        assert field in refused.value.fields
        db.session.rollback()


def test_the_page_keeps_what_was_typed_and_asks_twice_about_a_day_that_passed(people, page):
    donor = organisation("JICA", kind="donor").public_id
    typed = {"donor": str(donor), "title": "On paper", "amount": "50", "currency": "USD", "signed_by": "A. Minister"}
    typed |= {"agreement_reference": "A/1", **day("agreement_date", today()), **day("ends_on", today())}
    typed |= {"instalments-0-amount": "40", **day("instalments-0-due_on", today() - timedelta(days=3))}
    wrong = page(people.manager, "/pledges/file", {**typed, "file": (io.BytesIO(PDF), "a.pdf")})
    assert wrong.status_code == 422
    assert "The instalments must add up" in words_of(wrong)
    assert 'value="A. Minister"' in wrong.text
    typed["instalments-0-amount"] = "50"
    doubted = page(people.manager, "/pledges/file", {**typed, "file": (io.BytesIO(PDF), "a.pdf")})
    assert "on a day that has passed" in words_of(doubted)
    assert page(people.signatory, "/pledges/file").status_code == 403
