"""The way from the page of a list to its export, with the filters that stand in the address."""

from typing import Any

from flask import Flask, request, url_for

from tracker.documents.lists import kind_of


def export_url(name: str, **values: Any) -> str:
    """The address of a list's export; filters are those of the present address, or `values` in their place."""
    here = {**request.args, **(request.view_args or {}), **values}
    parts: dict[str, Any] = kind_of(name).narrowed({key: str(value) for key, value in here.items() if value})
    return url_for("lists.export", list_name=name, **parts)


def init_app(app: Flask) -> None:
    """Let templates ask for it."""
    app.jinja_env.globals["export_url"] = export_url
