"""Headers that tell a browser what our pages never do: run foreign code, be framed, be kept by a cache."""

from flask import Flask, Response, request

from tracker.web.access import current_actor

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = 31_536_000


def add_headers(response: Response) -> Response:
    """Add what is missing: a view that serves a file may have set a stricter policy of its own."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # No cache keeps what a signed-in person saw, nor what stands behind a link from a letter; the public's pages depend
    # on their language only.
    private = current_actor().signed_in or request.method != "GET" or "token" in (request.view_args or {})
    response.headers.setdefault("Cache-Control", "no-store" if private else "private, no-cache")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
    return response


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
