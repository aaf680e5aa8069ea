"""Anthropic's models on Vertex AI: their own dialect at `rawPredict`, with Vertex' access.

https://docs.anthropic.com/en/api/claude-on-vertex-ai

The model stands in the path and not in the body, which names a version instead: `adapt_body` makes
the one body of the other.
"""

from typing import Any

import msgspec

from vedette.errors import BadRequest
from vedette.ports.provider import Headers, HttpCall
from vedette.providers import vertex

_VERSION = "anthropic_version"
_VALUE = msgspec.Raw(b'"vertex-2023-10-16"')
_BODY = msgspec.json.Decoder(dict[str, msgspec.Raw])
_COUNT = "/publishers/anthropic/models/count-tokens:rawPredict"


class Provider(vertex.Provider):
    """Vertex, for clients that speak to Anthropic."""

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        # Of Anthropic's own paths only this one has no model in it.
        path = _COUNT if path == "/messages/count_tokens" else path
        return super().prepare(method=method, path=path, query=query, headers=headers)

    def adapt_body(self, dialect: str, body: bytes) -> bytes:
        """The body as Vertex wants it; its values stay as they are written.

        For counting tokens the model stays. Raises BadRequest where it is not a JSON object.
        """
        try:
            fields: dict[str, Any] = dict(_BODY.decode(body))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BadRequest("The request body is not a JSON object.") from None
        if dialect == "anthropic":
            fields.pop("model", None)
        fields.setdefault(_VERSION, _VALUE)
        return msgspec.json.encode(fields)
