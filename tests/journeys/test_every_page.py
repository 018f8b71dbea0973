"""Every page, as every kind of person: it answers, is light, and is for everyone to use."""

from itertools import groupby

import pytest

from tests.journeys.page_checks import SAME_COLOURS, WIDE, Looker
from tests.journeys.test_unlinked_pages import NO_PAGES, UNLINKED
from tests.journeys.walking import PAGE_BYTES, Seen, Visitor, visitors, walk

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
IN_FRENCH, IN_ARABIC = 3, 6
"""Every so many pages are looked at in these languages too."""
WIDEST = ("triage.queue",)
"""Pages with so many columns that French, whose words are longer, is always looked at."""


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
    app.testing = False
    pages, problems = answers(app, visitors())
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    missing = sorted(there - {seen.endpoint for _, seen in pages} - UNLINKED - NO_PAGES)
    assert not missing, ", ".join(missing)
    assert there >= UNLINKED | NO_PAGES
    for visitor, theirs in groupby(pages, key=lambda entry: entry[0]):
        looker = Looker(page_of(visitor.someone, viewport=WIDE), visitor.name)
        for number, (_, seen) in enumerate(theirs):
            looker.open(seen.path, "en")
            looker.look(seen.endpoint)
            if number % IN_FRENCH == 0 or seen.endpoint in WIDEST:
                looker.open(seen.path, "fr")
                looker.fits(seen.endpoint, "fr")
            if number % IN_ARABIC == 0:
                looker.open(seen.path, "ar")
                looker.check(seen.endpoint, "ar", rules=SAME_COLOURS)
                looker.fits(seen.endpoint, "ar")
        problems += looker.problems
        looker.page.context.close()
    assert not problems, "\n".join(problems)
