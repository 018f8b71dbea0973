"""A form that keeps itself, in a real browser."""

import pytest

from tests.factories import assistance as make
from tests.journeys.page_checks import AXE, violations

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
WORDS = "Courts fall silent for want of evidence."


def test_what_is_typed_is_kept_shown_again_and_thrown_away(page_of):
    case = make.awaiting_authorisation()
    page = page_of(case.people.authority, viewport={"width": 320, "height": 740})
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.add_init_script(AXE)
    page.goto(f"{case.url}/return")
    page.locator("main textarea").fill(WORDS)
    page.get_by_text("Kept for you at").wait_for()
    page.goto(case.url)
    assert asked == []
    page.goto(f"{case.url}/return")
    page.get_by_text("have not sent it yet").wait_for()
    assert page.locator("main textarea").input_value() == WORDS
    assert page.get_by_text("has not been received").count() == 0
    assert violations(page) == []
    assert page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)") == 0
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_text("have not sent it yet").wait_for(state="detached")
    assert page.locator("main textarea").input_value() == ""
