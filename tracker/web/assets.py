"""Static files under addresses that name their content, so that a browser may keep them for ever.

The version in `/static/v-3f9a…/css/site.css` is a hash over all static files: the modules can import each
other by relative addresses and are still never mixed between two releases. The files are few and small,
so each process holds them in memory, compressed once.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import Flask, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.web.access import access

FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes as they are and compressed, by content coding."""

    body: bytes
    mimetype: str
    encoded: dict[str, bytes]

    @classmethod
    def read(cls, path: Path) -> "Asset":
        body = _lean(path.read_bytes()) if path.suffix == ".js" else path.read_bytes()
        mimetype = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        encoded = {"br": brotli.compress(body), "gzip": gzip.compress(body, mtime=0)}
        return cls(body, mimetype, {name: data for name, data in encoded.items() if len(data) < len(body)})


def _lean(module: bytes) -> bytes:
    """A module without what only its readers need: indentation, and lines that are comments."""
    lines = (line.strip() for line in module.splitlines())
    return b"".join(line + b"\n" for line in lines if line and not line.startswith(b"//"))


class Assets:
    """All static files of the application and the version that names them."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        self.files = {path.relative_to(folder).as_posix(): Asset.read(path) for path in paths}
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(name.encode() + b"\0" + hashlib.sha256(asset.body).digest())
        self.version = digest.hexdigest()[:12]


def asset_url(name: str) -> str:
    """The address of a static file ("css/site.css"). Raises KeyError when there is none: a typing error."""
    assets: Assets = current_app.extensions["assets"]
    assets.files[name]
    return f"{request.script_root if request else ''}/static/v-{assets.version}/{name}"


@access("public")
def asset(version: str, name: str) -> AnyResponse:
    """Send a static file; a page of another release gets today's file, but may not keep it."""
    assets: Assets = current_app.extensions["assets"]
    found = assets.files.get(name)
    if found is None:
        abort(404)
    coding = request.accept_encodings.best_match(list(found.encoded)) if found.encoded else None
    response = Response(found.encoded[coding] if coding else found.body, mimetype=found.mimetype)
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_EVER if version == assets.version else "no-cache"
    response.set_etag(f"{hashlib.sha256(found.body).hexdigest()[:16]}{'-' + coding if coding else ''}")
    return response.make_conditional(request)


def init_app(app: Flask) -> None:
    """Read the files and give templates `asset_url`."""
    app.extensions["assets"] = Assets(Path(app.static_folder or "static"))
    app.add_url_rule("/static/v-<version>/<path:name>", "asset", asset)
    app.jinja_env.globals["asset_url"] = asset_url
