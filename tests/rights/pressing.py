"""The form behind a button, as its page gives it and as a person fills it in, and one press of it."""

from typing import Any

from tests.rights import forms, subjects
from tests.rights.presses import Press
from tests.rights.stage import Stage

TYPED = ("text", "textarea", "email", "number")


def form_for(scene: Stage, endpoint: str, press: Press) -> tuple[str, dict[str, Any], list[str]]:
    """Where the form is sent, what it holds when the page has been opened and the press's answers were typed, and the
    names of those that are texts."""
    found = subjects.addresses(scene.app, scene.made, endpoint)
    labels = [label for method, label in found if method == "POST" and label != "absent"]
    address = found["POST", press.subject or labels[0]]
    page = press.on.format(**scene.made.ids) or address
    opened = scene.ask(press.by, "GET", page)
    assert opened.status == 200, f"{press.by} GET {page}: {opened.error or opened.status}"
    there = forms.forms_of(press.by, page, opened.body)
    mine = [form for form in there if form.action.partition("?")[0] == address]
    mine = mine or [form for form in there if forms.endpoint_of(scene.app, form).split(" ")[0] == endpoint]
    assert mine, f"no form for {address} on {page}, only for {[form.action for form in there]}"
    controls = mine[0].controls
    body = {c.name: c.value for c in controls if c.kind in ("hidden", "text", "email", "number")}
    typed = press.typed(scene.made) if callable(press.typed) else press.typed
    for name, value in typed.items():
        begins = name.removesuffix("*")
        body |= {c.name: value for c in controls if c.name.startswith(begins)} if begins != name else {name: value}
    return mine[0].action, body, [c.name for c in controls if c.kind in TYPED and body.get(c.name)]


def sent(scene: Stage, press: Press, address: str, body: dict[str, Any]) -> Any:
    """One press; a file is read anew."""
    data = {name: value() if callable(value) else value for name, value in body.items()}
    return scene.ask(press.by, "POST", address, data)
