"""Checks of pages in a real browser: nothing for axe to find, nothing wider than its window, a silent console."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SAME_COLOURS = {"color-contrast": {"enabled": False}}
"""In another language nothing has another colour, and to look for that takes half of the time."""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules for which it matters what colours a page is shown in."""
AXE = Axe().axe_script
SHOTS = Path(os.environ["PAGE_SHOTS"]) if "PAGE_SHOTS" in os.environ else None
"""Where pictures of every page go when somebody wants to look at them."""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
STANDS_OUT = """Math.max(
    document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll(".scroller")]
        .filter(region => getComputedStyle(region).overflowX === "visible")
        .map(region => region.scrollWidth - region.clientWidth))"""
"""By how many pixels the page is wider than its window, or a table that does not scroll wider than its place."""


def violations(page: Any, **options: Any) -> list[str]:
    """What axe finds on a page that it was given to, one line a rule."""
    options = {**RULES, "resultTypes": ["violations"], **options}
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:2]]}" for rule in found]


@dataclass
class Looker:
    """Looks at pages as one visitor and keeps what is wrong with them."""

    page: Any
    who: str
    problems: list[str] = field(default_factory=list)
    status: int = 200
    """What the page on its way is to answer."""

    def __post_init__(self):
        self.page.add_init_script(AXE)  # once for all pages: to send it to each takes longer than to look
        self.page.on("console", lambda line: self.heard(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.heard(str(error)))

    def heard(self, line: str) -> None:
        if self.status < 400 or f"status of {self.status}" not in line:
            self.say(f"console: {line}")

    def say(self, what: str) -> None:
        self.problems.append(f"{self.who} {self.page.url}: {what}")

    def open(self, path: str, language: str, *, status: int = 200) -> None:
        self.status = status
        joint = "&" if "?" in path else "?"
        answer = self.page.goto(f"{path}{joint}lang={language}", wait_until="load")
        # The script of lists comes a moment after the page; until then the head of its ticks is empty.
        self.page.locator("[data-tick-all][hidden]").wait_for(state="detached")
        if answer.status != status:
            self.say(str(answer.status))

    def look(self, name: str) -> None:
        """Everything that is looked at in English."""
        self.check(name, "en")
        self.fits(name, "en")

    def check(self, name: str, language: str, **options: Any) -> None:
        """Nothing for axe to find in a wide window."""
        for wrong in violations(self.page, **options):
            self.say(wrong)
        self.keep(name, language)

    def fits(self, name: str, language: str) -> None:
        """Nothing stands out of a wide window, or of a narrow one."""
        self.measure(WIDE, language)
        self.page.set_viewport_size(NARROW)
        self.measure(NARROW, language)
        self.keep(name, language)
        self.page.set_viewport_size(WIDE)

    def measure(self, window: dict[str, int], language: str) -> None:
        wider = self.page.evaluate(STANDS_OUT)
        if wider > 0:
            self.say(f"{wider} px wider than {window['width']} px in {language}")

    def keep(self, name: str, language: str) -> None:
        """A picture to look at, when wanted."""
        if SHOTS is None:
            return
        width = self.page.viewport_size["width"]
        SHOTS.mkdir(parents=True, exist_ok=True)
        begins = f"{language}-{width}-" + re.sub(r"[^a-z0-9]+", "-", f"{name}-{self.who}".lower())
        number = sum(1 for _ in SHOTS.glob(f"{begins}*"))
        self.page.screenshot(path=SHOTS / f"{begins}-{number}.png", full_page=True)
