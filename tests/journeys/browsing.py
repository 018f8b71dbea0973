"""A person at a browser who fills forms by the names of their fields, in whatever language the page speaks."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.factories.accounts import Someone

FILLED = "button[type=submit]:not(.hidden)"
MAIN_BUTTON = "main .form-end button[type=submit]:not(.button--plain):visible"


@dataclass
class Seat:
    """One person's browser."""

    page: Any
    someone: Someone

    def go(self, path: str) -> "Seat":
        """Open a page of the site; raises AssertionError when it is refused."""
        answer = self.page.goto(path, wait_until="load")
        assert answer.status == 200, (path, answer.status, self.text()[:400])
        return self

    def write(self, **values: Any) -> "Seat":
        """Fill fields by name: texts, choices (a list ticks several), days, files (a dict as Playwright takes it)."""
        for name, value in values.items():
            self._write(name.replace("__", "-"), value)
        return self

    def _write(self, name: str, value: Any) -> None:
        if isinstance(value, date):
            for part in ("day", "month", "year"):
                self.page.fill(f"main [name='{name}-{part}']", str(getattr(value, part)))
            return
        inputs = self.page.locator(f"main [name='{name}']")
        kind = inputs.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind in ("checkbox", "radio"):
            for one in value if isinstance(value, list) else [value]:
                self._open_details(box := self.page.locator(f"main [name='{name}'][value='{one}']"))
                box.check()
        elif kind == "select":
            inputs.first.select_option(value)
        elif kind == "file":
            inputs.first.set_input_files(value)
        else:
            self._open_details(inputs.first)
            inputs.first.fill(str(value))

    def _open_details(self, locator: Any) -> None:
        """Open what the field is folded in."""
        locator.evaluate(
            "e => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true }"
        )

    def field(self, beginning: str) -> str:
        """The name of the first field that begins so."""
        return self.page.locator(f"main [name^='{beginning}']").first.get_attribute("name")

    def send(self, *, form_of: str = "") -> "Seat":
        """Press the page's one filled button, or that of the form that holds a field; no errors may come back."""
        if form_of:
            return self.press(self.page.locator(f"main form:has([name^='{form_of}']) {FILLED}").first)
        return self.press(self.page.locator(MAIN_BUTTON).last)

    def refused(self) -> str:
        """Press the page's filled button and be refused; gives what the page says of it."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(MAIN_BUTTON).last.click()
        return str(self.page.locator(".error-summary").first.inner_text())

    def press(self, button: Any) -> "Seat":
        """Press a button and wait for the page that answers."""
        with self.page.expect_navigation(wait_until="load") as answer:
            button.click()
        summary = self.page.locator(".error-summary")
        said = summary.first.inner_text() if summary.count() else self.text()[:400]
        assert not summary.count(), (self.page.url, said)
        assert answer.value is None or answer.value.status == 200, (self.page.url, said)
        assert self.page.locator("main h1").count() == 1, self.text()[:400]
        return self

    @property
    def address(self) -> str:
        """Where the browser is, without the site's name."""
        return "/" + self.page.url.split("/", 3)[3]

    def id_in(self, pattern: str) -> str:
        """The id in the present address; `pattern` has one group."""
        found = re.search(pattern, self.address)
        assert found, self.address
        return found[1]

    def links(self, pattern: str) -> list[str]:
        """Addresses on the page that match."""
        hrefs = self.page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
        return [href for href in hrefs if re.search(pattern, href)]

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()
