"""Every page that a link leads to, as every kind of person: it answers, is light, and is for everyone to use."""

import os
import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.walking import PAGE_BYTES, Seen, Visitor, visitors, walk

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AXE = Axe()
SHOTS = Path(os.environ["PAGE_SHOTS"]) if "PAGE_SHOTS" in os.environ else None
"""Where pictures of every page go when somebody wants to look at them."""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
IN_FRENCH, IN_ARABIC = 3, 6
"""Every so many pages are looked at in these languages too."""
WIDEST = ("triage.queue",)
"""Pages with so many columns that French, whose words are longer, is always looked at."""
STANDS_OUT = """Math.max(
    document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll(".scroller")]
        .filter(region => getComputedStyle(region).overflowX === "visible")
        .map(region => region.scrollWidth - region.clientWidth))"""
"""By how many pixels the page is wider than its window, or a table that does not scroll wider than its place."""


@dataclass
class Looker:
    """Looks at pages as one visitor and keeps what is wrong with them."""

    page: Any
    who: str
    problems: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", lambda line: self.heard(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.heard(str(error)))

    def heard(self, line: str) -> None:
        self.say(f"console: {line}")

    def say(self, what: str) -> None:
        self.problems.append(f"{self.who} {self.page.url}: {what}")

    def open(self, seen: Seen, language: str) -> None:
        joint = "&" if "?" in seen.path else "?"
        self.page.goto(f"{seen.path}{joint}lang={language}", wait_until="load")

    def check(self, seen: Seen, language: str) -> None:
        """Nothing for axe to find in a wide window."""
        self.page.evaluate(AXE.axe_script)
        options = {**RULES, "resultTypes": ["violations"]}
        for rule in self.page.evaluate("async options => (await axe.run(options)).violations", options):
            self.say(f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:2]]}")
        self.keep(seen, language)

    def fits(self, seen: Seen, language: str) -> None:
        """Nothing stands out of a wide window, or of a narrow one."""
        for window in (WIDE, NARROW):
            self.page.set_viewport_size(window)
            wider = self.page.evaluate(STANDS_OUT)
            if wider > 0:
                self.say(f"{wider} px wider than {window['width']} px in {language}")
        self.keep(seen, language)
        self.page.set_viewport_size(WIDE)

    def keep(self, seen: Seen, language: str) -> None:
        """A picture to look at, when wanted."""
        if SHOTS is None:
            return
        width = self.page.viewport_size["width"]
        name = re.sub(r"[^a-z0-9]+", "-", f"{seen.endpoint}-{self.who}".lower())
        number = sum(1 for _ in SHOTS.glob(f"{language}-{width}-{name}*"))
        self.page.screenshot(path=SHOTS / f"{language}-{width}-{name}-{number}.png", full_page=True)


def answers(app, everybody: list[Visitor]) -> tuple[list[tuple[Visitor, Seen]], list[str]]:
    """Every page once for each view, and what is wrong with any answer."""
    pages, problems, known = [], [], set()
    for visitor in everybody:
        starts = True
        for seen in walk(app, visitor):
            if seen.status >= 400:
                problems.append(f"{visitor.name} {seen.path}: {seen.status}")
            if seen.is_page and seen.size > PAGE_BYTES:
                problems.append(f"{visitor.name} {seen.path}: {seen.size} bytes")
            starts = starts and seen.is_start
            if seen.is_page and ((visitor.looks_at_all and starts) or seen.endpoint not in known):
                known.add(seen.endpoint)
                pages.append((visitor, seen))
    return pages, problems


def test_every_page(app, page_of):
    assert "requests," in app.test_cli_runner().invoke(args=["demo", "load"]).output
    if SHOTS is not None:
        SHOTS.mkdir(parents=True, exist_ok=True)
    app.testing = False
    pages, problems = answers(app, visitors())
    assert len({seen.endpoint for _, seen in pages}) > 80
    for visitor, theirs in groupby(pages, key=lambda entry: entry[0]):
        looker = Looker(page_of(visitor.someone, viewport=WIDE, reduced_motion="reduce"), visitor.name)
        for number, (_, seen) in enumerate(theirs):
            looker.open(seen, "en")
            looker.check(seen, "en")
            looker.fits(seen, "en")
            if number % IN_FRENCH == 0 or seen.endpoint in WIDEST:
                looker.open(seen, "fr")
                looker.fits(seen, "fr")
            if number % IN_ARABIC == 0:
                looker.open(seen, "ar")
                looker.check(seen, "ar")
                looker.fits(seen, "ar")
        problems += looker.problems
        looker.page.context.close()
    assert not problems, "\n".join(problems)
