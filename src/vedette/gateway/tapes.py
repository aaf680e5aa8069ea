"""An answer kept as it was told to a client, to be told again: in the same dialect as it is, in
another or in another form through the neutral one."""

from collections.abc import Callable

from msgspec.structs import replace

from vedette.dialects.assemble import assemble
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_head import wants_usage
from vedette.dialects.registry import CODECS, framing_of
from vedette.gateway.exchange import Exchange
from vedette.gateway.translation import ChatTranslation, neutral, translation_of
from vedette.http1.headers import Headers
from vedette.http1.response import Headers as SentHeaders
from vedette.http1.response import Response
from vedette.model.chat import Answer
from vedette.model.usage import Usage

ANSWER_BYTES = 8_388_608
_NOT_KEPT = frozenset({408, 409, 425, 429, 499})
_OF_THE_FIRST = (b"x-vedette-", b"set-cookie", b"x-ratelimit-", b"anthropic-ratelimit-", b"date")
"""Headers that told of the first call only."""


class Tape:
    """Hears one answer (`http1.response.Tape`)."""

    __slots__ = (
        "_too_large", "body", "dialect", "done", "headers", "is_complete", "status", "streamed",
        "usage", "waiting", "with_usage",
    )  # fmt: skip

    def __init__(self, dialect: str, *, with_usage: bool = False) -> None:
        """`with_usage`: whether the client asked for the usage chunk of OpenAI's streams."""
        self.dialect = dialect
        self.with_usage = with_usage
        self.usage: Usage | None = None
        """What the provider said, also where this client did not hear it."""
        self.done = False
        self.waiting: list[Callable[[], None]] = []
        """Called when it is done."""
        self.status = 0
        self.headers: Headers = []
        self.body = bytearray()
        self.streamed = False
        self.is_complete = False
        self._too_large = False

    def head(self, status: int, headers: SentHeaders, lines: bytes, *, streamed: bool) -> None:
        self.status, self.streamed = status, streamed
        self.headers = [h for h in headers if not h[0].startswith(_OF_THE_FIRST)]

    def data(self, data: bytes) -> None:
        if len(self.body) + len(data) > ANSWER_BYTES:
            self._too_large = True
            self.body.clear()
        elif not self._too_large:
            self.body += data

    def end(self) -> None:
        self.is_complete = not self._too_large

    def close(self, exchange: Exchange) -> None:
        """The call is over; whoever waits for it goes on."""
        exchange.response.tape = None
        self.usage = exchange.usage
        if exchange.error or exchange.gone:
            # What was said is not the answer.
            self.is_complete = False
            self.body.clear()
        self.wake()

    def wake(self) -> None:
        """Nothing more comes; whoever waits for it goes on."""
        self.done = True
        for wake in tuple(self.waiting):
            wake()

    @property
    def is_kept(self) -> bool:
        """Whether the answer may be given again."""
        return self.is_complete and self.status < 500 and self.status not in _NOT_KEPT

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return len(self.body) + 512

    def replay(self, response: Response, lines: bytes) -> None:
        """Give the same bytes once more; `lines` are our header lines."""
        if self.streamed:
            response.start(self.status, self.headers, more=lines)
            response.write(bytes(self.body))
            response.end()
        else:
            response.send(self.status, self.headers, bytes(self.body), more=lines)

    def retell(self, exchange: Exchange, lines: bytes) -> None:
        """Give the answer in the dialect and form that this client asked for."""
        told = self.told(exchange)
        if told is None:
            self.replay(exchange.response, lines)
        elif exchange.stream:
            headers, body = told
            exchange.response.start(200, headers, more=lines)
            exchange.response.write(body)
            exchange.response.end()
        else:
            headers, body = told
            exchange.response.send(200, headers, body, more=lines)

    def told(self, exchange: Exchange, *, by_word: bool = False) -> tuple[Headers, bytes] | None:
        """Headers and body as this client wants them; None where they are as they were heard."""
        same_dialect = self.dialect == exchange.endpoint.dialect
        if same_dialect and self.streamed == exchange.stream and self._has_usage_for(exchange):
            return None
        translation = translation_of(exchange)
        if not isinstance(translation, ChatTranslation):
            return None
        answer = self.answer()
        if answer.usage is None:
            answer = replace(answer, usage=self.usage)
        if exchange.stream:
            kind = (b"content-type", translation.stream_type)
            told = translation.stream(answer, by_word=by_word)
            return [kind, (b"cache-control", b"no-cache")], told
        return [(b"content-type", b"application/json")], translation.written(answer)

    def _has_usage_for(self, exchange: Exchange) -> bool:
        return not exchange.stream or self.with_usage == asks_for_usage(exchange)

    def answer(self) -> Answer:
        """What was said, with neutral stop reasons."""
        codec = CODECS[self.dialect]
        if not self.streamed:
            return neutral(codec.read_answer(bytes(self.body)), self.dialect)
        kind = next((value for name, value in self.headers if name == b"content-type"), b"")
        framing = (framing_of(kind) or SSEReader)()
        reader = codec.StreamReader()
        events = [*framing.feed(bytes(self.body)), *framing.close()]
        whole = assemble(delta for event in events for delta in reader.read(event.data))
        return neutral(_with_reasons(whole), self.dialect)


def _with_reasons(answer: Answer) -> Answer:
    return replace(answer, finish_reasons=tuple(m.finish_reason for m in answer.messages))


def asks_for_usage(exchange: Exchange) -> bool:
    """Whether the client wants the usage chunk of a stream; other dialects always have it."""
    return exchange.head is not None and wants_usage(exchange.head)
