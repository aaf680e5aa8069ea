"""Azure OpenAI (Microsoft Foundry): two ways to address a model, two ways to prove who calls.

https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
https://learn.microsoft.com/azure/ai-foundry/openai/reference

| `options.api_version` | addressed |
|---|---|
| none, `v1` | `/openai/v1/chat/completions`, the model in the body |
| `preview`, `latest` | the same with `?api-version=preview` |
| a date, such as `2024-10-21` | `/openai/deployments/MODEL/chat/completions?api-version=...` |

With a date the paths without a model (`/models`, `/files`, `/responses`) are `/openai/...`. An
`api-version` of the client's is replaced by ours: it belongs to the way, not to the question.

A key goes out as `api-key`, an Entra token of the configuration's as a bearer token (`auth`).
With `tenant_id`, `client_id` and `client_secret` the gateway fetches tokens (OAuth 2.0 client
credentials).
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec
from msgspec.structs import replace

from vedette.errors import VedetteError
from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall, Token, TokenRequest
from vedette.providers import openai

_V1 = "/openai/v1"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)?")
_VERSION = "api-version"
_REALTIME = "/realtime"
"""Where a deployment stands in the query."""
_BY_DEPLOYMENT = frozenset({"openai_chat", "openai_completions", "openai_embeddings"})
_AUTHORITY = "https://login.microsoftonline.com"
_CLOUDS = ((".azure.us", "https://cognitiveservices.azure.us"),
           (".azure.cn", "https://cognitiveservices.azure.cn"))  # fmt: skip
_PUBLIC = "https://cognitiveservices.azure.com"


class TokenRefused(VedetteError):
    """Microsoft Entra gives no access token."""

    code = "token_refused"
    status = 502


class _Answer(msgspec.Struct):
    access_token: str = ""
    expires_in: int | str = 0
    error: str = ""


class Provider(openai.Provider):
    """Addresses by model or by deployment; keys or tokens."""

    def __init__(self, settings: ProviderSettings) -> None:
        root = re.sub(r"/openai(/v1)?$", "", settings.base_url.rstrip("/"))
        super().__init__(replace(settings, base_url=root))
        version = settings.options.get("api_version", "")
        self._is_dated = _DATED.fullmatch(version) is not None
        self._version = "" if version == "v1" else version
        self._fetches_tokens = bool(settings.options.get("client_secret"))
        if self._fetches_tokens:
            self._replaced |= openai.CREDENTIALS

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        path = ("/openai" if self._is_dated else _V1) + path
        fields = [
            (name, value)
            for name, value in parse_qsl(query, keep_blank_values=True)
            if name != _VERSION
        ]
        if self._is_dated and path.endswith(_REALTIME):
            fields = [("deployment" if n == "model" else n, value) for n, value in fields]
        if self._version:
            fields.append((_VERSION, self._version))
        return super().prepare(method=method, path=path, query=urlencode(fields), headers=headers)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        path = openai.PATHS[dialect]
        if self._is_dated and dialect in _BY_DEPLOYMENT:
            path = f"/deployments/{quote(model, safe='')}{path}"
        return self.prepare(method="POST", path=path, query=query, headers=headers)

    def token_request(self, now_s: float) -> TokenRequest | None:
        if not self._fetches_tokens:
            return None
        options = self.settings.options
        authority = options.get("authority", _AUTHORITY)
        form = {
            "grant_type": "client_credentials",
            "client_id": options["client_id"],
            "client_secret": options["client_secret"],
            "scope": f"{self._audience()}/.default",
        }
        return TokenRequest(
            f"{authority}/{quote(options['tenant_id'], safe='')}/oauth2/v2.0/token",
            [(b"content-type", b"application/x-www-form-urlencoded")],
            urlencode(form).encode(),
        )

    def read_token(self, body: bytes) -> Token:
        try:
            answer = msgspec.json.decode(body, type=_Answer)
            expires_in_s = float(answer.expires_in)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
            answer, expires_in_s = _Answer(), 0.0
        if not answer.access_token:
            # Their own code and nothing of what they say: that holds ids of the tenant.
            reason = answer.error if re.fullmatch(r"[a-z_]{1,40}", answer.error) else "no answer"
            raise TokenRefused(
                f"Microsoft Entra gives provider {self.settings.name!r} no token: {reason}."
            )
        return Token(answer.access_token, expires_in_s)

    def _audience(self) -> str:
        """Whom the token is for: the cloud that the endpoint belongs to."""
        host = urlsplit(self.settings.base_url).hostname or ""
        return next((url for ending, url in _CLOUDS if host.endswith(ending)), _PUBLIC)
