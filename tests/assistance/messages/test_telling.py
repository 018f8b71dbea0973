"""Who hears of a message: the other side, those who wrote before, and nobody else; a mail says no word of it."""

import sqlalchemy as sa

from tests.assistance.messages.conftest import more_time, say
from tests.factories import accounts
from tests.factories import assistance as make
from tests.triage.cases import page
from tracker.assistance import history, queries
from tracker.assistance.messages import services
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import messages as mail
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery


def told_of_the_last() -> set[int]:
    """The people to whom the newest event is told."""
    notifications.dispatch()
    last = sa.select(sa.func.max(Event.id)).scalar_subquery()
    found = set(db.session.scalars(sa.select(Delivery.person_id).where(Delivery.event_id == last)))
    db.session.rollback()
    return found


def ids(*people) -> set[int]:
    return {someone.person_id for someone in people}


def test_the_officer_and_the_authority_hear_what_the_drafter_writes(app):
    case = make.in_review()
    someone = case.people
    say(case, "drafter")
    assert told_of_the_last() == ids(someone.officer, someone.authority)


def test_whoever_wrote_hears_the_answer_also_a_colleague_of_the_drafter(app):
    case = make.in_review()
    colleague = accounts.person("focal_point", of="KEN")
    services.write_message(case.public_id, actor=colleague.actor, body="May a judge come along?")
    say(case, "officer", "Yes.")
    assert told_of_the_last() == ids(colleague, case.people.drafter, case.people.authority)


def test_while_nobody_has_it_every_triage_officer_hears(app):
    case = make.submitted()
    officers = [case.people.officer, accounts.person("triage_officer")]
    say(case, "drafter")
    assert told_of_the_last() == ids(*officers, case.people.authority)


def test_strictly_confidential_it_stays_in_the_circle_and_the_mail_says_nothing(app):
    case = make.submitted(marking="strictly_confidential")
    someone = case.people
    assert someone.officer
    assert someone.manager
    say(case, "drafter", "quokka")
    assert told_of_the_last() == ids(someone.manager, someone.authority)
    sent = [
        mail.compose(row, "office@example.org")
        for row in db.session.scalars(sa.select(Delivery).where(Delivery.channel == "email"))
    ]
    assert not [one for one in sent if "quokka" in str(one) or str(case.now.reference) in str(one)]


def test_a_mail_carries_no_word_of_it(app):
    case = make.in_review()
    say(case, "drafter", "quokka")
    say(case, "officer", "quokka")
    notifications.dispatch()
    mails = db.session.scalars(sa.select(Delivery).where(Delivery.channel == "email")).all()
    texts = [str(mail.compose(row, "office@example.org")) for row in mails]
    assert len(texts) > 3
    assert not [text for text in texts if "quokka" in text]


def test_both_histories_tell_of_it_in_their_own_words(app, client_of):
    case = make.in_clarification()
    more_time(case)
    state = client_of(case.people.drafter).get(case.url).text
    office = client_of(case.people.officer).get(page(case)).text
    assert "<h3>More time asked for</h3>" in state
    assert "<h3>The State asked for more time</h3>" in office


def test_what_was_said_is_not_taken_for_a_change_of_the_request(app):
    case = make.in_review()
    say(case, "drafter")
    found = queries.get_visible(case.public_id, case.officer)
    newest = queries.newest_events(found, 1, for_staff=True)
    assert [event.name for event in newest] == ["assistance.taken_up"]
    assert "assistance.state_wrote" in history.SENTENCES
