"""Gemini on Vertex AI: project and location stand in the path, access is by token or express key.

https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference

`options`: `project` and `location`; the first by default from `credentials_json`, the second from
the host name. Without a project there is only the express mode: an API key, and paths without
project and location. With `credentials_json` the gateway fetches tokens; an `api_key` that is an
access token goes out as a bearer token. The address goes by the location: see the catalogue.

A model is `gemini-...` (Google's), `publisher/model`, or a path that begins with `publishers/` or
`projects/` (endpoints of one's own).
"""

import re
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from msgspec.structs import replace

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall
from vedette.providers import gemini, openai
from vedette.providers.google_token import Account

_PLACED = re.compile(r"(.*?)/projects/([^/]+)/locations/([^/]+)")
_HOST = re.compile(r"(?:([a-z0-9-]+)-)?aiplatform\.(?:([a-z]+)\.rep\.)?googleapis\.com")
_VERSION = re.compile(r"/v\d+(?:(?:alpha|beta)\d*)?$")
_LISTING_VERSION = "/v1beta1"
_OPENAI = "/endpoints/openapi"
_WHOLE = re.compile(r"(?:publishers/[^/]+/models|endpoints|models)/[^/]+")
"""Models that are a path by themselves."""
_UPWARDS = ("/..", "/.")
_PUBLISHERS = MappingProxyType({"anthropic": "anthropic"})
_METHODS = MappingProxyType({**gemini.METHODS, "anthropic": ("rawPredict", "streamRawPredict")})


class Provider(gemini.Provider):
    """Paths of Vertex AI."""

    def __init__(self, settings: ProviderSettings) -> None:
        options = settings.options
        url = settings.base_url.rstrip("/").removesuffix(_OPENAI)
        project, location = options.get("project", ""), options.get("location", "")
        if (placed := _PLACED.fullmatch(url)) is not None:
            url, project, location = placed[1], project or placed[2], location or placed[3]
        if not urlsplit(url).path.strip("/"):
            url += "/v1"
        super().__init__(replace(settings, base_url=url))
        if not project and (written := options.get("credentials_json", "")):
            account = Account.read(written)
            project = account.project_id or account.quota_project_id
        self._root = _VERSION.sub("", self._prefix.decode())
        place = location or _location(urlsplit(url).hostname or "")
        quoted = quote(project, safe="-_.:"), quote(place, safe="-_")
        self._place = "/projects/{}/locations/{}".format(*quoted) if project else ""

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        if path == "/models" and method == "GET":
            return self._listing(query, headers)
        return super().prepare(method=method, path=self._placed(path), query=query, headers=headers)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        if dialect not in _METHODS:
            path = openai.PATHS[dialect]
            return self.prepare(method="POST", path=path, query=query, headers=headers)
        verb = _METHODS[dialect][stream]
        if dialect == "gemini":
            query = gemini.stream_query(query, stream=stream)
        path = self._model_path(model, _PUBLISHERS.get(dialect, "google"))
        return self.prepare(method="POST", path=f"{path}:{verb}", query=query, headers=headers)

    def is_native(self, path: str, headers: Headers) -> bool:
        """All of Vertex' paths are Google's own: the OpenAI-shaped ones too take its tokens."""
        return True

    def _placed(self, path: str) -> str:
        """The path below project and location, where there are any."""
        if path.startswith("/projects/"):
            return path
        if not super().is_native(path, ()):
            return f"{self._place}{_OPENAI}{path}"
        if path.startswith("/models/"):
            path = f"/publishers/google{path}"
        return self._place + path

    def _model_path(self, model: str, publisher: str) -> str:
        """The model as part of a path. One of another project is a name that nobody has."""
        inside = model.removeprefix(f"{self._place[1:]}/") if self._place else model
        if _WHOLE.fullmatch(inside) and not inside.endswith(_UPWARDS):
            return "/" + quote(inside, safe="/@")
        if model.count("/") == 1:
            publisher, _, model = model.partition("/")
        return f"/publishers/{quote(publisher, safe='')}/models/{quote(model, safe='@')}"

    def _listing(self, query: str, headers: Headers) -> HttpCall:
        """Google's models are listed without project and location, and only in the beta."""
        call = super().prepare(
            method="GET", path="/publishers/google/models", query=query, headers=headers
        )
        below = call.target.removeprefix(self._prefix)
        target = f"{self._root}{_LISTING_VERSION}".encode() + below
        return HttpCall(call.method, target, call.headers)


def _location(host: str) -> str:
    match = _HOST.fullmatch(host)
    return "global" if match is None else match[1] or match[2] or "global"
