"""The look in a real browser: nothing for axe to find, nothing that overflows, and what the modules promise."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.page_checks import AXE, COLOURS, violations

# How a page looks does not depend on the database; journeys go through both.
pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
PAGES = ("form", "request", "queue", "confirm", "error/409", "error/503")
WIDTHS = (1280, 320)
MEDIA = ({"color_scheme": "dark"}, {"forced_colors": "active"})


@pytest.fixture
def open_page(browser, look_server):
    """Open a sample page in a fresh context; anything on the console fails the test."""
    contexts, complaints = [], []

    def open_one(name: str, query: str = "", **options):
        context = browser.new_context(base_url=look_server, reduced_motion="reduce", locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(AXE)
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/look/{name}{query}", wait_until="networkidle")
        return page

    yield open_one
    for context in contexts:
        context.close()
    unexpected = [line for line in complaints if not re.search(r"status of (4|5)\d\d|ERR_", line)]
    assert not unexpected, unexpected


def overflow(page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_for_everyone(open_page, name):
    page = open_page(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert (width, overflow(page), violations(page)) == (width, 0, [])
    for media in MEDIA:
        page.emulate_media(**media)
        assert (media, violations(page, **COLOURS)) == (media, [])


@pytest.mark.parametrize("name", ["form", "request", "queue"])
def test_page_mirrors(open_page, name):
    page = open_page(name, "?lang=ar")
    assert violations(page) == []
    assert overflow(page) == 0
    brand, tools = (page.locator(part).bounding_box() for part in (".brand", ".header-tools"))
    assert brand["x"] > tools["x"]


def test_form_with_errors_is_for_everyone_and_takes_the_focus(open_page):
    page = open_page("form")
    page.click(".form-end [type=submit]")
    page.wait_for_selector(".error-summary")
    assert violations(page) == []
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "title"


def test_first_visit_takes_six_requests_at_most(open_page, browser, look_server):
    for name in PAGES[:4]:
        context = browser.new_context(base_url=look_server)
        page, answers = context.new_page(), []
        page.on("response", lambda answer, kept=answers: kept.append(answer.url))
        page.goto(f"/look/{name}", wait_until="networkidle")
        assert len(answers) <= 6, answers
        context.close()


def test_icons_are_drawn_under_our_policy(open_page):
    page = open_page("request")
    box = page.evaluate(
        "(() => { const b = document.querySelector('.pill use').getBBox(); return b.width * b.height })()"
    )
    assert box > 0


def test_works_without_scripts(open_page):
    page = open_page("form", java_script_enabled=False)
    page.fill("#title", "Typed without scripts")
    page.click(".form-end [type=submit]")
    assert page.input_value("#title") == "Typed without scripts"
    assert page.locator(".error-summary").count() == 1


class TestAutosave:
    def test_saves_after_a_pause_and_says_when(self, open_page):
        page = open_page("form")
        with page.expect_request(lambda call: call.method == "POST") as sent:
            page.fill("#title", "A title")
        assert "title=A+title" in sent.value.post_data
        assert "csrf_token=" in sent.value.post_data
        expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))

    def test_a_failure_is_said_and_loses_nothing(self, open_page):
        page = open_page("form")
        page.route("**/look/form", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
        page.fill("#title", "Kept")
        page.press("#title", "Tab")
        page.wait_for_selector("[data-save-state][data-tone=bad]")
        assert "still here" in page.inner_text("[data-save-state]")
        assert page.input_value("#title") == "Kept"

    def test_a_newer_version_elsewhere_stops_it(self, open_page):
        page = open_page("form")
        calls = []
        page.route(
            "**/look/form",
            lambda route: (
                (calls.append(1), route.fulfill(status=409)) if route.request.method == "POST" else route.fallback()
            ),
        )
        page.fill("#title", "Mine")
        page.press("#title", "Tab")
        page.wait_for_selector("[data-save-state][data-tone=bad]")
        page.fill("#title", "Mine too")
        page.press("#title", "Tab")
        page.wait_for_timeout(200)
        assert len(calls) == 1
        assert "somebody else" in page.inner_text("[data-save-state]")


def test_asks_before_typed_text_is_left(open_page):
    page = open_page("confirm")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#problem", "Not saved")
    page.goto("/look/request")
    assert asked == ["beforeunload"]


def test_does_not_ask_when_nothing_was_typed(open_page):
    page = open_page("confirm")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("text=Keep it")
    page.wait_for_url("**/look/request")
    assert asked == []


class TestQueueKeys:
    def test_move_tick_find_and_assign(self, open_page):
        page = open_page("queue")
        for key in "jjkjx":
            page.keyboard.press(key)
        rows = page.locator("tbody tr")
        assert "at" in rows.nth(1).get_attribute("class")
        assert rows.nth(1).locator("[type=checkbox]").is_checked()
        page.keyboard.press("a")
        assert page.evaluate("document.activeElement.id") == "to"
        page.locator("h1").click()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "f-q"
        page.keyboard.type("jx/")
        assert page.input_value("#f-q") == "jx/"

    def test_can_be_switched_off_for_good(self, open_page):
        page = open_page("queue")
        page.keyboard.press("?")
        page.uncheck("#queue-keys")
        page.reload()
        page.keyboard.press("j")
        assert page.locator("tr.at").count() == 0

    def test_one_box_ticks_the_column(self, open_page):
        page = open_page("queue")
        page.check("[data-tick-all]")
        assert page.locator("tbody :checked").count() == 25

    def test_offers_no_box_for_the_column_without_scripts(self, open_page):
        page = open_page("queue", java_script_enabled=False)
        assert not page.locator("[data-tick-all]").is_visible()
        assert page.locator("tbody [type=checkbox]").first.is_visible()


def test_filter_takes_effect_when_chosen(open_page):
    page = open_page("queue")
    page.select_option("#f-kind", "technical")
    page.wait_for_url("**kind=technical**")


def test_upload_shows_its_progress_and_the_answer(open_page):
    page = open_page("form")
    page.set_input_files("#paper", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"x" * 300_000})
    page.click(".form-end [type=submit]")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.fill("#title", "Guarded again")
    page.press("#title", "Tab")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved at "))


def test_looks_again_when_the_answer_to_an_upload_asks_for_it(open_page):
    def ask_for_it(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "Refresh": "1"})

    page = open_page("form")
    page.route("**/look/form*", ask_for_it)
    page.set_input_files("#paper", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"x" * 300_000})
    with page.expect_request(lambda sent: sent.method == "GET" and "/look/form" in sent.url):
        page.click(".form-end [type=submit]")


def test_bell_asks_for_its_count(open_page):
    page = open_page("request")
    with page.expect_response("**/notifications/count"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-unread]")).to_have_text("4")


def test_a_button_in_a_dense_table_keeps_its_room(open_page):
    page = open_page("queue")
    room = page.evaluate(
        """() => {
          const cell = document.querySelector(".table--dense tbody td:last-child");
          cell.innerHTML = '<a class="button button--plain button--small" href="/">End</a>';
          return parseFloat(getComputedStyle(cell.firstChild).paddingInlineStart);
        }"""
    )
    assert room >= 8


def test_a_title_without_a_space_breaks_in_the_queue(open_page):
    page = open_page("queue", viewport={"width": 1280, "height": 740})
    page.evaluate("document.querySelector('.table--dense tbody th a').textContent = 'W'.repeat(300)")
    assert overflow(page) == 0
