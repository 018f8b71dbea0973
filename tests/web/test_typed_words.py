"""What is typed is not lost: the line is away, the session is gone, the page is left; with a script and without."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.files.samples import PDF
from tests.web.lines import SCRIPTS, away, end_sessions, sign_in_on, with_password
from tracker.assistance.models import AssistanceRequest, Attachment
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.files.models import File

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
WORDS = "Cases fall for lack of evidence."


def test_without_a_line_the_page_stays_and_offers_to_send_again(page_of):
    case = make.awaiting_authorisation()
    page = page_of(case.people.authority)
    page.goto(f"{case.url}/return")
    page.locator("main textarea").fill(WORDS)
    back = away(page)
    page.locator("main .form-end button").click()
    page.get_by_text("No answer came.").wait_for()
    assert page.locator("main textarea").input_value() == WORDS
    back()
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("Returned to the drafter.").wait_for()
    assert case.now.status == "draft"


def test_without_a_script_the_way_back_finds_the_words(page_of):
    case = make.awaiting_authorisation()
    page = page_of(case.people.authority, java_script_enabled=False)
    page.goto(f"{case.url}/return")
    page.locator("main textarea").fill(WORDS)
    back = away(page)
    page.locator("main .form-end button").click(no_wait_after=True)
    page.wait_for_timeout(500)
    back()
    page.go_back()
    assert page.locator("main textarea").input_value() == WORDS


@SCRIPTS
def test_a_session_that_is_gone_takes_one_page(page_of, script):
    case = make.awaiting_authorisation()
    email = with_password(case.people.authority)
    page = page_of(case.people.authority, java_script_enabled=script)
    page.goto(f"{case.url}/return")
    page.locator("main textarea").fill(WORDS)
    end_sessions()
    page.locator("main .form-end button").click()
    page.get_by_text("Your session has ended").first.wait_for()
    assert page.get_by_text(WORDS).is_visible()
    sign_in_on(page, email)
    page.get_by_text("Returned to the drafter.").wait_for()
    assert case.now.status == "draft"


@SCRIPTS
def test_a_session_that_is_gone_keeps_the_file(page_of, script):
    case = make.draft()
    email = with_password(case.people.drafter)
    page = page_of(case.people.drafter, java_script_enabled=script)
    page.goto(f"{case.url}/documents")
    page.get_by_label("What it is").fill(WORDS)
    page.locator("main [type=file]").set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF})
    end_sessions()
    page.locator("main .form-end button").first.click()
    page.get_by_text("1 file waits").wait_for()
    sign_in_on(page, email)
    page.get_by_text("The document was added.").wait_for()
    assert db.session.scalar(sa.select(File.name).join(Attachment)) == "note.pdf"


class TestACopyInTheBrowser:
    def type(self, page, case):
        page.route("**/unsent?*", lambda route: route.abort())  # what the server has needs no copy
        page.goto(f"{case.url}/return")
        page.locator("main textarea").fill(WORDS)
        page.wait_for_timeout(1_000)

    def test_is_shown_with_its_time_before_it_is_put_back(self, page_of):
        case = make.awaiting_authorisation()
        page = page_of(case.people.authority)
        page.on("dialog", lambda dialog: dialog.accept())
        self.type(page, case)
        page.goto(case.url)
        page.goto(f"{case.url}/return")
        page.get_by_text("has not been received").wait_for()
        assert page.locator("main textarea").input_value() == ""
        page.get_by_role("button", name="Put it back").click()
        assert page.locator("main textarea").input_value() == WORDS

    def test_is_never_put_over_newer_text(self, page_of):
        case = make.awaiting_authorisation()
        page = page_of(case.people.authority)
        page.on("dialog", lambda dialog: dialog.accept())
        self.type(page, case)
        with transaction() as session:
            session.execute(sa.update(AssistanceRequest).values(version=AssistanceRequest.version + 1))
        page.goto(f"{case.url}/return")
        page.get_by_text("what is saved has changed since").wait_for()
        assert page.get_by_role("button", name="Put it back").count() == 0

    def test_is_not_made_of_confidential_matters(self, page_of):
        case = make.awaiting_authorisation(marking="confidential")
        page = page_of(case.people.authority)
        self.type(page, case)
        assert page.evaluate("Object.keys(sessionStorage).length") == 0

    def test_outlives_the_tab_only_where_the_person_said_so(self, page_of):
        case = make.awaiting_authorisation()
        page = page_of(case.people.authority)
        self.type(page, case)
        kept = (
            "[localStorage, sessionStorage].map(store => Object.keys(store).filter(k => k.startsWith('typed:')).length)"
        )
        assert page.evaluate(kept) == [0, 1]
        another = page.context.new_page()
        another.goto("/account")
        another.get_by_label("Keep what I type on this device").check()
        self.type(another, case)
        assert another.evaluate(kept) == [1, 0]
        another.close(run_before_unload=False)
        another = page.context.new_page()
        another.goto(f"{case.url}/return")
        another.get_by_text("has not been received").wait_for()
        another.goto("/account")
        another.get_by_label("Keep what I type on this device").uncheck()
        assert another.evaluate(kept) == [0, 0]

    def test_is_thrown_away_after_seven_days(self, page_of):
        case = make.awaiting_authorisation()
        page = page_of(case.people.authority)
        page.on("dialog", lambda dialog: dialog.accept())
        self.type(page, case)
        page.clock.set_fixed_time(now() + timedelta(days=8))
        page.goto("/account")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("Object.keys(sessionStorage)") == []

    def test_is_gone_when_it_was_received_and_at_sign_out(self, page_of):
        case = make.awaiting_authorisation()
        page = page_of(case.people.authority)
        page.on("dialog", lambda dialog: dialog.accept())
        self.type(page, case)
        assert page.evaluate("Object.keys(sessionStorage).length") == 1
        page.locator("details.menu summary").last.click()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_text("You are signed out.").wait_for()
        assert page.evaluate("Object.keys(sessionStorage).length") == 0
