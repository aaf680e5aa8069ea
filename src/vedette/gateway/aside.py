"""Calls that the gateway makes on behalf of a call: to ask its model anew, to ask a judge.

Each is a call like any other: in the name of the same key, under the same limits, on the same
ledger, with a span of its own below that of the call it serves. The guard does not look at them:
whoever makes them does.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from vedette.dialects import openai_chat
from vedette.dialects.openai_head import peek
from vedette.errors import VedetteError
from vedette.gateway.directory import Plan, narrowed
from vedette.gateway.exchange import Exchange
from vedette.gateway.limits import Limiter
from vedette.gateway.routes import Endpoint
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.stages import Stages
from vedette.http1.memory import MemoryResponse, memory_request
from vedette.http1.response import Headers
from vedette.model.chat import TextPart

MOST_BYTES = 16_777_216
"""An answer to such a call of which more comes is given up."""
_CHAT = Endpoint("chat", "openai_chat", "/chat/completions")
_HEADERS = ((b"host", b"localhost"), (b"content-type", b"application/json"))

Result = TypeVar("Result")
Pursue = Callable[[Exchange, Runtime], Awaitable[None]]


class NoAnswer(VedetteError):
    """A call on behalf of another one brought nothing."""

    code = "no_answer"
    status = 502


class Spoken(msgspec.Struct, frozen=True):
    """A whole answer, in the form in which the client would get it."""

    status: int
    headers: Headers
    body: bytes
    lines: bytes
    """Header lines of ours."""
    exchange: Exchange | None = None
    """The call it is the answer to, where that is not the client's own."""


class Asides:
    """Made once per worker."""

    def __init__(
        self, services: Services, limiter: Limiter, stages: Stages, pursue: Pursue
    ) -> None:
        self._services = services
        self._limiter = limiter
        self._stages = stages
        self._pursue = pursue

    def of(self, exchange: Exchange, runtime: Runtime) -> "Aside":
        """Those of one call."""
        return Aside(self, exchange, runtime)

    def now(self) -> float:
        return self._services.clock.monotonic()

    def begin(self, exchange: Exchange, inner: Exchange, plan: Plan, why: str) -> Exchange:
        """Give a call made for another what it has of that one."""
        clock = self._services.clock
        inner.started, inner.started_ns = clock.monotonic(), clock.now_ns()
        inner.span_id = clock.span_id()
        inner.request_id = f"req_{clock.span_id()}"
        inner.project_id, inner.tenant = exchange.project_id, exchange.tenant
        inner.caller = replace(exchange.caller, parent_span_id=exchange.span_id)
        inner.request_bytes = len(inner.body)
        inner.head = peek(inner.body, needs_model=False)
        inner.plan = plan
        inner.capture_mode = exchange.capture_mode
        inner.capture = self._services.new_capture(inner)
        for name in _INHERITED:
            if exchange.attributes and name in exchange.attributes:
                inner.note(name, exchange.attributes[name])
        inner.note("vedette.guard.call", why)
        return inner

    async def made(self, inner: Exchange, runtime: Runtime) -> bytes:
        """Make the call; returns the body of its answer. Its response says whether it is one."""
        response = inner.response
        assert isinstance(response, MemoryResponse)
        work = self._services.tasks.spawn(self._made(inner, runtime), name="guard call")
        parts: list[bytes] = []
        size = 0
        try:
            while part := await response.read():
                size += len(part)
                if size > MOST_BYTES:
                    response.broken = True
                    inner.client_lost()
                    break
                parts.append(part)
        except asyncio.CancelledError:
            inner.client_lost()
            raise
        await asyncio.wait({work})
        return b"".join(parts)

    async def _made(self, inner: Exchange, runtime: Runtime) -> None:
        try:
            if (waits := self._limiter.admit(inner, runtime)) is not None:
                await waits
            if not inner.gone:
                await self._pursue(inner, runtime)
        except VedetteError as error:
            inner.fail(error.code, error.message, source="gateway")
            inner.status = error.status
        finally:
            if inner.lease is not None:
                self._limiter.settle(inner)
            if not inner.response.ended:
                inner.response.abort()
            self._stages.leave(inner)


_INHERITED = ("vedette.key_id", "vedette.key_account", "vedette.organization_id")


class Aside:
    """The calls made for one call."""

    __slots__ = ("_asides", "_exchange", "_loop", "_runtime", "_under_way", "calls",
                 "cost_nano_usd", "directory", "hash_key")  # fmt: skip

    def __init__(self, asides: Asides, exchange: Exchange, runtime: Runtime) -> None:
        self.cost_nano_usd = 0
        """Of all of them so far."""
        self.calls = 0
        self.hash_key = runtime.settings.hash_key
        self.directory = runtime.directory
        self._asides = asides
        self._exchange = exchange
        self._runtime = runtime
        self._loop = asyncio.get_running_loop()
        self._under_way: set[Exchange] = set()

    @property
    def from_threads(self) -> "FromThreads":
        """What detectors ask, which run in threads; not kept, so that there is no cycle."""
        return FromThreads(self, self._loop)

    async def anew(self, body: bytes, plan: Plan, *, why: str, seconds: float) -> Spoken:
        """The same call with another body or another plan. Raises NoAnswer."""
        exchange = self._exchange
        inner = Exchange(exchange.request, MemoryResponse(), exchange.endpoint)
        inner.body = body
        inner.requested_model = exchange.requested_model
        inner.stream = exchange.stream
        answer = await self._made(inner, narrowed(plan, timeout_s=seconds, retries=None), why)
        response = inner.response
        assert isinstance(response, MemoryResponse)
        if response.status != 200 or response.broken or inner.error:
            raise NoAnswer("The model that was asked anew did not answer.")
        lines = response.lines.replace(inner.request_id.encode(), exchange.request_id.encode())
        return Spoken(200, response.headers, answer, lines, inner)

    async def ask(
        self, model: str, messages: Sequence[Mapping[str, str]], *, seconds: float
    ) -> str:
        """What a model says to these messages. Raises NoAnswer and what directories raise."""
        body = {"model": model, "messages": list(messages)}
        answer = await self.post(model, _CHAT, body, seconds=seconds)
        said = openai_chat.read_answer(answer)
        texts = (
            part.content
            for message in said.messages
            for part in message.parts
            if isinstance(part, TextPart)
        )
        return "".join(texts)

    async def post(
        self, model: str, place: Endpoint, body: Mapping[str, object], *, seconds: float
    ) -> bytes:
        """What a model's provider answers to a call of OpenAI's kind. Raises as `ask`."""
        plan = narrowed(self.directory.plan(model), timeout_s=seconds, retries=None)
        request = memory_request(f"/v1{place.path}", list(_HEADERS), b"")
        inner = Exchange(request, MemoryResponse(), place)
        inner.body = msgspec.json.encode(body)
        inner.requested_model = model
        answer = await self._made(inner, plan, "judge")
        response = inner.response
        assert isinstance(response, MemoryResponse)
        if response.status != 200 or response.broken:
            raise NoAnswer(f"The model {model!r} did not answer.")
        return answer

    def now(self) -> float:
        """Seconds on the clock by which deadlines are kept."""
        return self._asides.now()

    def lost(self) -> None:
        """The client has left: nobody waits for these."""
        for inner in tuple(self._under_way):
            inner.client_lost()

    async def _made(self, inner: Exchange, plan: Plan, why: str) -> bytes:
        self._asides.begin(self._exchange, inner, plan, why)
        self._under_way.add(inner)
        self.calls += 1
        try:
            return await self._asides.made(inner, self._runtime)
        finally:
            self._under_way.discard(inner)
            self.cost_nano_usd += inner.cost_nano_usd or 0


class FromThreads:
    """`ports.detector.Models` for detectors, which run in threads."""

    def __init__(self, aside: Aside, loop: asyncio.AbstractEventLoop) -> None:
        self._aside = aside
        self._loop = loop

    def chat(self, model: str, messages: Sequence[Mapping[str, str]], *, timeout_s: float) -> str:
        return self._wait(self._aside.ask(model, messages, seconds=timeout_s), timeout_s)

    def post(self, model: str, path: str, body: Mapping[str, object], *, timeout_s: float) -> bytes:
        place = Endpoint("other", "", path.removeprefix("/v1"))
        return self._wait(self._aside.post(model, place, body, seconds=timeout_s), timeout_s)

    def _wait(self, call: Coroutine[None, None, Result], timeout_s: float) -> Result:
        asked = asyncio.run_coroutine_threadsafe(call, self._loop)
        try:
            return asked.result(timeout_s)
        except TimeoutError:
            asked.cancel()
            raise
