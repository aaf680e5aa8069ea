"""Amazon Bedrock: the model stands in the path, calls are signed or carry an API key.

https://docs.aws.amazon.com/bedrock/latest/APIReference/welcome.html

`options`: `access_key_id`, `secret_access_key` and `session_token` sign every call; without them
`api_key` is a Bedrock API key, sent as a bearer token. `region` is the signature's; by default the
one in the host name.

The runtime's own paths begin with `/model/`. What OpenAI's clients ask for lives under
`/openai/v1`, for the models that Amazon serves in that format; of a `base_url` that ends with it
the root is taken.
"""

import re
from urllib.parse import quote, urlsplit

from msgspec.structs import replace

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall
from vedette.providers import openai, sigv4

_SERVICE = "bedrock"
_OPENAI = "/openai/v1"
_REGION = re.compile(r"\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.")
_FALLBACK_REGION = "us-east-1"

_METHODS = {
    "bedrock": ("converse", "converse-stream"),
    "bedrock_invoke": ("invoke", "invoke-with-response-stream"),
    "bedrock_embeddings": ("invoke", "invoke"),
    "bedrock_count": ("count-tokens", "count-tokens"),
}
"""Dialect -> method unstreamed and streamed. `bedrock_count` is `bedrock` asked for its tokens."""
_ACCEPTS = {
    "converse": b"application/json",
    "converse-stream": b"application/vnd.amazon.eventstream",
}
"""What these answer whatever they are asked; `invoke` takes the client's word."""
_NATIVE = ("/model/", "/guardrail/", "/async-invoke")
_MODELS = "/models/"
"""Before a model in the gateway's own way to write a path."""
_VERBS = frozenset(verb for verbs in _METHODS.values() for verb in verbs)

_SIGNATURE = frozenset(
    (b"x-amz-date", b"x-amz-security-token", b"x-amz-content-sha256", b"x-amz-user-agent")
)
"""What a client's own signature left behind."""


class Provider(openai.Provider):
    """Paths, signatures and keys of the Bedrock runtime."""

    def __init__(self, settings: ProviderSettings) -> None:
        root = settings.base_url.rstrip("/").removesuffix(_OPENAI)
        super().__init__(replace(settings, base_url=root))
        options = settings.options
        self._keys: sigv4.Credentials | None = None
        if options.get("access_key_id"):
            self._keys = sigv4.Credentials(
                options["access_key_id"],
                options.get("secret_access_key", ""),
                options.get("session_token", ""),
            )
            self._auth = []
        region = options.get("region") or _region(urlsplit(root).hostname or "")
        self._scope = sigv4.Scope(region, _SERVICE)
        self._dropped = frozenset[bytes]()
        if self._keys is not None or settings.api_key:
            self._dropped = openai.CREDENTIALS | _SIGNATURE

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        if path.startswith(_MODELS) and path.rpartition("/")[2] in _VERBS:
            path = f"/model/{path[len(_MODELS) :]}"
        elif not path.startswith(_NATIVE):
            path = _OPENAI + path
        kept = [header for header in headers if header[0] not in self._dropped]
        return super().prepare(method=method, path=path, query=query, headers=kept)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        if dialect not in _METHODS:
            path = openai.PATHS[dialect]
            return self.prepare(method="POST", path=path, query=query, headers=headers)
        verb = _METHODS[dialect][stream]
        if (accepted := _ACCEPTS.get(verb)) is not None:
            headers = [*(h for h in headers if h[0] != b"accept"), (b"accept", accepted)]
        # Ids of inference profiles may be ARNs, with colons and slashes.
        path = f"/model/{quote(model, safe='')}/{verb}"
        return self.prepare(method="POST", path=path, query=query, headers=headers)

    def sign(self, call: HttpCall, body: bytes, now_s: float) -> list[tuple[bytes, bytes]]:
        if self._keys is None:
            return []
        return sigv4.sign(call, body, self._keys, self._scope, now_s=now_s)


def _region(host: str) -> str:
    found = _REGION.search(host)
    return found[1] if found else _FALLBACK_REGION
