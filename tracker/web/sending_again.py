"""Sending a kept form once more on behalf of the person who has just come in: the application is asked as their browser
would ask it, so that every check and every answer is the same."""

import contextvars
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import IO, Any

from flask import Flask, current_app, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from tracker.extensions import db
from tracker.web.kept_forms import Fields
from tracker.web.sent_forms import TOKEN

SentFile = tuple[str, str, str, IO[bytes]]
"""Field, name of the file, media type, content."""
_PASSED_ON = ("HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT", "REMOTE_ADDR", "SCRIPT_NAME")


def send_again(address: str, fields: Fields, files: Iterable[SentFile] = ()) -> Response:
    """The answer to the form; what it keeps in the session is kept in this one."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy has it
    environ = _environ(address, fields, files)
    db.session.rollback()

    def ask() -> Response:
        # Past the layers around the application: this is still the one request that they let in.
        return Response.from_app(lambda environ, start: Flask.wsgi_app(app, environ, start), environ, buffered=True)

    answer = contextvars.Context().run(ask)  # a context of its own: what hangs on `g` belongs to one request
    _take_over_session(answer)
    return answer


def _environ(address: str, fields: Fields, files: Iterable[SentFile]) -> dict[str, Any]:
    data: MultiDict[str, Any] = MultiDict([*fields, (TOKEN, generate_csrf())])
    headers: Any = {"Cookie": _cookies(), "Referer": request.host_url}
    for field, name, media_type, content in files:
        data.add(field, FileStorage(content, filename=name, content_type=media_type))
    builder = EnvironBuilder(
        path=address.partition("?")[0],
        query_string=address.partition("?")[2],
        base_url=request.host_url,
        method="POST",
        data=data,
        environ_base={name: request.environ[name] for name in _PASSED_ON if name in request.environ},
        headers=headers,
    )
    try:
        return builder.get_environ()
    finally:
        builder.close()


def _cookies() -> str:
    """The browser's cookies, with the session as it stands now."""
    serializer = _session_serializer()
    now = {**request.cookies, current_app.config["SESSION_COOKIE_NAME"]: serializer.dumps(dict(session))}
    return "; ".join(f"{name}={value}" for name, value in now.items())


def _take_over_session(answer: Response) -> None:
    """Let the session say what the answer's says, instead of two cookies for one."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    cookies = answer.headers.getlist("Set-Cookie")
    answer.headers.remove("Set-Cookie")
    for cookie in cookies:
        morsel = SimpleCookie(cookie).get(name)
        if morsel is None:
            answer.headers.add("Set-Cookie", cookie)
        elif morsel.value:
            session.clear()
            session.update(_session_serializer().loads(morsel.value))


def _session_serializer() -> Any:
    app: Any = current_app
    return app.session_interface.get_signing_serializer(app)
