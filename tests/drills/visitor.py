"""Somebody at a browser without script: opens a page, fills a form, and presses again as long as nobody answers."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from lxml import html

from tests.factories.accounts import Someone
from tests.services.people import sign_in

ANSWERED_WITHIN = 20.0
PAUSE = 0.2


class NotTaken(Exception):
    """The site refused what was lawful, or never answered."""


@dataclass
class Visitor:
    """One signed-in person with a connection of their own."""

    site: str
    cookie: str
    patience: float = 120.0
    slowest: float = 0.0
    broken: int = 0
    unmeant: list[str] = field(default_factory=list)  # answers of a fault of the site, not of one that it met
    over: threading.Event = field(default_factory=threading.Event)
    connection: http.client.HTTPConnection | None = None

    @classmethod
    def signed_in(cls, app: Flask, someone: Someone, site: str) -> "Visitor":
        """With a session that was begun just now."""
        name = app.config["SESSION_COOKIE_NAME"]
        client = sign_in(app.test_client(), someone)
        cookie = client.get_cookie(name)
        assert cookie is not None
        return cls(site, f"{name}={cookie.value}")

    def press(self, page: str, form: str, typed: dict[str, Any]) -> None:
        """Fill the form whose address ends so and send it, the very same again until it is acknowledged: a press that
        nobody answered may have been done."""
        action, body = self._until(lambda: self._filled(page, form, typed))
        self._until(lambda: self._sent(action, body))

    def _until(self, attempt: Callable[[], Any]) -> Any:
        """What it gives once it is answered. Raise NotTaken when that never is."""
        end = time.monotonic() + self.patience
        while True:
            try:
                return attempt()
            except (OSError, http.client.HTTPException) as reason:
                self.hang_up()
                self.broken += 1
                if time.monotonic() > end or self.over.wait(PAUSE):
                    raise NotTaken(f"no answer: {reason!r}") from reason

    def _filled(self, page: str, form: str, typed: dict[str, Any]) -> tuple[str, str]:
        """Where the form goes, and what it sends: all that the page put into it and what is typed."""
        status, content = self._ask("GET", page)
        if status != 200:
            raise NotTaken(f"{page}: {status}")
        found = [each for each in html.fromstring(content).forms if _ends_with(each.get("action"), form)]
        if not found:
            raise NotTaken(f"{page}: no form {form}")
        values = dict(found[0].form_values())
        for name, value in typed.items():
            beginning = name.removesuffix("*")
            names = [each for each in values if each.startswith(beginning)] if name.endswith("*") else [name]
            values |= dict.fromkeys(names, value)
        return found[0].get("action"), urlencode(values)

    def _sent(self, action: str, body: str) -> None:
        status, content = self._ask("POST", action, body)
        if status != 302:
            said = " ".join(html.fromstring(content).text_content().split())[:300]
            raise NotTaken(f"{action}: {status} {said}")

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, bytes]:
        """One request; an answer that asks for patience counts as none."""
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.connection is None:
            host, port = urlsplit(self.site).hostname, urlsplit(self.site).port
            self.connection = http.client.HTTPConnection(host or "localhost", port, timeout=ANSWERED_WITHIN)
        started = time.monotonic()
        self.connection.request(method, address, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.slowest = max(self.slowest, time.monotonic() - started)
        for kept in answer.msg.get_all("Set-Cookie") or []:
            self._keep(kept.partition(";")[0])
        if answer.status >= 500:
            if answer.status != 503:
                self.unmeant.append(f"{method} {address}: {answer.status}")
            raise http.client.HTTPException(f"answered {answer.status}")
        return answer.status, content

    def _keep(self, cookie: str) -> None:
        """In place of the one of this name."""
        name = cookie.partition("=")[0] + "="
        others = [one for one in self.cookie.split("; ") if not one.startswith(name)]
        self.cookie = "; ".join([*others, cookie])

    def hang_up(self) -> None:
        """Close the connection; the next request opens one."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _ends_with(action: str | None, wanted: str) -> bool:
    return (action or "").partition("?")[0].endswith(wanted)
