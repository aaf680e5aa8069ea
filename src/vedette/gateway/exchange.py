"""The state of one exchange, from its head to its record."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from vedette.dialects.openai_head import RequestHead
from vedette.gateway.directory import Plan, Target
from vedette.gateway.identify import Caller
from vedette.gateway.routes import Endpoint
from vedette.http1.server import Request, Response
from vedette.model.exchange import Attempt as AttemptRecord
from vedette.model.usage import Usage

if TYPE_CHECKING:
    from vedette.gateway.translation import ChatTranslation, EmbeddingTranslation


class Capture:
    """The first bytes of an answer, for the record; counts all of them."""

    __slots__ = ("_limit", "_parts", "size")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self.size = 0

    def add(self, data: bytes) -> None:
        if self.size < self._limit:
            self._parts.append(data)
        self.size += len(data)

    def body(self) -> bytes:
        """What was kept: at most the limit."""
        return b"".join(self._parts)[: self._limit]


class Exchange:
    """One call. Facts are written as they become known and read when the record is made.

    `gone` is set once when the client leaves; whatever waits for something then gives up.
    """

    __slots__ = (
        "attempts",
        "attributes",
        "body",
        "caller",
        "capture",
        "capture_mode",
        "content_encoding",
        "content_type",
        "cost_nano_usd",
        "endpoint",
        "error",
        "error_message",
        "error_source",
        "finish_reason",
        "gone",
        "head",
        "on_gone",
        "overhead_ms",
        "plan",
        "price_version",
        "request",
        "request_bytes",
        "request_id",
        "requested_model",
        "response",
        "response_id",
        "response_model",
        "span_id",
        "started",
        "started_ns",
        "status",
        "stream",
        "strips_usage",
        "target",
        "translation",
        "tries",
        "ttft_ms",
        "upstream_s",
        "usage",
        "wire",
    )

    def __init__(self, request: Request, response: Response, endpoint: Endpoint) -> None:
        self.request = request
        self.response = response
        self.endpoint = endpoint
        self.request_id = ""
        self.span_id = ""
        self.started = 0.0
        self.started_ns = 0
        self.caller = Caller("")
        self.requested_model = ""
        self.stream = False
        self.strips_usage = False
        self.head: RequestHead | None = None
        self.body = b""
        self.request_bytes = 0
        self.plan = Plan(targets=())
        self.target: Target | None = None
        self.capture_mode = "full"
        self.capture = Capture(0)
        self.attempts: list[AttemptRecord] = []
        self.tries = 0
        """Attempts begun; one more than `attempts` while one is under way."""
        self.upstream_s = 0.0
        self.status = 0
        self.content_type = b""
        self.content_encoding = b""
        self.error = self.error_message = self.error_source = ""
        self.finish_reason = self.response_model = self.response_id = ""
        self.usage: Usage | None = None
        self.wire = endpoint.dialect
        """Dialect of the provider that is asked; another than the client's with a translation."""
        self.translation: ChatTranslation | EmbeddingTranslation | None = None
        self.attributes: dict[str, str] | None = None
        """What else the span should say."""
        self.cost_nano_usd: int | None = None
        self.price_version = ""
        self.ttft_ms: float | None = None
        self.overhead_ms: float | None = None
        self.gone = False
        self.on_gone: Callable[[], None] | None = None

    @property
    def translates(self) -> bool:
        """Whether client and provider of the current attempt speak different dialects."""
        return self.wire != self.endpoint.dialect

    def note(self, name: str, value: str) -> None:
        """Have the span say so."""
        if self.attributes is None:
            self.attributes = {}
        self.attributes[name] = value

    def client_lost(self) -> None:
        """The client closed its side: stop whatever is under way."""
        if self.gone:
            return
        self.gone = True
        if self.on_gone is not None:
            self.on_gone()

    async def pause(self, seconds: float) -> None:
        """Wait between two attempts; returns early when the client leaves."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not woken.done():
                woken.set_result(None)

        self.on_gone = wake
        try:
            async with asyncio.timeout(seconds):
                await woken
        except TimeoutError:
            pass
        finally:
            self.on_gone = None

    def fail(self, code: str, message: str, *, source: str) -> None:
        """Note why the answer is no success. The first reason stays."""
        if not self.error:
            self.error, self.error_message, self.error_source = code, message, source
