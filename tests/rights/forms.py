"""Every form that people find on our pages, filled with what nobody expects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from hypothesis import strategies as st

from tests.rights import probing, subjects
from tests.rights.world import World
from tracker.rights.actor import Actor
from tracker.web.access import may_enter

KEPT = "Kookaburra’s plain answer"
"""A valid text: whatever is wrong beside it, it must still be on the page."""
PERSONAS = ("drafter", "authority", "donor_officer", "donor_signatory", "triage_officer", "programme_manager",
            "finance_officer", "administrator", "anonymous")  # fmt: skip
NEVER_TYPED = {"csrf_token", "key", "version", "q"}
AWKWARD = (
    "", " ", "\u00a0", "0", "-1", "1e309", "NaN", "٣٫٥", "1.000,00", "99999999999999999999", "2^63", "31 2 2027",
    "\x00", "\x1b[2J", "\u202e", "\ufeff", "\u200b" * 3, "e\u0301" * 40, "👩\u200d👩\u200d👧", "Côte d’Ivoire",
    "قائمة الطلبات", "请求", "Ⅷ", "²", "<script>alert(1)</script>", "{{ 7*7 }}", "%(name)s", "%s%n", "' OR 1=1;--",
    "../../etc/passwd", "=1+1", "@SUM(A1)", "\r\nSet-Cookie: a=b", "x" * 9_000, "\n" * 500, "null", "None", "[]",
    "00000000-0000-0000-0000-000000000000", "2027-13-45", "9" * 400, "a@b", "a@" + "b" * 300 + ".example",
)  # fmt: skip
TYPED = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec="utf-8"), max_size=60))


@dataclass
class Control:
    """An input of a form."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as a browser would send it."""

    persona: str
    page: str
    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Where free text goes."""
        return [c.name for c in self.controls if c.kind in ("text", "textarea") and c.name not in NEVER_TYPED]


class _Reader(HTMLParser):
    """Collects the forms that are sent by POST."""

    def __init__(self, persona: str, page: str) -> None:
        super().__init__()
        self.persona, self.page = persona, page
        self.forms: list[Form] = []
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            here = self.page.partition("?")[0]
            self.open = Form(self.persona, self.page, at.get("action") or here)
            if at.get("method", "").lower() == "post":
                self.forms.append(self.open)
        elif self.open is not None and tag in ("input", "textarea", "select") and at.get("name"):
            kind = at.get("type", "text") if tag == "input" else tag
            self.open.controls.append(Control(at["name"], kind, at.get("value", "")))
        elif self.open is not None and tag == "option" and self.open.controls:
            self.open.controls[-1].options.append(at.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_of(persona: str, page: str, body: str) -> list[Form]:
    """The forms of one page, as `probing.ask` gives it."""
    reader = _Reader(persona, page)
    reader.feed(body.replace("ADDRESS", page) if len(page) > 1 else body)
    return reader.forms


def found_on(app: Flask, world: World) -> list[Form]:
    """Every form on every page that somebody may open, once for each address that it is sent to."""
    probing.without_tokens(app)
    known: dict[str, Form] = {}
    with app.app_context(), probing.nothing_kept():
        for persona in PERSONAS:
            for address in _pages(app, world, persona):
                answer = probing.ask(app, world, persona, "GET", address)
                if answer.status != 200:
                    continue
                for form in forms_of(persona, address, answer.body):
                    known.setdefault(_kind(app, form.action), form)
    return [form for _kind_, form in sorted(known.items())]


def _pages(app: Flask, world: World, persona: str) -> Iterator[str]:
    """The addresses that a persona may enter, with what somebody else's page would only refuse left out."""
    actor = world.people[persona].actor if persona in world.people else Actor.anonymous
    for endpoint in subjects.endpoints(app):
        if not may_enter(app.view_functions[endpoint].access, actor):
            continue
        for (method, label), address in subjects.addresses(app, world, endpoint).items():
            if method == "GET" and label not in ("absent", "ghana", "sida", "strict"):
                yield address


def _kind(app: Flask, action: str) -> str:
    """The endpoint behind an action: two drafts have the same form."""
    try:
        endpoint, values = app.url_map.bind("localhost").match(action.partition("?")[0], method="POST")
    except Exception:
        return action
    return f"{endpoint} {values.get('slug', values.get('outcome', ''))}".strip()


def endpoint_of(app: Flask, form: Form) -> str:
    return _kind(app, form.action)


def filled(form: Form) -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    """A body for the form, and the name of the field that holds a valid text (or nothing)."""
    named = {control.name: control for control in form.controls if control.name != "csrf_token"}
    sent = {name: _typed(c) for name, c in named.items() if c.kind not in ("file", "submit", "button")}
    kept = st.sampled_from(form.texts or [""])
    return st.tuples(st.fixed_dictionaries(sent), kept).map(_with_a_valid_text)


def _typed(control: Control) -> st.SearchStrategy[str]:
    """What the page offers, or anything; what nobody sees is sent as it is two times out of three."""
    hidden = control.name in ("key", "version") or control.kind == "hidden"
    usual = [st.sampled_from(control.options or [control.value]) for _ in range(4 if hidden else 1)]
    return st.one_of(*usual, TYPED)


def _with_a_valid_text(drawn: tuple[dict[str, Any], str]) -> tuple[dict[str, Any], str]:
    body, kept = drawn
    return (body | {kept: KEPT} if kept else body), kept


def send(app: Flask, world: World, form: Form, body: dict[str, Any], kept: str) -> str:
    """Send it, keep nothing; gives what is wrong."""
    answer = probing.ask(app, world, form.persona, "POST", form.action, body)
    name = f"{form.persona} POST {form.action}"
    if answer.status >= 500:
        return f"{name}: {answer.error or answer.status} with {body!r}"
    shown = KEPT.casefold() in answer.body.casefold()
    if kept and answer.status >= 400 and answer.status != 404 and not shown:
        return f"{name}: {answer.status}, and what was typed into {kept} is gone; {body!r}"
    return ""
