"""Whom an act tells is fixed with the act; later they only become fewer, or others come in their stead."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, pledges
from tests.notifications.conftest import happen, mails, send_all, states_of
from tests.services.smtp import NEVER, OK
from tests.services.statements import statements
from tracker.accounts.models import Membership, MembershipRole
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.events import record
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.models import Addressee, Delivery, DispatchMark, Preference
from tracker.pledges.models import Pledge
from tracker.rights.actor import Actor

HOUR = timedelta(hours=1)


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def told(event_id: int) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id == event_id)))


def key(someone) -> str:
    return f"person:{someone.person_id}"


def gone(someone) -> None:
    with transaction():
        update_where(Membership, Membership.id == someone.membership_id, ended_at=now())


def official(of) -> str:
    return f"address:{of.organisation_id}"


def refuse_mail_to(smtp, *addresses: str) -> None:
    """The mail server knows none of these mailboxes."""
    smtp.behaviour = lambda to: NEVER if set(to) & set(addresses) else OK


class TestWhatHappensAfterTheAct:
    def test_adds_nobody(self, case):
        event = happen(case, "assistance.answered", actor=case.drafter)
        late = accounts.person("authorising_officer", of="KEN")
        other = accounts.person("triage_officer")
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, assigned_to_id=other.person_id)
        services.dispatch()
        assert told(event) == {key(case.people.authority), key(case.people.officer)}
        assert key(late) not in told(event)

    def test_takes_away_who_has_left(self, case):
        event = happen(case, "assistance.taken_up", actor=case.officer)
        gone(case.people.drafter)
        services.dispatch()
        assert told(event) == {key(case.people.authority)}

    def test_takes_away_whose_role_was_taken(self, case):
        event = happen(case, "assistance.withdrawn", actor=case.authority)
        with transaction():
            delete_where(MembershipRole, MembershipRole.membership_id == case.people.manager.membership_id)
        services.dispatch()
        assert key(case.people.manager) not in told(event)

    def test_decides_who_wants_no_mail(self, case):
        event = happen(case, "assistance.taken_up", actor=case.officer)
        with transaction() as session:
            session.add(Preference(person_id=case.people.drafter.person_id, kind="requests", cadence="none"))
        services.dispatch()
        assert mails(event_id=event, person_id=case.people.drafter.person_id) == []
        assert key(case.people.drafter) in told(event)


class TestWhoComesInTheirStead:
    def test_is_nobody_while_somebody_is_there(self, case, smtp):
        event = happen(case, "assistance.returned_to_draft", actor=case.authority)
        send_all()
        assert told(event) == {key(case.people.drafter)}
        assert states_of(event_id=event) == ["sent"]

    def test_is_the_official_address_when_nobody_is_left(self, case, smtp):
        event = happen(case, "assistance.note_returned", actor=case.officer)
        gone(case.people.drafter)
        gone(case.people.authority)
        send_all()
        assert told(event) == {official(case.people.drafter)}
        assert smtp.received[-1].recipients == ("official@ken.example",)

    def test_are_the_colleagues_of_an_officer_who_left(self, case, smtp):
        with transaction():
            update_where(
                AssistanceRequest,
                AssistanceRequest.id == case.now.id,
                assigned_to_id=case.people.officer.person_id,
            )
        other = accounts.person("triage_officer")
        event = happen(case, "assistance.answered", actor=case.drafter)
        gone(case.people.officer)
        services.dispatch()
        assert told(event) == {key(case.people.authority), key(other)}

    def test_are_not_the_colleague_who_did_it(self, case):
        someone, other = (accounts.person("triage_officer") for _ in range(2))
        with transaction():
            mine = {"assigned_to_id": case.people.officer.person_id}
            update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, **mine)
        event = happen(case, "assistance.answered", actor=other.actor)
        gone(case.people.officer)
        services.dispatch()
        assert key(someone) in told(event)
        assert key(other) not in told(event)

    def test_is_nobody_for_who_wants_no_mail_any_more_after_it_failed(self, case, smtp):
        refuse_mail_to(smtp, case.people.drafter.email)
        event = happen(case, "assistance.returned_to_draft", actor=case.authority)
        services.dispatch()
        services.deliver()
        with transaction() as session:
            session.add(Preference(person_id=case.people.drafter.person_id, kind="tasks", cadence="none"))
        send_all()
        send_all(after=HOUR)
        assert told(event) == {key(case.people.drafter)}

    def test_are_told_when_all_mail_was_refused_and_only_once(self, case, smtp):
        refuse_mail_to(smtp, case.people.drafter.email, case.people.authority.email)
        event = happen(case, "assistance.note_returned", actor=case.officer)
        send_all()
        assert states_of(event_id=event) == ["failed", "failed"]
        send_all()
        send_all(after=HOUR)
        assert states_of(event_id=event) == ["failed", "failed", "sent"]
        assert mails(event_id=event)[-1].recipient_key == official(case.people.drafter)

    def test_is_nobody_when_one_mail_of_several_came(self, case, smtp):
        refuse_mail_to(smtp, case.people.drafter.email)
        event = happen(case, "assistance.note_returned", actor=case.officer)
        send_all()
        send_all(after=HOUR)
        assert sorted(states_of(event_id=event)) == ["failed", "sent"]

    def test_is_nobody_for_who_reads_inside_and_wants_no_mail(self, case, smtp):
        with transaction() as session:
            session.add(Preference(person_id=case.people.drafter.person_id, kind="tasks", cadence="none"))
        event = happen(case, "assistance.returned_to_draft", actor=case.authority)
        send_all()
        send_all(after=HOUR)
        assert told(event) == {key(case.people.drafter)}

    def test_is_nobody_where_one_of_them_did_it(self, case):
        gone(case.people.authority)
        event = happen(case, "assistance.taken_up", actor=case.drafter)
        services.dispatch()
        assert told(event) == {key(case.people.officer)}

    def test_learns_no_more_than_the_donor_would(self, app, smtp):
        """A donor's official address reads of its pledge, never the State's reference."""
        people = pledges.people("NORAD")
        request = pledges.request_of("KEN")
        pledges.allocated(people, pledges.funded(people), request, 50_00)
        send_all()
        gone(people.officer)
        gone(people.signatory)
        smtp.received.clear()
        with transaction():
            found = db.session.scalars(
                sa.select(AssistanceRequest).where(AssistanceRequest.public_id == request.public_id)
            ).one()
            record("assistance.implementation_confirmed", found, actor=Actor.system)
        send_all()
        (mail,) = smtp.to("official@norad.example")
        assert "the State confirmed a delivery that your pledge pays" in mail.subject
        assert request.reference not in mail.subject + mail.text
        assert db.session.scalars(sa.select(Pledge.reference)).one() in mail.subject
        assert "official address of your organisation" in mail.text


def test_an_act_pays_two_statements(case):
    with transaction():
        row = db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()
        with statements() as silent:
            record("assistance.edited", row, actor=Actor.system)
        with statements() as seen:
            record("assistance.taken_up", row, actor=Actor.system)
    assert len(seen) - len(silent) == 2


def test_an_act_that_is_undone_leaves_nobody_to_tell(case):
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Addressee))
    with pytest.raises(LookupError), transaction():
        row = db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()
        record("assistance.accepted", row, actor=Actor.system)
        raise LookupError
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Addressee)) == before


def test_an_event_from_before_this_was_fixed_is_told_by_the_rules_of_now(case):
    event = happen(case, "assistance.taken_up", actor=case.officer)
    with transaction():
        delete_where(Addressee, Addressee.event_id == event)
        db.session.merge(DispatchMark(id=1, event_id=event - 1, unaddressed_until=event))
    services.dispatch()
    assert told(event) == {key(case.people.drafter), key(case.people.authority)}
    later = happen(case, "assistance.taken_up", actor=case.officer)
    with transaction():
        delete_where(Addressee, Addressee.event_id == later)
    services.dispatch()
    assert told(later) == set()
