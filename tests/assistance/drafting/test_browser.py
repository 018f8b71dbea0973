"""The State's pages in a real browser: the form saves itself, goes without a script, and pages mirror."""

import re

import pytest

from tests.factories import assistance as make

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
SAVED = re.compile("Saved at")


def test_a_draft_saves_itself_while_it_is_typed(page_of):
    case = make.draft()
    page = page_of(case.people.drafter)
    page.goto(f"{case.url}/steps/why")
    page.get_by_label("The problem").fill("Cases fall for lack of evidence.")
    page.get_by_text(SAVED).wait_for()
    page.get_by_label("Objectives").fill("Evidence that stands.")
    page.get_by_label("Expected results").focus()
    page.locator('[name=version][value^="3."]').wait_for(state="attached")
    assert (case.now.problem, case.now.objectives) == ("Cases fall for lack of evidence.", "Evidence that stands.")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/steps/when")
    assert case.now.unread == {}


def test_the_whole_form_goes_without_a_script_and_by_keyboard(page_of):
    make.reference_data()
    people = make.People()
    assert people.authority
    page = page_of(people.drafter, java_script_enabled=False)
    page.goto("/requests/new")
    page.get_by_label("Technical assistance").check()
    page.keyboard.press("Enter")
    page.get_by_label("Title").fill("Laboratory")
    page.get_by_label("Investigation").check()
    page.keyboard.press("Enter")
    page.get_by_label("Authority 1").fill("Police")
    page.get_by_role("button", name="Add an authority").click()
    page.get_by_label("Authority 2").fill("Courts")
    page.get_by_label("Authority 2").press("Enter")
    for label in ("The problem", "Objectives", "Expected results", "Human rights considerations"):
        page.get_by_label(label).fill(f"{label} in a few words.")
    page.get_by_role("button", name="Save and continue").click()
    for group, day in (("First day", "3"), ("Last day", "14")):
        fields = page.get_by_role("group", name=group, exact=True)
        for part, text in (("Day", day), ("Month", "5"), ("Year", "2027")):
            fields.get_by_label(part).fill(text)
    page.get_by_label("What it is for").fill("Trainers")
    page.get_by_role("textbox", name="Amount").fill("12,500")
    page.get_by_role("textbox", name="Amount").press("Enter")
    page.get_by_role("link", name="7. Review").or_(page.get_by_role("link", name="Review")).first.click()
    page.get_by_role("button", name="Ask for authorisation").click()
    page.get_by_text("Waiting for your authority since").wait_for()
    assert page.get_by_text(re.compile(r"^TA-\d{4}-KEN-001$")).first.is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_do_not_overflow_in_arabic(page_of, width):
    case = make.in_clarification(questions=(("problem", "كم قضية؟"), ("budget", "Which lines?")))
    page = page_of(case.people.drafter, viewport={"width": width, "height": 800})
    for address in (case.url, "/desk", "/requests", f"{case.url}/annex"):
        page.goto(f"{address}?lang=ar")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def held(page, address) -> list:
    """The requests for an address, each of which waits until it is let go."""
    routes = []

    def hold(route):
        routes.append(route)

    page.route(address, hold)
    return routes


def test_what_was_typed_before_the_scripts_came_is_saved_too(page_of):
    case = make.draft()
    page = page_of(case.people.drafter)
    waiting = held(page, "**/js/forms.js")
    page.goto(f"{case.url}/steps/why", wait_until="domcontentloaded")
    page.get_by_label("The problem").fill("Typed on a slow line.")
    page.wait_for_timeout(300)
    for route in waiting:
        route.continue_()
    page.get_by_text(SAVED).wait_for()
    assert case.now.problem == "Typed on a slow line."


def test_a_button_pressed_while_a_save_is_under_way_waits_for_it(page_of):
    case = make.in_clarification(questions=(("problem", "How many cases?"),))
    page = page_of(case.people.drafter)
    page.goto(case.url)
    under_way = held(page, "**/answers/autosave")
    with page.expect_request("**/answers/autosave"):
        page.get_by_label("Your reply").fill("Forty cases.")
    page.get_by_role("button", name="Send the answer").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert case.now.status == "clarification"
    under_way[0].continue_()
    page.get_by_text("The answers were sent").wait_for()
    assert case.now.status == "in_review"
