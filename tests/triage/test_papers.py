"""Removing the content of papers outside requests: agreements, and notes verbales of accounts and roles."""

import io
import uuid

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.accounts.test_second_person import note
from tests.factories import accounts as make
from tests.factories import pledges
from tests.files.samples import PDF
from tests.notifications.conftest import send_all
from tests.rights.papers import agreement_of
from tracker.accounts import services as accounts
from tracker.accounts.models import RoleProposal
from tracker.assistance.models import Erasure
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.pledges import services as money
from tracker.triage.papers import services

WHY = {"ground": "malware", "reason": "A virus came with it."}


@pytest.fixture
def people(app):
    return pledges.people("NORAD")


@pytest.fixture
def pledge(people):
    """A pledge whose agreement has its file."""
    pledge = pledges.signed(people)
    plain = pledges.agreement()
    agreement = money.Agreement(
        "UNODC/1", plain.signed_on, plain.ends_on, file=FileStorage(io.BytesIO(PDF), filename="agreement.pdf")
    )
    money.accept(pledge, actor=people.manager.actor, version=2, agreement=agreement)
    return pledge


def row(file_id) -> File:
    db.session.rollback()
    found = db.session.scalars(sa.select(File).where(File.public_id == file_id)).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


class TestAnAgreement:
    def test_goes_by_two_persons_and_leaves_name_hash_and_reason(self, people, pledge, app, sign_in, smtp):
        file_id = agreement_of(pledge)
        kept = row(file_id)
        waits = services.propose_removal(file_id, actor=people.finance.actor, **WHY)
        assert path_of(kept.stored_as).exists()
        donor = sign_in(app.test_client(), people.officer)
        assert donor.get(f"/pledges/{pledge}/agreement").status_code == 200
        assert "A virus came with it." not in donor.get(f"/pledges/{pledge}").text
        services.confirm_removal(file_id, actor=people.manager.actor, erasure=waits)
        assert not path_of(kept.stored_as).exists()
        assert donor.get(f"/pledges/{pledge}/agreement").status_code == 404
        page = donor.get(f"/pledges/{pledge}").text
        assert "its content was removed" in page
        assert "A virus came with it." in page
        assert (row(file_id).name, row(file_id).sha256) == (kept.name, kept.sha256)
        send_all()
        assert "the content of a document was removed" in smtp.to(people.officer.email)[-1].subject
        assert smtp.to(people.manager.email)[-1].subject.endswith("removing a document waits for a second person")

    def test_not_by_one_person_alone(self, people, pledge):
        file_id = agreement_of(pledge)
        waits = services.propose_removal(file_id, actor=people.finance.actor, **WHY)
        with pytest.raises(Forbidden) as refused:
            services.confirm_removal(file_id, actor=people.finance.actor, erasure=waits)
        assert refused.value.refusal.code == "two_persons"
        assert row(file_id).erased_at is None

    @pytest.mark.parametrize("role", ["triage_officer", "administrator", "auditor"])
    def test_only_by_those_who_keep_it(self, people, pledge, role):
        with pytest.raises((Forbidden, NotFound)):
            services.propose_removal(agreement_of(pledge), actor=make.person(role).actor, **WHY)

    def test_not_by_the_donor(self, people, pledge):
        with pytest.raises(Forbidden):
            services.propose_removal(agreement_of(pledge), actor=people.signatory.actor, **WHY)

    def test_once_at_a_time_and_answered_once(self, people, pledge):
        file_id = agreement_of(pledge)
        first = services.propose_removal(file_id, actor=people.finance.actor, **WHY)
        with pytest.raises(Forbidden):
            services.propose_removal(file_id, actor=people.manager.actor, **WHY)
        services.drop_removal(file_id, actor=people.manager.actor, erasure=first)
        with pytest.raises(Forbidden, match="No removal waits"):
            services.drop_removal(file_id, actor=people.manager.actor, erasure=first)
        second = services.propose_removal(file_id, actor=people.manager.actor, **WHY)
        with pytest.raises(Conflict):
            services.confirm_removal(file_id, actor=people.finance.actor, erasure=first)
        services.confirm_removal(file_id, actor=people.finance.actor, erasure=second)
        with pytest.raises(Forbidden):
            services.propose_removal(file_id, actor=people.manager.actor, **WHY)
        names = db.session.scalars(
            sa.select(Event.name).where(Event.name.like("pledges.agreement_%")).order_by(Event.id)
        ).all()
        assert names == [
            f"pledges.agreement_{what}"
            for what in ("erasure_proposed", "erasure_dropped", "erasure_proposed", "erased")
        ]

    @pytest.mark.parametrize("wrong", [{"reason": "\u200b"}, {"ground": "ugly"}])
    def test_not_without_ground_and_reason(self, people, pledge, wrong):
        with pytest.raises(Invalid):
            services.propose_removal(agreement_of(pledge), actor=people.finance.actor, **(WHY | wrong))
        assert db.session.scalars(sa.select(Erasure)).all() == []

    def test_on_the_pages(self, people, pledge, app, sign_in):
        app.config["WTF_CSRF_ENABLED"] = False
        finance, manager = (sign_in(app.test_client(), one) for one in (people.finance, people.manager))
        file_id = agreement_of(pledge)
        address = f"/triage/papers/{file_id}"
        assert f"{address}/erase" in finance.get(f"/pledges/{pledge}").text
        typed = {"key": str(uuid.uuid4()), **WHY}
        assert finance.post(f"{address}/erase", data=typed).location == f"/pledges/{pledge}"
        assert f"{address}/erasure" in manager.get(f"/pledges/{pledge}").text
        asked = manager.get(f"{address}/erasure").text
        assert "A virus came with it." in asked
        assert finance.get(f"{address}/erasure").status_code == 403
        waits = db.session.scalars(sa.select(Erasure.id)).one()
        typed = {"key": str(uuid.uuid4()), "erasure": str(waits)}
        assert manager.post(f"{address}/erasure", data=typed).location == f"/pledges/{pledge}"
        assert row(file_id).erased_at is not None


class TestANoteOfAnAccount:
    def test_on_which_roles_rest_is_the_administrators(self, app, sign_in):
        root, second = make.person("administrator"), make.person("administrator")
        boss = make.person("state_administrator", of="KEN")
        accounts.invite(
            uuid.UUID(boss.organisation_public_id), actor=boss.actor, email="z@ken.example", name="Z", language="en",
            roles=["authorising_officer"],
        )  # fmt: skip
        proposal = db.session.scalars(sa.select(RoleProposal)).one()
        public_id, version = proposal.public_id, proposal.version
        db.session.rollback()
        accounts.give_roles(public_id, actor=root.actor, version=version, note=note())
        file_id = db.session.scalars(sa.select(File.public_id)).one()
        stored_as = row(file_id).stored_as
        with pytest.raises((Forbidden, NotFound)):
            services.propose_removal(file_id, actor=make.person("programme_manager").actor, **WHY)
        waits = services.propose_removal(file_id, actor=root.actor, **WHY)
        page = sign_in(app.test_client(), second).get(f"/settings/roles/{public_id}").text
        assert f"/triage/papers/{file_id}/erasure" in page
        services.confirm_removal(file_id, actor=second.actor, erasure=waits)
        assert not path_of(stored_as).exists()
        browser = sign_in(app.test_client(), root)
        assert "A virus came with it." in browser.get(f"/settings/roles/{public_id}").text
        assert browser.get(f"/settings/roles/{public_id}/note-verbale").status_code == 404
