"""A call whose client speaks another dialect than the provider.

Made once per exchange, when the first target needs it; the request is read once and written anew
for each target.
"""

from collections.abc import Iterable
from types import ModuleType
from typing import Protocol

from msgspec.structs import replace

from vedette.dialects import bedrock, gemini
from vedette.dialects.contract import StreamWriter, WriteContext, Written
from vedette.dialects.registry import CODECS, EMBEDDINGS
from vedette.dialects.replay import replay
from vedette.dialects.stops import neutral_stop
from vedette.gateway.exchange import Exchange
from vedette.model.chat import Answer, ChatRequest, Message, ToolCallPart


class Translation(Protocol):
    """Between one client and the providers it may reach."""

    dropped: tuple[str, ...]
    """What of the client's request the last `request` had no place for."""

    def request(self, dialect: str, model: str) -> bytes:
        """The client's request for a provider. Raises Unsupported."""
        ...

    def answer(self, dialect: str, body: bytes) -> bytes:
        """A whole answer as the client reads it. Raises Unreadable."""
        ...


class ChatTranslation:
    """Chat, text completion and whatever else a model says."""

    def __init__(self, exchange: Exchange) -> None:
        endpoint = exchange.endpoint
        self.dropped: tuple[str, ...] = ()
        self._client: ModuleType = CODECS[endpoint.dialect]
        writer = getattr(self._client, "StreamWriter", None)
        if (writer_for := getattr(self._client, "writer_for", None)) is not None:
            writer = writer_for(exchange.body)
        self.can_write = writer is not None
        """Whether there is a writer for what this client reads; else `writer` ends streams only."""
        self._writer = writer or bedrock.StreamWriter
        self._dialect = endpoint.dialect
        asked: ChatRequest = self._client.read_request(exchange.body)
        self.asked = replace(asked, model=exchange.requested_model, stream=exchange.stream)
        self._id = exchange.span_id
        self._created_s = exchange.started_ns // 1_000_000_000
        self._model = exchange.requested_model
        self._lists = endpoint.dialect == "gemini" and "alt=sse" not in exchange.request.query

    def request(self, dialect: str, model: str) -> bytes:
        self._model = model
        written: Written = CODECS[dialect].write_request(replace(self.asked, model=model))
        self.dropped = written.dropped
        return written.body

    def read(self, dialect: str, body: bytes) -> Answer:
        """A provider's answer with neutral stop reasons. Raises Unreadable."""
        return neutral(CODECS[dialect].read_answer(body), dialect)

    def answer(self, dialect: str, body: bytes) -> bytes:
        return self.written(self.read(dialect, body))

    def written(self, answer: Answer) -> bytes:
        """A neutral answer as this client reads it."""
        written: bytes = self._client.write_answer(answer, self.context())
        return written

    def stream(self, answer: Answer, *, by_word: bool = False) -> bytes:
        """A neutral answer, whole, as the stream that this client asked for."""
        writer = self.writer()
        return b"".join(map(writer.write, replay(answer, by_word=by_word))) + writer.end()

    def writer(self) -> StreamWriter:
        """A new writer for a stream to this client."""
        make = gemini.ArrayWriter if self._lists else self._writer
        writer: StreamWriter = make(self.context())
        return writer

    @property
    def stream_type(self) -> bytes:
        """Content type of a stream to this client."""
        kind: bytes = gemini.ARRAY_CONTENT_TYPE if self._lists else self._client.CONTENT_TYPE
        return kind

    def context(self) -> WriteContext:
        return WriteContext(
            request=self.asked, model=self._model, id=self._id, created_s=self._created_s
        )


class EmbeddingTranslation:
    """Texts to vectors."""

    def __init__(self, exchange: Exchange) -> None:
        self.dropped: tuple[str, ...] = ()
        self._client: ModuleType = CODECS[exchange.endpoint.dialect]
        asked = self._client.read_embedding_request(exchange.body)
        self._asked = replace(asked, model=exchange.requested_model)

    def request(self, dialect: str, model: str) -> bytes:
        written: Written = CODECS[dialect].write_embedding_request(
            replace(self._asked, model=model)
        )
        self.dropped = written.dropped
        return written.body

    def answer(self, dialect: str, body: bytes) -> bytes:
        answer = CODECS[dialect].read_embedding_answer(body)
        written: bytes = self._client.write_embedding_answer(answer, self._asked)
        return written


def translation_of(exchange: Exchange) -> "ChatTranslation | EmbeddingTranslation":
    """The exchange's translation, made on first use."""
    if exchange.translation is None:
        kind = EmbeddingTranslation if exchange.endpoint.dialect in EMBEDDINGS else ChatTranslation
        exchange.translation = kind(exchange)
    return exchange.translation


def neutral(answer: Answer, dialect: str) -> Answer:
    """The answer with neutral words for why it ended."""
    messages = tuple(
        replace(message, finish_reason=_word(message, dialect)) for message in answer.messages
    )
    return replace(
        answer,
        messages=messages,
        finish_reasons=tuple(message.finish_reason for message in messages),
    )


def _word(message: Message, dialect: str) -> str:
    return neutral_stop(dialect, message.finish_reason, calls=_calls(message.parts))


def _calls(parts: Iterable[object]) -> bool:
    return any(isinstance(part, ToolCallPart) for part in parts)
