"""Where forms are sent: each to an address of its own, so that the browser's Back finds the page as it was left when
the line is lost; whoever opens such an address is led to its page."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, redirect, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from tracker.web import error_pages

SENT = "sent"
"""What an address has that a page's form is sent to, and the page has not."""
_NO_PAGES = ("static", "asset")


def page_address() -> str:
    """The address of the page that is shown, with its arguments."""
    arguments = [(name, text) for name, text in request.args.items(multi=True) if name != SENT]
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path


def form_begins(action: str = "") -> str:
    """The form's own address, where `action` is where its view takes it (the page's own when empty)."""
    action = action or page_address()
    path, _, arguments = action.partition("?")
    if path == request.path:
        action = f"{path}?{arguments + '&' if arguments else ''}{SENT}=1"
    g.form_address = action
    return action


def form_address() -> str:
    """The address of the form that is being written, for buttons that send it and lead to a place on the page."""
    return str(g.get("form_address", ""))


def page_above(path: str) -> str | None:
    """The closest address above one that takes forms only, at which there is a page."""
    adapter = request_ctx.url_adapter
    parts = path.rstrip("/").split("/")
    while adapter is not None and len(parts) > 1:
        parts.pop()
        above = "/".join(parts) or "/"
        try:
            endpoint, _values = adapter.match(above, method="GET")
        except HTTPException:
            continue
        if endpoint not in _NO_PAGES:
            return above
    return None


def lead_to_page() -> Any:
    """The before_request hook: the address of a page's form is no page of its own."""
    return redirect(page_address()) if request.method in ("GET", "HEAD") and SENT in request.args else None


def init_app(app: Flask) -> None:
    """Bind the hook and the answer to who opens an address that takes forms only; offer addresses to templates."""
    app.before_request(lead_to_page)
    app.jinja_env.globals.update(form_begins=form_begins, form_address=form_address)

    @app.errorhandler(MethodNotAllowed)
    def takes_forms_only(error: MethodNotAllowed) -> Any:
        page = page_above(request.path) if request.method in ("GET", "HEAD") else None
        return redirect(page) if page else error_pages.answer(error)
