"""Headers that tell a browser what our pages never do: run foreign code, be framed, be kept by a cache."""

from flask import Flask, Response, request

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
    # Pages depend on who looks and in which language; only what says otherwise itself may be kept.
    response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
    return response


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
