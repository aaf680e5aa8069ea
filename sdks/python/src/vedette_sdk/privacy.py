"""The privacy modes: what of a call's words may leave the process.

| mode | what leaves |
|---|---|
| `hash` | figures, ids, settings, the fingerprint: keyed hashes, features, keyed sketches |
| `features` | names of tools and roles and sizes of messages too |
| `redacted` | messages with personal data and secrets replaced |
| `full` | messages as they are |
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from vedette_sdk.features.hashing import TextHasher
from vedette_sdk.reading.facts import Message
from vedette_sdk.redaction import redact, redact_text
from vedette_sdk.settings import Privacy, Settings

_FREE_TEXTS = (
    "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.system", "gen_ai.request.model",
    "gen_ai.response.model", "gen_ai.response.id", "gen_ai.response.finish_reasons",
    "gen_ai.agent.name", "gen_ai.agent.id", "gen_ai.conversation.id", "gen_ai.tool.name",
    "gen_ai.tool.type", "gen_ai.tool.call.id", "gen_ai.prompt.name", "gen_ai.prompt.version",
    "gen_ai.output.type", "gen_ai.token.type", "error.type", "server.address", "session.id",
    "openinference.span.kind", "traceloop.span.kind", "http.request.method", "url.scheme",
    "network.protocol.version", "agent_name", "anthropic.message.stop_reason",
)  # fmt: skip
"""Attributes of other instrumentations whose texts cannot hold what was said."""
_FREE_STARTS = ("vedette.", "service.", "telemetry.", "otel.")
_encoder = msgspec.json.Encoder(enc_hook=str)


class Keeper:
    """Applies the mode of the settings."""

    def __init__(self, settings: Settings) -> None:
        self.mode: Privacy = settings.privacy
        self._limit = settings.max_text_chars
        self.hasher = TextHasher(settings.hash_key)

    @property
    def keeps_texts(self) -> bool:
        return self.mode in ("redacted", "full")

    @property
    def keeps_names(self) -> bool:
        return self.mode != "hash"

    def user(self, user: str) -> str:
        """Who called: in `hash` and `features` one can still group by it."""
        if not user or self.mode == "full":
            return user
        return self.hasher.text(user) if not self.keeps_texts else str(redact_text(user))

    def text(self, text: str) -> str | None:
        """A text that may hold what was said; None where it may not leave."""
        if not self.keeps_texts:
            return None
        text = text if len(text) <= self._limit else f"{text[: self._limit]}[cut]"
        return text if self.mode == "full" else str(redact_text(text))

    def value(self, value: Any) -> str | None:
        """Any value as the JSON of what may be kept of it."""
        if not self.keeps_texts:
            return None
        if isinstance(value, str):
            return self.text(value)
        try:
            plain = msgspec.to_builtins(value, enc_hook=str, str_keys=True)
        except (TypeError, ValueError, RecursionError):
            return self.text(repr(value))
        kept = plain if self.mode == "full" else redact(plain)
        found = _encoder.encode(kept).decode()
        return found if len(found) <= self._limit else f"{found[: self._limit]}[cut]"

    def messages(self, messages: Sequence[Message]) -> str | None:
        """Messages as the JSON of the conventions, as far as this mode keeps them."""
        if self.mode == "hash" or not messages:
            return None
        kept: list[Any] = [{**m, "parts": [self._part(p) for p in m["parts"]]} for m in messages]
        if self.mode == "redacted":
            kept = redact(kept)
        return _encoder.encode(kept).decode()

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        if self.mode == "features":
            return _shape(part)
        return {
            name: f"{value[: self._limit]}[cut]"
            if isinstance(value, str) and len(value) > self._limit else value
            for name, value in part.items()
        }  # fmt: skip

    def foreign(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """What may leave of the attributes of a span that is not ours."""
        if self.mode == "full":
            return dict(attributes)
        if self.mode == "redacted":
            return {name: redact(value) for name, value in attributes.items()}
        return {
            name: value
            for name, value in attributes.items()
            if isinstance(value, bool | int | float)
            or name in _FREE_TEXTS
            or name.startswith(_FREE_STARTS)
        }


def _shape(part: Mapping[str, Any]) -> dict[str, Any]:
    """Of a part its type, its name and how long its text is."""
    found: dict[str, Any] = {"type": part.get("type", "")}
    if found["type"] == "tool_call":
        found["name"] = part.get("name", "")
    said = part.get("content", part.get("refusal"))
    if isinstance(said, str):
        found["chars"] = len(said)
    return found
