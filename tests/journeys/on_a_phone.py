"""The steps of a delegate on a phone, and of those who wait for what the delegate hands in."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.files.test_pieces_in_a_browser import PHOTOGRAPH
from tests.journeys.browsing import Seat
from tests.services.postgresql import wait_for

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
LINK = re.compile(r"https?://\S+(/journey/\S+)")
FILLED = "main form[method=post] button.button[type=submit]:not(.button--plain):visible"
CODE = re.compile(r"\b\d{6}\b")


class Phone(Seat):
    """A delegate's browser, on a line that drops; nobody is signed in."""

    def door(self, smtp: Any, email: str) -> str:
        """Open the personal link that came by mail, ask for a code, wait for it and open the page; gives the path."""
        link = found_in(smtp, email, LINK)
        self.go(link)
        self.press(self.page.locator("main form[action$='/code'] button"))
        self.page.fill("main [name=page_code]", found_in(smtp, email, CODE))
        self.press(self.page.locator("main form[action$='/open'] button").first)
        return re.sub(r"\?.*", "", link)

    def send_in_a_tunnel(self) -> "Phone":
        """Press the filled button while the line is away: the browser says so, and the form is a step back."""
        self.page.context.set_offline(True)
        self.page.locator(FILLED).last.click()
        self.page.wait_for_url("chrome-error://**")
        self.page.context.set_offline(False)
        self.page.go_back(wait_until="load")
        return self

    def send_it(self) -> "Phone":
        """Press the filled button of the page."""
        self.press(self.page.locator(FILLED).last)
        return self

    def accept_conditions(self, path: str) -> None:
        """Read and accept the conditions; the first press goes into a tunnel."""
        for press in (self.send_in_a_tunnel, self.send_it):
            self.go(f"{path}/conditions").write(accepts_conditions="y", alone_pays="y")
            press()

    def hand_in_papers(self, path: str, name: str, state: str, *, until: date) -> None:
        """Hand in a passport, say that no visa is needed, and choose a bank transfer."""
        given, family = name.split()
        said = {"passport_given_name": given, "passport_family_name": family, "passport_number": "XK7710042"}
        self.go(f"{path}/passport").write(**said, issued_by=state, passport_nationality=state)
        self.write(born_on=date(1981, 4, 7), passport_valid_until=until)
        self.send_it()
        self.go(f"{path}/payment").write(how="transfer", account_holder=name, bank_name="Bank", account_currency="EUR")
        self.write(iban="DE89370400440532013000", bic="COBADEFFXXX")
        self.send_it()

    def claim(self, path: str) -> None:
        """Say which days were spent, add a boarding pass whose upload is cut in the middle, and send the claim."""
        self.go(f"{path}/claim/days").send_it()
        self.go(f"{path}/claim/boarding")
        self.page.context.set_offline(True)
        self.page.evaluate(PHOTOGRAPH.replace("4000", "1600").replace("3000", "1200"))
        self.page.locator("main [role=status]").wait_for()
        self.page.context.set_offline(False)
        self.send_it()
        self.go(f"{path}/claim/send").send_it()


def found_in(smtp: Any, email: str, pattern: re.Pattern[str]) -> str:
    """What the newest mail to an address that has it says."""

    def newest() -> str | None:
        texts = (pattern.search(mail.text) for mail in reversed(smtp.to(email)))
        return next((found[found.re.groups] for found in texts if found), None)

    return waited_for(newest, f"a mail to {email} with {pattern.pattern}")


def waited_for(look: Callable[[], str | None], what: str) -> str:
    found: list[str] = []

    def there() -> bool:
        value = look()
        if value:
            found.append(value)
        return bool(value)

    wait_for(there, seconds=60, what=what)
    return found[-1]
