"""A State begins a draft from an earlier request of its own; the draft says what was taken over and what was not."""

import re
import uuid
from datetime import timedelta

import pytest

from tests.assistance.conftest import events, value
from tests.factories import accounts
from tests.factories import assistance as make
from tests.rights.papers import paper
from tests.triage.cases import set_columns
from tracker.assistance import queries
from tracker.assistance.drafting import services
from tracker.assistance.fields import services as fields
from tracker.calendar.now import now, shifted
from tracker.errors import Forbidden, NotFound


def copy_of(case: make.Case, who: str = "drafter", **by) -> make.Case:
    """The draft that was begun from the request."""
    made = services.copy(case.public_id, actor=getattr(case, who), **by)
    return make.Case(uuid.UUID(made), case.people)


def test_it_says_what_the_earlier_one_said_and_is_a_draft_of_whoever_copies(app):
    earlier = make.declined()
    before = earlier.now
    draft = copy_of(earlier)
    for name in ("title", "areas", "beneficiaries", "problem", "objectives", "human_rights", "dates", "budget"):
        assert value(draft, name) == value(earlier, name), name
    now_there = draft.now
    assert (now_there.status, now_there.reference, now_there.decision_id) == ("draft", None, None)
    assert now_there.drafter_id == earlier.drafter.person_id
    assert (now_there.language, now_there.marking) == (earlier.now.language, earlier.now.marking)
    assert events(draft) == ["assistance.copied"]
    assert earlier.now == before
    assert copy_of(earlier, "authority").now.drafter_id == earlier.authority.person_id


def test_days_that_have_passed_and_papers_are_not_taken_over(app, client_of):
    draft = make.complete()
    fields.attach(draft.public_id, actor=draft.drafter, upload=paper())
    earlier = make.Case(draft.public_id, draft.people)
    make.authorisation.ask_authorisation(earlier.public_id, actor=earlier.drafter, version=earlier.version)
    with shifted(now() + timedelta(days=800)):
        draft = copy_of(earlier)
    assert value(draft, "dates") == {"starts_on": None, "ends_on": None, "place": "Nairobi"}
    assert value(draft, "attachments") == []
    page = client_of(draft.people.drafter).get(draft.url).text
    assert "Copied from an earlier request" in page
    assert earlier.now.reference in page
    left = re.search(r"<dt>Not copied</dt><dd>(.*?)</dd>", page, re.S)[1]
    assert {words.strip() for words in left.split(";")} == {"Dates", "Documents"}
    copied = re.search(r"<dt>Copied</dt><dd>(.*?)</dd>", page, re.S)[1]
    assert "Budget" in copied


def test_a_session_and_its_title_are_new_each_time(app):
    earlier = make.draft(kind="participation", own_contribution="We pay the hotel.")
    set_columns(earlier, title="First session", origin="imported", status="submitted", submitted_at=now())
    draft = copy_of(earlier)
    assert value(draft, "own_contribution") == "We pay the hotel."
    assert (draft.now.title, draft.now.session_id) == ("", None)


def test_a_draft_and_a_strangers_request_are_not_copied(app):
    draft = make.complete()
    with pytest.raises(Forbidden):
        copy_of(draft)
    other = make.in_review(make.People(of="GHA"))
    with pytest.raises(NotFound):
        services.copy(other.public_id, actor=draft.drafter)
    with pytest.raises(Forbidden):
        services.copy(other.public_id, actor=accounts.person("state_administrator", of="GHA").actor)


def test_pressed_twice_it_is_one_draft(app):
    earlier, key = make.in_review(), str(uuid.uuid4())
    assert copy_of(earlier, key=key).public_id == copy_of(earlier, key=key).public_id


@pytest.mark.parametrize("where", ["{url}", "/requests"])
def test_the_button_stands_on_the_page_and_in_the_list(client_of, where):
    earlier = make.in_review()
    drafter = client_of(earlier.people.drafter)
    page = drafter.get(where.format(url=earlier.url)).text
    form = re.search(rf'<form method="post" action="{earlier.url}/copy">.*?</form>', page, re.S)[0]
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    answer = drafter.post(f"{earlier.url}/copy", data={"key": key})
    assert answer.status_code == 302
    assert "Read what was copied" in drafter.get(answer.location).text
    administrator = client_of(accounts.person("state_administrator", of="KEN"))
    assert "/copy" not in administrator.get(where.format(url=earlier.url)).text


def test_a_copy_that_was_discarded_is_gone(app):
    draft = copy_of(make.in_review())
    services.discard(draft.public_id, actor=draft.drafter, version=draft.version)
    with pytest.raises(NotFound):
        queries.get_visible(draft.public_id, draft.drafter)
