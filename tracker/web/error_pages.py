"""Domain errors and HTTP errors as pages in the person's language, which keep what was typed."""

import secrets
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy.exc
import structlog
from flask import Flask, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, Unauthorized

from tracker.errors import DomainError, KeyReused
from tracker.extensions import db
from tracker.web import kept_forms, sent_forms, whole_forms
from tracker.web.access import current_actor
from tracker.web.form_sizes import MOST_OF_A_STRANGER

log = structlog.get_logger()
PAGES = {401, 403, 404, 405, 409, 413, 422, 429, 500, 503}
_REFUSED = (403, 409)
_TOLD = ("Allow", "Retry-After")
"""Headers of an error that say what to do instead, and when."""
RETRY_AFTER = 10
"""Seconds after which what is away for a moment may be asked again."""
MOST_GIVEN_BACK = 200_000
"""Characters of what was typed that a page repeats; the longest form of ours has room for fewer."""
_explanations: dict[str, Callable[[], list[Any]]] = {}


def explain(blueprint: str, changes_since: Callable[[], list[Any]]) -> None:
    """Have the pages that refuse a form of `blueprint` show what `changes_since()` says happened since it was opened:
    lines with title, who and at."""
    _explanations[blueprint] = changes_since


def _within(fields: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """The first fields that have room in `most` characters, each whole: half a text is no text."""
    fitting = []
    for name, text in fields:
        most -= len(name) + len(text)
        if most < 0:
            break
        fitting.append((name, text))
    return fitting


def _given_back(used: bool) -> dict[str, Any]:
    """What the page shows of what was typed, and the hidden fields with which it can be sent again (None where it
    cannot); where the form's key is `used` with a new one: it is another act."""
    sent = sent_forms.typed()
    kept = _within(sent, MOST_GIVEN_BACK if current_actor().signed_in else MOST_OF_A_STRANGER)
    cut, withheld = len(kept) < len(sent) or not sent_forms.can_be_read(), len(sent) < len(sent_forms.everything())
    again = None
    if request.method == "POST" and not (cut or sent_forms.brought_files()) and request.form.get(whole_forms.MARK):
        again = [(name, str(uuid.uuid4()) if used and name == "key" else text) for name, text in sent_forms.hidden()]
    return {"typed": kept, "cut": cut, "withheld": withheld, "used": used, "again": again}


def _where() -> str:
    """The address for the log, without the token of a link that may still be used."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(token, "TOKEN") if token else request.path


def page(status: int, message: Any = None, *, used: bool = False, **facts: Any) -> Any:
    """An error page, or JSON where JSON was asked for; `id` lets the operator find the log line. `used` says that the
    form has done its act with other answers."""
    error_id = secrets.token_hex(4)
    if status >= 500:
        log.error("error page", id=error_id, status=status, path=_where(), exc_info=status == 500)
    if request_ctx.url_adapter is None:  # asked under another host's name: no page of ours has an address there
        return _("The tracker does not answer under this name."), status, {"Content-Type": "text/plain; charset=utf-8"}
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return jsonify(error=str(message or status), status=status, id=error_id), status
    shown = status if status in PAGES else (500 if status >= 500 else 404 if status < 410 else 422)
    values = {"status": status, "message": message, "error_id": error_id, **_given_back(used)}
    later = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    return render_template(f"errors/{shown}.html", **values, **facts), status, later


def answer(error: HTTPException) -> Any:
    """The page of an error of HTTP, with the headers that say what to do instead."""
    if error.code is None or error.code < 400:
        return error
    response = make_response(page(error.code))
    response.headers.extend((name, value) for name, value in error.get_headers() if name in _TOLD)
    return response


def init_app(app: Flask) -> None:
    """Register a page for everything that can go wrong."""

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> Any:
        db.session.rollback()
        facts: dict[str, Any] = {"theirs": getattr(error, "theirs", {}), "fields": getattr(error, "fields", {})}
        facts["changes_since"] = _changes_since(error.status)
        return page(error.status, error.message, used=isinstance(error, KeyReused), **facts)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> Any:
        return _session_gone(own_page=False) if kept_forms.needs_sign_in() else page(422, None, expired=True)

    @app.errorhandler(Unauthorized)
    def unauthorized(error: Unauthorized) -> Any:
        return _session_gone(own_page=True)

    app.register_error_handler(HTTPException, answer)

    @app.errorhandler(sqlalchemy.exc.OperationalError)
    @app.errorhandler(sqlalchemy.exc.InterfaceError)
    @app.errorhandler(sqlalchemy.exc.InternalError)  # PostgreSQL ended a transaction in which nothing moved for long
    @app.errorhandler(sqlalchemy.exc.TimeoutError)  # every connection of this process is in use
    def database_gone(error: Exception) -> Any:
        _forget_session()
        log.error("database unavailable", reason=str(error.__cause__ or error)[:300])
        return page(503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Any:
        if app.config.get("PROPAGATE_EXCEPTIONS") or app.testing:
            raise error
        _forget_session()
        return page(500)


def _session_gone(*, own_page: bool) -> Any:
    """The page of a session that is gone: what was typed, and the form to sign in and have it sent."""
    kept = kept_forms.keep(own_page=own_page, most=MOST_GIVEN_BACK) if request.method == "POST" else None
    return page(401, kept=kept)


def _changes_since(status: int) -> list[Any]:
    """What happened to the thing since the refused form was opened."""
    explanation = _explanations.get(request.blueprint or "")
    if explanation is None or request.method != "POST" or status not in _REFUSED:
        return []
    try:
        return explanation()
    except DomainError:
        return []


def _forget_session() -> None:
    try:
        db.session.rollback()
    except sqlalchemy.exc.SQLAlchemyError:
        db.session.remove()
