"""The console's own files: one page that routes by itself, and its hashed assets."""

import gzip
import hashlib
import html
import mimetypes
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vedette.api.context import context_of
from vedette.errors import NotFound

ASSETS = "assets/"
"""Names below it carry a hash of their content: they never change."""

_FOREVER = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_COMPRESS_FROM_BYTES = 1_024
_COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
_TYPES: Mapping[str, str] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Vedette</title>
<style>body{{font:16px/1.5 system-ui;max-width:42rem;margin:12vh auto;padding:0 1rem}}
code{{background:#8883;padding:.1em .3em;border-radius:4px}}</style>
<h1>Vedette {version} is running</h1>
<p>The user interface was not built into this installation. Build it with <code>make ui</code>
and reload this page.</p>
<p>Everything it shows is also here: <a href="/api/v1/traces">traces</a>,
<a href="/api/v1/providers">providers</a>, <a href="/health/ready">health</a>,
<a href="/api/v1/openapi.json">the description of the API</a>. The gateway listens at
<code>{gateway_url}</code>.</p></html>
"""


class _File(NamedTuple):
    body: bytes
    packed: bytes
    """The body under gzip; empty where that does not pay."""
    etag: str
    media_type: str


def route() -> Route:
    """The route behind all others: whatever is no API answers with the page."""
    return Route("/{path:path}", serve_ui, methods=["GET"], include_in_schema=False)


async def serve_ui(request: Request) -> Response:
    context = context_of(request)
    path = str(request.path_params["path"])
    if path.startswith(("api/", "health/")) or path in ("api", "health"):
        raise NotFound(f"There is nothing at {request.url.path[:200]!r}.")
    static = context.services.settings.static_dir or files("vedette").joinpath("static")
    found = await context.threads.run(_load, static, path)
    if found is not None:
        forever = path.startswith(ASSETS)
        return _answer(request, found, _FOREVER if forever else _REVALIDATE)
    if path.startswith(ASSETS) or _looks_like_file(path):
        raise NotFound(f"There is no file {request.url.path[:200]!r}.")
    index = await context.threads.run(_load, static, "index.html")
    if index is not None:
        return _answer(request, index, _REVALIDATE)
    services = context.services
    page = _NOT_BUILT.format(
        version=html.escape(services.version),
        gateway_url=html.escape(services.settings.gateway_url),
    )
    return Response(page, media_type="text/html", headers={"cache-control": "no-store"})


def _load(static: Traversable, path: str) -> _File | None:
    """The file under `static`, or None; never one beside it."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or not part.isprintable() or "\\" in part for part in parts):
        return None
    try:
        body = static.joinpath(*parts).read_bytes()
    except (OSError, ValueError):
        return None
    media_type = _media_type(parts[-1])
    pays = len(body) >= _COMPRESS_FROM_BYTES and media_type.startswith(_COMPRESSED)
    return _File(
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if pays else b"",
        etag=hashlib.sha256(body).hexdigest()[:32],
        media_type=media_type,
    )


def _answer(request: Request, file: _File, cache_control: str) -> Response:
    packed = file.packed and "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{file.etag}{"-gz" if packed else ""}"'
    headers = {"cache-control": cache_control, "etag": etag, "vary": "accept-encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["content-encoding"] = "gzip"
    body = file.packed if packed else file.body
    return Response(body, media_type=file.media_type, headers=headers)


def _media_type(name: str) -> str:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def _looks_like_file(path: str) -> bool:
    """`/favicon.ico` is a file that is missing, `/traces/4bf9` a page."""
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return f".{suffix}" in _TYPES or f".{suffix}" in (".ico", ".png", ".txt", ".map")
