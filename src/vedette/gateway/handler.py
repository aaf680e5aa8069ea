"""One request from door to door.

`door -> source -> key -> body -> head -> plan -> [stages enter] -> attempts -> [stages leave]`

The snapshot is taken once at the door: a reload in the middle changes nothing for this request.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from vedette.dialects.contract import Fault
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.registry import CODECS
from vedette.errors import BadRequest, NotFound, VedetteError
from vedette.gateway import answers
from vedette.gateway.afterwards import Afterwards
from vedette.gateway.aside import Asides
from vedette.gateway.asking import Asker
from vedette.gateway.attempt import Failure
from vedette.gateway.bodies import HeldBodies, expected_bytes
from vedette.gateway.caching import ResponseCache
from vedette.gateway.codecs import STREAMS_UNASKED
from vedette.gateway.counting import can_count, counted
from vedette.gateway.delivery import Deliverer
from vedette.gateway.encoding import Unpacking
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarded import answer_guarded
from vedette.gateway.guarding import Guardian
from vedette.gateway.hedging import Hedge, SilenceWatch
from vedette.gateway.idempotency import KEY, Idempotency
from vedette.gateway.identify import Admission
from vedette.gateway.limits import Limiter
from vedette.gateway.planning import take_plan
from vedette.gateway.probes import Prober
from vedette.gateway.pursuit import Pursuit
from vedette.gateway.routes import (
    Endpoint,
    dialect_of_path,
    endpoint,
    nothing_here,
    opening_place,
    other_method,
)
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.stacks import Guards, NoGuards
from vedette.gateway.stages import Stages
from vedette.gateway.tenants import Unauthorized
from vedette.gateway.uploads import Uploads, is_json
from vedette.gateway.waits import header
from vedette.gateway.watching import Watch
from vedette.gateway.websocket import Opener, WebSockets
from vedette.gateway.wishes import POLICY
from vedette.http1.server import Request, Response
from vedette.model.tenant import VirtualKey

Door = Callable[[Request, Response], Awaitable[None]]


class Gateway:
    """The handler of the gateway port."""

    def __init__(
        self, runtime: Runtime, services: Services, stages: Stages, doors: Mapping[str, Door],
        *, prober: Prober,
    ) -> None:  # fmt: skip
        self.runtime = runtime
        """Replaced as a whole on reload."""
        self._held = HeldBodies()
        self._unpacking = Unpacking()
        self.active = 0
        self.refused: Counter[str] = Counter()
        """Requests turned away at the door, by error code; they leave no record."""
        self._services = services
        self.look_again: Callable[[], None] = lambda: None
        """Takes over what the core says of keys now."""
        self.guards: Guards = NoGuards()
        self._stages = stages
        self.afterwards = Afterwards(stages, services.clock)
        """What is still looked at although its client has its answer."""
        self._doors = doors
        # The methods, not the objects: to call an object takes twice as long.
        self._deliver = Deliverer(services).__call__
        silence = SilenceWatch(prober, services.tasks)
        self._ask = Asker(services, self._deliver, silence).__call__
        self.cache = ResponseCache(services.clock, runtime.settings.cache)
        self._idempotency = Idempotency(services.clock)
        self.limiter = Limiter(services)
        pursuit = Pursuit(services.clock, Hedge(services.tasks))
        self._pursuit = pursuit.__call__
        self._uploads = Uploads(services, stages, self.limiter, self._deliver, self._held)
        opener = Opener(services, self._deliver, silence)
        self.websockets = WebSockets(services, stages, self.limiter, pursuit, opener)
        self._asides = Asides(services, self.limiter, stages, self._pursue)

    async def __call__(self, request: Request, response: Response) -> None:
        runtime = self.runtime
        admission = runtime.gatekeeper.recall(request.head, self._services.clock)
        if admission is None:
            admission = await self._admit(request, response, runtime)
            # There is a newer one where the key was made only now.
            runtime = self.runtime
        if admission is None:
            return
        place, key = admission.place, admission.key
        exchange = self._begin(request, response, place)
        exchange.capture_mode = runtime.directory.unplanned_capture
        exchange.project_id = runtime.gatekeeper.project_of(request, key)
        if key is not None:
            exchange.belongs_to(key)
        self.active += 1
        try:
            if place.dialect or (is_json(request) and not request.head.opens_websocket):
                await self._serve_json(exchange, runtime)
            else:
                await self._serve_through(exchange, runtime)
        except VedetteError as error:
            self._refuse(exchange, error)
        except asyncio.CancelledError:
            self._left(exchange)
            raise
        finally:
            if response.refused:
                exchange.cut_short(response.refused)
            self.active -= 1
            if exchange.lease is not None:
                self.limiter.settle(exchange)
            if exchange.afterwards is None:
                self._stages.leave(exchange)
            else:
                self.afterwards.leave(exchange, exchange.afterwards)

    async def _admit(
        self, request: Request, response: Response, runtime: Runtime
    ) -> Admission | None:
        """Look at all that a head decides; None where the request has been answered already."""
        gatekeeper = runtime.gatekeeper
        try:
            gatekeeper.check_source(request)
            door = self._doors.get(request.path)
            if door is not None and request.method in _DOOR_METHODS.get(request.path, _READS):
                await door(request, response)
                return None
            key = self.key_of(request)
            gatekeeper = self.runtime.gatekeeper
            is_opening = request.head.opens_websocket
            place = opening_place(request.path) if is_opening else endpoint(request.path)
            if place is None:
                raise NotFound(nothing_here(request.path))
            if place.dialect and request.method != "POST":
                place = other_method(place, request.method)
        except VedetteError as error:
            self.refused[error.code] += 1
            answers.refuse(response, error, dialect_of_path(request.path))
            return None
        return gatekeeper.admit(request.head, Admission(place, key))

    def key_of(self, request: Request) -> VirtualKey | None:
        """Raises Unauthorized. A key that nobody knows may have been made since the last look."""
        gatekeeper, now_ns = self.runtime.gatekeeper, self._services.clock.now_ns()
        try:
            key = gatekeeper.check_key(request, now_ns)
            if not gatekeeper.overlooks(request):
                return key
            self.look_again()
        except Unauthorized:
            self.look_again()
            if self.runtime.gatekeeper is gatekeeper:
                raise
        return self.runtime.gatekeeper.check_key(request, now_ns)

    def _begin(self, request: Request, response: Response, place: Endpoint) -> Exchange:
        clock = self._services.clock
        exchange = Exchange(request, response, place)
        exchange.started = clock.monotonic()
        exchange.started_ns = clock.now_ns()
        exchange.span_id = clock.span_id()
        exchange.request_id = f"req_{clock.span_id()}"
        return exchange

    async def _serve_json(self, exchange: Exchange, runtime: Runtime) -> None:
        limits = runtime.settings.limits
        body = exchange.request.body
        expected = body.length
        if expected is None:
            expected = await expected_bytes(body, limits.body_bytes)
        held = self._held.take(expected, limits.buffered_bytes)
        try:
            raw = await body.read(limits.body_bytes)
            exchange.request_bytes = len(raw)
            coding = exchange.request.header(b"content-encoding") or b""
            exchange.body = raw
            if coding:
                exchange.body = await self._unpacking.unpacked(raw, coding, limit=limits.body_bytes)
                held += self._held.take(len(exchange.body), limits.buffered_bytes)
            self._read_head(exchange, runtime)
            self._stages.enter(exchange)
            exchange.response.on_lost = exchange.client_lost
            if (waits := self.limiter.admit(exchange, runtime)) is not None:
                await waits
            if exchange.gone:
                return
            if exchange.request.header(POLICY) is None:
                guardian = self.guards.at_once(exchange, runtime.guardian)
            else:
                settings = runtime.settings.guard
                guardian = await self.guards.for_call(exchange, runtime.guardian, settings)
            if guardian is None or runtime.gatekeeper.is_ours(exchange.request):
                await self._answer(exchange, runtime)
            else:
                await self._guarded(exchange, runtime, guardian)
        finally:
            self._held.free(held)

    async def _serve_through(self, exchange: Exchange, runtime: Runtime) -> None:
        """What passes without being held."""
        is_opening = exchange.request.head.opens_websocket
        serve = self.websockets.serve if is_opening else self._uploads.serve
        failure = await serve(exchange, runtime, self.guards)
        if failure is not None:
            self._give_up(exchange, failure)

    def _answer(self, exchange: Exchange, runtime: Runtime) -> Awaitable[None]:
        key = exchange.request.header(KEY)
        if exchange.endpoint.operation == "count_tokens" and not can_count(exchange):
            return self._count(exchange)
        if key is not None:
            return self._once_for(key, exchange, runtime)
        if self.cache.settings.enabled and exchange.endpoint.dialect:
            return self._cached(exchange, runtime)
        return self._pursue(exchange, runtime)

    def _guarded(self, exchange: Exchange, runtime: Runtime, guardian: Guardian) -> Awaitable[None]:
        """Answer under the eyes of the guard."""
        watch = Watch(guardian, exchange, partial(self._asides.of, exchange, runtime))
        answer = partial(self._answer, exchange, runtime)
        return answer_guarded(exchange, watch, guardian, answer, self._services.tasks)

    def _read_head(self, exchange: Exchange, runtime: Runtime) -> None:
        place = exchange.endpoint
        needs_model = place.dialect.startswith("openai_chat") and not place.model
        head = peek(exchange.body, needs_model=needs_model) if exchange.body else None
        if head is not None:
            exchange.head = head
            exchange.requested_model = place.model or head.model
            exchange.stream = _is_stream(place, head)
        elif place.dialect:
            raise BadRequest("The request has no body. Send a JSON object.")
        take_plan(exchange, runtime, self._services)

    async def _count(self, exchange: Exchange) -> None:
        """Answer a client that asks how long its request is, with an estimate."""
        body = counted(exchange, CODECS[exchange.endpoint.dialect])
        exchange.status = 200
        exchange.capture.add(body)
        exchange.content_type = answers.JSON[1]
        lines = answers.ours(exchange) + b"x-vedette-estimated: true\r\n"
        exchange.response.send(200, [answers.JSON], body, more=lines)

    async def _once_for(self, key: bytes, exchange: Exchange, runtime: Runtime) -> None:
        """Make the call unless one with this key was made or is under way."""
        entry = await self._idempotency.begin(exchange, key)
        if entry is None:
            return
        try:
            await self._pursue(exchange, runtime)
        finally:
            self._idempotency.finish(entry, exchange)

    async def _cached(self, exchange: Exchange, runtime: Runtime) -> None:
        """Answer from the cache, or make the call and keep what comes."""
        kept = await self.cache.begin(exchange)
        if kept is True:
            return
        try:
            await self._pursue(exchange, runtime)
        finally:
            if kept is not False:
                self.cache.finish(kept, exchange)

    async def _pursue(self, exchange: Exchange, runtime: Runtime) -> None:
        exchange.keeps_key = not runtime.gatekeeper.asks_for_key
        failure = await self._pursuit(exchange, self._ask)
        if failure is not None:
            self._give_up(exchange, failure)

    def _give_up(self, exchange: Exchange, failure: Failure) -> None:
        if failure.error is not None:
            raise failure.error
        if exchange.target is None and exchange.attempts:
            exchange.target = exchange.plan.targets[0]
        source = "provider" if failure.status else "gateway"
        exchange.fail(failure.code, answers.words_of(failure), source=source)
        if exchange.response.started:
            self._give_up_midway(exchange, failure)
        elif not exchange.gone:
            # The answer is the first failure's, whatever the later attempts said.
            exchange.capture = self._services.new_capture(exchange)
            exchange.capture.add(failure.body)
            exchange.content_type = header(failure.headers, b"content-type") or b""
            exchange.content_encoding = header(failure.headers, b"content-encoding") or b""
            answers.give_up(exchange, failure)

    def _give_up_midway(self, exchange: Exchange, failure: Failure) -> None:
        """The client has a part, and nobody could go on from it."""
        recovery = exchange.recovery
        if recovery is not None:
            recovery.settle(exchange)
            message = f"The answer of the provider broke off: {failure.code}."
            fault = Fault(502, message, "upstream_error", failure.code)
            exchange.response.write(recovery.writer.error(fault))
        exchange.response.end()

    def _left(self, exchange: Exchange) -> None:
        exchange.gone = True
        if not exchange.caller.trace_id:
            self._stages.enter(exchange)

    def _refuse(self, exchange: Exchange, error: VedetteError) -> None:
        exchange.fail(error.code, error.message, source="gateway")
        exchange.status = error.status
        if not exchange.caller.trace_id:
            self._stages.enter(exchange)
        if exchange.response.started:
            exchange.response.abort()
        else:
            lines = answers.ours(exchange)
            answers.refuse(exchange.response, error, exchange.endpoint.dialect, lines)


def _is_stream(place: Endpoint, head: RequestHead) -> bool:
    """Whether a streamed answer is asked for: by the path, the body or the habit of a dialect."""
    if place.stream is not None:
        return place.stream
    return place.dialect in STREAMS_UNASKED if head.stream is None else head.stream


_READS = frozenset({"GET", "HEAD"})
_DOOR_METHODS = {"/api/show": frozenset({"POST"})}
"""Doors that are not just looked at."""
