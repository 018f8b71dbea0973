"""Menus: capabilities add their pages, the layout shows those that the actor may enter."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, request, url_for

from tracker.extensions import db
from tracker.rights.actor import Actor
from tracker.web.access import current_actor, may_enter

GROUPS = ("main", "work", "money", "registry", "footer", "account")


@dataclass(frozen=True, slots=True)
class Page:
    """A page worth a place in a menu. `label` is lazily translated; `order` sorts within the group.

    `counter` names a figure that some capability counts for the signed-in actor (see `count_with`).
    `hidden_from` takes access names whose holders do not need the page (a desk replaces the public home).
    `covers` are addresses elsewhere whose pages belong to this one: it is the current page on them too.
    """

    endpoint: str
    label: Any
    group: str = "main"
    order: int = 50
    icon: str = ""
    counter: str = ""
    hidden_from: frozenset[str] = frozenset()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A page as the layout shows it now."""

    label: Any
    url: str
    current: bool
    count: int | None = None
    icon: str = ""


Counter = Callable[[Any], Mapping[str, int | sa.ScalarSelect[int]]]


def add(app: Flask, *pages: Page) -> None:
    """Offer pages to the menus (called by a capability's init_app)."""
    kept: list[Page] = app.extensions.setdefault("navigation", [])
    kept.extend(pages)
    kept.sort(key=lambda page: (GROUPS.index(page.group), page.order))


def count_with(app: Flask, counter: Counter) -> None:
    """Register figures for menus: a function from the actor to {counter name: number, or the select of it}.

    The selects of all are asked in one statement, with `person_id` and `membership_id` as parameters; make each once.
    """
    app.extensions.setdefault("navigation_counters", []).append(counter)


def counts() -> Mapping[str, int]:
    """All figures for the present actor, asked at most once per page."""
    if "navigation_counts" not in g:
        actor = current_actor()
        counters: list[Counter] = current_app.extensions.get("navigation_counters", [])
        figures: dict[str, Any] = {}
        for counter in counters if actor.signed_in else ():
            figures.update(counter(actor))
        g.navigation_counts = {**figures, **_asked(figures, actor)}
    return g.navigation_counts


def _asked(figures: Mapping[str, Any], actor: Actor) -> dict[str, int]:
    selects = {name: figure for name, figure in figures.items() if isinstance(figure, sa.ScalarSelect)}
    if not selects:
        return {}
    values = {"person_id": actor.person_id, "membership_id": actor.membership_id}
    return db.session.execute(_together(*selects.items()), values).one()._asdict()


@lru_cache(maxsize=32)
def _together(*selects: tuple[str, sa.ScalarSelect[int]]) -> sa.Select[Any]:
    """Built once for each kind of reader: every page asks it, and building it costs more than running it."""
    columns: list[Any] = [select.label(name) for name, select in selects]
    return sa.select(*columns)


def navigation(group: str = "main", with_counts: bool = True) -> list[Item]:
    """The pages of a group that the actor may enter, in order."""
    figures = counts() if with_counts else {}
    items = [(page, url_for(page.endpoint)) for page in _pages(current_actor()) if page.group == group]
    here = _nearest(items)
    return [Item(page.label, url, url == here, figures.get(page.counter), page.icon) for page, url in items]


def _pages(actor: Actor) -> list[Page]:
    """The pages that the actor may enter and needs, chosen once for each page that shows some of them."""
    if "navigation_pages" not in g:
        views, offered = current_app.view_functions, current_app.extensions.get("navigation", ())
        g.navigation_pages = [page for page in offered if page.endpoint in views and _is_for(page, views, actor)]
    return g.navigation_pages


def _is_for(page: Page, views: Mapping[str, Any], actor: Actor) -> bool:
    hidden = page.hidden_from and actor.signed_in and may_enter(page.hidden_from, actor)
    return not hidden and may_enter(getattr(views[page.endpoint], "access", frozenset()), actor)


def _nearest(items: Iterable[tuple[Page, str]]) -> str | None:
    """The item of the present address: the one that it, or the closest address above it, belongs to.

    The start page counts only as itself.
    """
    path = request.path
    above = {
        start: url
        for page, url in items
        for start in (*page.covers, url)
        if path == start or (start != "/" and path.startswith(start.rstrip("/") + "/"))
    }
    return above[max(above, key=len)] if above else None


def page_url(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or None where it is not there or the actor may not enter it."""
    view = current_app.view_functions.get(endpoint)
    may = view is not None and may_enter(getattr(view, "access", frozenset()), current_actor())
    return url_for(endpoint, **values) if may else None


def language_url(language: str) -> str:
    """The present address in another language, with its filters kept; after a press the nearest one above that is a
    page."""
    if request.endpoint is None or request.method != "GET":
        return f"{_page_above(request.path)}?lang={language}"
    arguments: dict[str, Any] = {name: values for name, values in request.args.lists() if name != "lang"}
    return url_for(request.endpoint, **{**arguments, **(request.view_args or {}), "lang": language})


def _page_above(path: str) -> str:
    """The address, or the nearest above it that can be opened: many forms are sent to addresses that take no GET."""
    addresses = current_app.url_map.bind("")
    while path.strip("/") and not addresses.test(path, method="GET"):
        path = path.rpartition("/")[0]
    return path or "/"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        navigation=navigation, page_url=page_url, language_url=language_url, navigation_counts=counts
    )
