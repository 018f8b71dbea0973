"""One address for every page: what somebody typed with a slash too many at its end leads to the page."""

from typing import Any

from flask import Flask, redirect, request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException


def without_slash() -> Any:
    """The before_request hook: a permanent redirect to the same page without the slash, its query kept; None where
    the address is known, or names no page either way. The target is built from our own routes, never from what was
    sent, so that it leads nowhere else; whether the visitor may see the page is asked there."""
    adapter = request_ctx.url_adapter
    if request.endpoint is not None or adapter is None or request.method not in ("GET", "HEAD"):
        return None
    if not request.path.endswith("/"):
        return None
    try:
        endpoint, values = adapter.match(request.path[:-1], method="GET")
    except HTTPException:
        return None
    query = request.query_string.decode("ascii", "replace")
    return redirect(url_for(endpoint, **values) + (f"?{query}" if query else ""), 308)


def init_app(app: Flask) -> None:
    app.before_request(without_slash)
