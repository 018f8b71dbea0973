"""The cookie of an open page: its own for each link, apart from signing in, and sent to that page alone."""

from typing import Any

from flask import request, url_for

from tracker.participation.delegate_page import queries
from tracker.participation.delegate_page.models import DelegateLink, DelegateOpening
from tracker.web.application import settings

NAME = "journey"


def opening_here(link: DelegateLink) -> DelegateOpening | None:
    """The opening of this link's page in this browser, while it lasts."""
    token = request.cookies.get(NAME, "")
    return queries.opening_of(link.id, token) if token else None


def keep(response: Any, token: str, opened: str) -> Any:
    """Give the browser the token of an opening until the browser is closed."""
    response.set_cookie(NAME, opened, httponly=True, samesite="Lax", secure=settings().is_https, path=_path(token))
    return response


def forget(response: Any, token: str) -> Any:
    """Take the token out of the browser."""
    response.delete_cookie(NAME, path=_path(token), httponly=True, samesite="Lax", secure=settings().is_https)
    return response


def _path(token: str) -> str:
    return url_for("participation.delegate_page", token=token)
