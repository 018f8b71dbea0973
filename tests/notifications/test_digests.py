"""How often a person wants mail: at once, in a digest, not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import assistance as requests
from tests.notifications.conftest import happen, mails, send_all, states_of
from tracker.errors import Invalid
from tracker.notifications import services
from tracker.notifications.services.digesting import next_due

DAYS = timedelta(days=1)


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def choose(case, **cadences) -> None:
    services.set_preferences(cadences, actor=case.drafter, version=None)


def test_a_digest_is_one_mail_about_many_events(case, smtp):
    choose(case, requests="daily", tasks="daily")
    happen(case, "assistance.returned_to_draft")
    happen(case, "assistance.completed", actor=case.authority)
    drafter = case.people.drafter
    send_all()
    assert smtp.to(drafter.email) == []
    send_all(after=1 * DAYS)
    (mail,) = smtp.to(drafter.email)
    assert mail.subject == "2 messages for you"
    reference = case.now.reference
    assert f"{reference}: returned to you as a draft" in mail.text
    assert f"{reference}: completed" in mail.text
    assert set(states_of(person_id=drafter.person_id)) == {"sent"}


def test_decisions_come_at_once_all_the_same(case, smtp):
    choose(case, requests="weekly", tasks="none", deadlines="weekly", money="none", pledges="none")
    happen(case, "assistance.accepted")
    send_all()
    assert len(smtp.to(case.people.drafter.email)) == 1


def test_who_chose_none_gets_no_mail_but_is_told_in_the_application(case, smtp):
    from tracker.notifications import inbox

    choose(case, requests="none")
    happen(case, "assistance.completed", actor=case.authority)
    send_all()
    assert smtp.to(case.people.drafter.email) == []
    assert inbox.unread_count(case.drafter) == 1


def test_a_new_choice_frees_what_waits(case, smtp):
    choose(case, requests="weekly")
    happen(case, "assistance.completed", actor=case.authority)
    send_all()
    choose(case, requests="at_once")
    send_all()
    assert len(smtp.to(case.people.drafter.email)) == 1
    send_all(after=8 * DAYS)  # the digest has nothing left to tell
    assert len(smtp.to(case.people.drafter.email)) == 1


def test_a_new_choice_of_none_leaves_what_waits_unsent(case, smtp):
    choose(case, requests="weekly")
    happen(case, "assistance.completed", actor=case.authority)
    send_all()
    choose(case, requests="none")
    send_all(after=8 * DAYS)
    assert smtp.to(case.people.drafter.email) == []


def test_members_that_came_too_late_go_out_by_themselves(case, smtp):
    from tracker.database.transactions import transaction, update_where
    from tracker.notifications.models import Delivery

    choose(case, requests="daily")
    happen(case, "assistance.completed", actor=case.authority)
    services.dispatch()
    with transaction():  # the digest ended without its member
        update_where(Delivery, Delivery.event_id.is_(None), status="failed")
    send_all()
    assert len(smtp.to(case.people.drafter.email)) == 1


def test_strictly_confidential_matters_are_in_no_digest(app, smtp):
    case = requests.submitted(marking="strictly_confidential")
    choose(case, requests="weekly", tasks="weekly")
    send_all()
    before = len(smtp.to(case.people.drafter.email))
    happen(case, "assistance.completed", actor=case.authority)
    send_all()
    assert len(smtp.to(case.people.drafter.email)) == before + 1


def test_an_unknown_answer_is_refused(case):
    with pytest.raises(Invalid):
        choose(case, requests="hourly")
    with pytest.raises(Invalid):
        choose(case, decisions="none")


@pytest.mark.parametrize(
    ("cadence", "moment", "due"),
    [
        ("daily", datetime(2027, 3, 1, 5, 59, tzinfo=UTC), datetime(2027, 3, 1, 6, tzinfo=UTC)),
        ("daily", datetime(2027, 3, 1, 6, tzinfo=UTC), datetime(2027, 3, 2, 6, tzinfo=UTC)),
        ("weekly", datetime(2027, 3, 1, 5, tzinfo=UTC), datetime(2027, 3, 1, 6, tzinfo=UTC)),
        ("weekly", datetime(2027, 3, 1, 7, tzinfo=UTC), datetime(2027, 3, 8, 6, tzinfo=UTC)),
        ("daily", datetime(2027, 3, 27, 7, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
    ],
)
def test_digests_go_out_at_seven_in_vienna(cadence, moment, due):
    assert next_due(cadence, moment) == due


def test_both_kinds_of_choice_are_kept(case):
    choose(case, requests="daily", tasks="weekly")
    happen(case, "assistance.returned_to_draft")
    services.dispatch()
    assert {row.cadence for row in mails() if row.event_id is None} == {"weekly"}
