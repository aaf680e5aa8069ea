"""What is said over a WebSocket, heard as it passes: figures, and texts for the record.

The events are those of OpenAI's realtime API, and of its responses API over a WebSocket: JSON
objects with a `type`. Sound is not kept: it is most of what passes, and its words follow as text.

| from | event | is |
|---|---|---|
| client | all but `input_audio_buffer.append` | kept |
| provider | `session.created` | the model |
| provider | `response.done`, `response.completed`, `.incomplete`, `.failed` | kept; usage, priced |
| provider | `conversation.item.input_audio_transcription.completed` | kept, as the user's words |
| provider | `error` | kept |

What is kept are lines: the client's stand in the place of a request's body, the provider's in that
of an answer's.
"""

from typing import Any

import msgspec

from vedette.dialects.openai_realtime import ANSWERED, TRANSCRIBED
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import JSON_ERRORS, as_mapping, as_text
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.services import Services
from vedette.gateway.spending import Spending
from vedette.gateway.tiers import MARK, find_tier
from vedette.model.usage import Usage

MESSAGE_BYTES = 1_048_576
"""Longer messages are not read."""
_SOUND = b'"input_audio_buffer.append"'
_BEGUN, _FAILED = "session.created", "error"
_READ = tuple(f'"{name}"'.encode() for name in (*ANSWERED, TRANSCRIBED, _BEGUN, _FAILED))
_TYPE_BYTES = 256
"""The type stands first in what providers send, so that most of it need not be searched."""


class _Event(msgspec.Struct, gc=False):
    type: str = ""
    response: Any = None
    session: Any = None


_EVENT = msgspec.json.Decoder(_Event)


class Hearing:
    """Listens to one WebSocket, for the record of its exchange."""

    __slots__ = ("_asked", "_exchange", "_services", "_spending", "is_spent")

    def __init__(self, exchange: Exchange, services: Services, spending: Spending) -> None:
        self.is_spent = False
        """Whether a budget is used up that wants no more."""
        self._spending = spending
        self._exchange = exchange
        self._services = services
        self._asked = services.new_capture(exchange)
        exchange.capture = Capture(self._asked.limit)

    def asked(self, message: bytes) -> None:
        """A text of the client."""
        if _SOUND not in message[:_TYPE_BYTES] and _SOUND not in message:
            _keep(self._asked, message)

    def answered(self, message: bytes) -> None:
        """A text of the provider."""
        begin = message[:_TYPE_BYTES]
        if not any(name in begin for name in _READ):
            return
        try:
            event = _EVENT.decode(message)
        except JSON_ERRORS:
            return
        if event.type in ANSWERED:
            _keep(self._exchange.capture, message)
            self._note_answer(as_mapping(event.response), message)
        elif event.type == TRANSCRIBED:
            _keep(self._asked, message)
        elif event.type == _FAILED:
            _keep(self._exchange.capture, message)
        elif event.type == _BEGUN:
            self._exchange.response_model = as_text(as_mapping(event.session).get("model"))

    def close(self) -> None:
        """The WebSocket is closed: what the client said goes to the record."""
        exchange = self._exchange
        exchange.body, exchange.request_bytes = self._asked.body(), self._asked.size

    def _note_answer(self, response: dict[str, Any], message: bytes) -> None:
        exchange = self._exchange
        exchange.response_model = as_text(response.get("model")) or exchange.response_model
        exchange.response_id = as_text(response.get("id"))
        if MARK in message:
            exchange.tier = find_tier(message)
        usage: Usage | None = read_usage(response.get("usage"))
        if usage is not None:
            cost = self._services.add(exchange, usage)
            self.is_spent = self._spending.add(usage, cost) or self.is_spent


def _keep(capture: Capture, message: bytes) -> None:
    """A line of its own; JSON has line breaks only between its values."""
    capture.add(b"%b\n" % message.replace(b"\r", b" ").replace(b"\n", b" "))
