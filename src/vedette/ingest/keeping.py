"""How much of a foreign span is kept: the capture modes, for what came by OTLP.

The same rules as for calls through the gateway (`capture`). In `hash` and `none` only attributes
stay that cannot hold what was said: numbers, and those the conventions know to be free of it.
"""

from typing import Any, NamedTuple

import msgspec

from vedette.features.writing import ATTRIBUTE, read_print
from vedette.ingest.capture import Hasher, apply_capture, keep_label, keep_user
from vedette.ingest.contents import Contents
from vedette.ingest.conversations import Conversation, Said
from vedette.ingest.redaction import redact
from vedette.model.chat import Answer, ChatRequest, Message
from vedette.model.semconv import CONTENT_FREE
from vedette.model.span import CaptureMode, SpanEvent

_FREE = frozenset(name for name in CONTENT_FREE if not name.endswith("."))
_FREE_STARTS = tuple(name for name in CONTENT_FREE if name.endswith("."))


class Keeping(NamedTuple):
    """A mode and the key of its hashes."""

    mode: CaptureMode = "full"
    key: bytes = b""

    def conversation(self, said: Conversation) -> Conversation:
        if self.mode == "full":
            return said
        contents = Contents(
            request=ChatRequest(model="", messages=_messages(said.input), tools=said.tools),
            answer=Answer(messages=_messages(said.output)),
        )
        kept = apply_capture(contents, self.mode, key=self.key)
        request, answer = kept.request, kept.answer
        return Conversation(
            (request.messages if request else ()) or self._text(said.input),
            (answer.messages if answer else ()) or self._text(said.output),
            request.tools if request else (),
        )

    def _text(self, said: Said) -> str | None:
        return self.text(said) or None if isinstance(said, str) else None

    def text(self, text: str) -> str:
        """A text that may hold what was said."""
        if not text or self.mode == "full":
            return text
        if self.mode == "redacted":
            return str(redact(text))
        return Hasher(self.key).text(text) if self.mode == "hash" else ""

    def label(self, label: str) -> str:
        """A session or a tag."""
        return keep_label(label, self.mode) if label else ""

    def user(self, user_id: str) -> str:
        return keep_user(user_id, self.mode, key=self.key) if user_id else ""

    def attributes(self, attributes: dict[str, Any]) -> dict[str, Any]:
        if self.mode == "full":
            return attributes
        if self.mode == "redacted":
            return {
                name: value if _is_print(name, value) else self._redacted(value)
                for name, value in attributes.items()
            }
        hasher = Hasher(self.key)
        kept = {}
        for name, value in attributes.items():
            if name in _FREE or name.startswith(_FREE_STARTS) or isinstance(value, int | float):
                kept[name] = value
            elif self.mode == "hash":
                kept[name] = hasher.value(value)
        return kept

    @staticmethod
    def _redacted(value: Any) -> Any:
        """JSON in a text is looked at as what it says: escapes can hide what is in it."""
        if isinstance(value, str) and value[:1] in ("[", "{"):
            try:
                return msgspec.json.encode(redact(msgspec.json.decode(value))).decode()
            except (msgspec.MsgspecError, UnicodeError, RecursionError):
                return redact(value)
        return redact(value)

    def events(self, events: tuple[SpanEvent, ...]) -> tuple[SpanEvent, ...]:
        if self.mode == "full":
            return events
        return tuple(
            msgspec.structs.replace(event, attributes=self.attributes(event.attributes))
            for event in events
        )


def _is_print(name: str, value: Any) -> bool:
    """A fingerprint says nothing of its text, and looks like a secret."""
    return name == ATTRIBUTE and isinstance(value, str) and read_print(value) is not None


def _messages(said: Said) -> tuple[Message, ...]:
    return said if isinstance(said, tuple) else ()
