"""A person who fills forms without a browser: what a Seat does, over plain HTTP, with the fields that a page offers."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from http.cookiejar import CookieJar
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from lxml import html
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart


@dataclass
class Poster:
    """One person with cookies of their own, at the page that was answered last."""

    site: str
    language: str = "en"
    status: int = 0
    address: str = "/"
    page: Any = None
    written: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self.opener.addheaders = [("Accept-Language", self.language), ("User-Agent", "a test")]

    def ask(self, path: str, *, body: bytes | None = None, kind: str = "") -> "Poster":
        """Ask for a page, follow where it leads, and keep the answer whatever it is."""
        headers = {"Content-Type": kind} if body is not None else {}
        request = urllib.request.Request(urljoin(self.site, path), data=body, headers=headers)
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            self.status, content = answer.status, answer.read()
            self.address = answer.geturl().removeprefix(self.site)
        self.page, self.written = html.fromstring(content or b"<html></html>"), {}
        return self

    def go(self, path: str) -> "Poster":
        """Open a page of the site; raises AssertionError when it is refused."""
        self.ask(path)
        assert self.status == 200, (path, self.status, self.text()[:400])
        return self

    def write(self, **values: Any) -> "Poster":
        """Fill fields by name: texts, choices (a list ticks several), days, files (a dict as Playwright takes it)."""
        for key, value in values.items():
            name = key.replace("__", "-")
            if isinstance(value, date):
                self.written |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
            else:
                self.written[name] = value
        return self

    def field(self, beginning: str) -> str:
        """The name of the first field that begins so."""
        return self.page.xpath("//main//*[starts-with(@name, $x)]/@name", x=beginning)[0]

    def send(self, *, form_of: str = "") -> "Poster":
        """Press the filled button of the form that holds the field (of the last form that has one): no errors come."""
        form, button = self._form(form_of)
        values = MultiDict(form.form_values())
        known = {each.get("name") for each in form.iter("input", "select", "textarea")}
        assert set(self.written) <= known, (self.address, set(self.written) - known)
        for name, value in self.written.items():
            values.setlist(name, [_as_sent(one) for one in (value if isinstance(value, list) else [value])])
        if button.get("name"):
            values[button.get("name")] = button.get("value", "")
        boundary, body = encode_multipart(values)
        self.ask(form.get("action") or self.address, body=body, kind=f'multipart/form-data; boundary="{boundary}"')
        said = " ".join(part.text_content() for part in self.page.find_class("error-summary"))
        assert self.status == 200, (self.address, self.status, said or self.text()[:400])
        assert not said, (self.address, said)
        return self

    def _form(self, form_of: str) -> tuple[Any, Any]:
        within = f"[.//*[starts-with(@name, '{form_of}')]]" if form_of else "[.//div[@class='form-end']]"
        button = ".//button[@type='submit'][not(contains(@class, 'hidden'))]"
        form = self.page.xpath(f"//main//form[@method='post']{within}")[-1]
        return form, form.xpath(button)[0]

    def id_in(self, pattern: str) -> str:
        """The id in the present address; `pattern` has one group."""
        found = re.search(pattern, self.address)
        assert found, self.address
        return found[1]

    def links(self, pattern: str) -> list[str]:
        """Addresses on the page that match."""
        return [href for href in self.page.xpath("//main//a/@href") if re.search(pattern, href)]

    def text(self) -> str:
        """What the page says."""
        return " ".join(self.page.text_content().split())


def _as_sent(value: Any) -> Any:
    if isinstance(value, dict):
        return FileStorage(BytesIO(value["buffer"]), filename=value["name"], content_type=value["mimeType"])
    return str(value)
