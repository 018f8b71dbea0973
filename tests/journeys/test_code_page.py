"""The page that takes a code from a letter: no address leads there, only a right password amid wrong ones."""

import pytest

from tests.accounts.test_codes import besiege
from tests.factories import accounts as make
from tests.journeys.page_checks import COLOURS, WIDE, Looker, violations

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
SMALL = {"width": 360, "height": 640}
TYPED = {"before anything is typed": None, "with nothing typed": "", "with a wrong code": "12345x"}


def come_there(looker: Looker, email: str, language: str) -> None:
    """Sign in with a password that is not enough at present."""
    looker.open("/sign-in", language)
    looker.page.fill("[name=email]", email)
    looker.page.fill("[name=password]", make.PASSWORD)
    send(looker, 200)


def send(looker: Looker, status: int) -> None:
    looker.status = status
    with looker.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        looker.page.locator("main .form-end [type=submit]").last.click()
    if answer.value.status != status:
        looker.say(f"{answer.value.status} instead of {status}")
    looker.page.wait_for_selector(".error-summary [id]" if status == 422 else "[name=sent_code]")


def look_everywhere(looker: Looker, state: str, language: str) -> None:
    """Wide and narrow in light colours, then what colours change in the dark."""
    looker.check(f"code {state}", language)
    looker.fits(f"code {state}", language)
    looker.page.set_viewport_size(SMALL)
    looker.measure(SMALL, language)
    looker.page.set_viewport_size(WIDE)
    looker.page.emulate_media(color_scheme="dark")
    for wrong in violations(looker.page, **COLOURS):
        looker.say(f"in the dark: {wrong}")
    looker.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_for_a_code_is_for_everyone(app, page_of, language):
    someone = make.person("focal_point", password=make.PASSWORD)
    besiege(someone.email)
    looker = Looker(page_of(None, viewport=WIDE), "somebody with a code to type")
    come_there(looker, someone.email, language)
    for state, code in TYPED.items():
        if code is not None:
            looker.page.evaluate("document.querySelector('[name=sent_code]').form.noValidate = true")
            looker.page.fill("[name=sent_code]", code)
            send(looker, 422)
        assert looker.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        look_everywhere(looker, state, language)
    looker.page.context.close()
    assert not looker.problems, "\n".join(looker.problems)
