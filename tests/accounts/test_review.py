"""What somebody held on the day on which a second person came to be needed: kept, listed, confirmed or taken away."""

import pytest

from tests.accounts.test_giving import change
from tests.accounts.test_second_person import give, waiting
from tests.factories import accounts as make
from tracker.accounts import services
from tracker.accounts.models import RoleProposal
from tracker.errors import Forbidden
from tracker.extensions import db


@pytest.fixture
def root(app):
    return make.person("administrator", name="Root")


class TestReview:
    @pytest.fixture
    def held(self, root):
        officer = make.person("triage_officer", "finance_officer", name="Amara")
        row = RoleProposal(
            organisation_id=officer.organisation_id,
            membership_id=officer.membership_id,
            roles=["triage_officer", "finance_officer"],
            held=True,
        )
        db.session.add(row)
        db.session.commit()
        return officer

    def test_they_keep_it_and_it_is_listed(self, held, root, as_person):
        assert held.actor.roles == {"triage_officer", "finance_officer"}
        page = as_person(root).get("/settings/roles").text
        assert "Roles to review" in page
        assert "Amara" in page
        assert "You can act as" not in as_person(held).get("/account").text

    def test_an_administrator_confirms_or_takes_away(self, held, root):
        give(root)
        assert held.actor.roles == {"triage_officer", "finance_officer"}

    def test_refused_it_is_gone(self, held, root):
        services.refuse_roles(waiting().public_id, actor=root.actor, version=1, reason="One or the other.")
        assert held.actor.roles == frozenset()

    def test_what_is_taken_away_by_hand_is_not_looked_over(self, held, root):
        change(held, root, "triage_officer")
        assert waiting().roles == ["triage_officer"]

    def test_nobody_confirms_their_own(self, app, root):
        row = RoleProposal(
            organisation_id=root.organisation_id, membership_id=root.membership_id, roles=["administrator"], held=True
        )
        db.session.add(row)
        db.session.commit()
        with pytest.raises(Forbidden):
            give(root)
