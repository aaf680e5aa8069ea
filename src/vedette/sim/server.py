"""The simulated provider's HTTP side: an OpenAI-compatible server on a loopback port.

`metadata.sim_*` (see `controls`) says how fast an answer comes and how it fails. `sim_delay_ms`
passes before the response head, as with providers that answer when the first token is there.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Final

import msgspec

from vedette.clock import Clock
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import BodyTooLarge, Request, Response, Server
from vedette.model.settings import LimitSettings
from vedette.sim import wire
from vedette.sim.answers import Answer, answer_chat, answer_text
from vedette.sim.controls import BREAKS, Controls
from vedette.sim.embeddings import embeddings_body
from vedette.sim.problems import Problem
from vedette.sim.requests import (
    CHAT_MODEL,
    EMBED_MODEL,
    read_chat,
    read_completion,
    read_embedding,
    seed_of_request,
)

BODY_BYTES: Final = 67_108_864
STALL_S: Final = 600.0
"""How long a stalled answer, or a client that does not read, is waited for."""
TURN_EVENTS: Final = 32
"""Events written before other connections get their turn."""

Endpoint = Callable[[Request, Response], Awaitable[None]]


class SimServer:
    """The running provider; made by `start_sim`."""

    def __init__(self, *, clock: Clock, deadlines: Deadlines) -> None:
        limits = LimitSettings(body_bytes=BODY_BYTES)
        self._server = Server(self._handle, limits=limits, clock=clock, deadlines=deadlines)
        self._routes: Mapping[str, tuple[str, Endpoint]] = {
            "/v1/chat/completions": ("POST", _chat),
            "/v1/completions": ("POST", _completion),
            "/v1/embeddings": ("POST", _embedding),
            "/v1/models": ("GET", _models),
        }
        self._port = 0

    @property
    def url(self) -> str:
        """The base URL for a provider's configuration, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}/v1"

    async def listen(self) -> None:
        """Take any free loopback port."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setblocking(False)
        sock.bind(("127.0.0.1", 0))
        self._port = sock.getsockname()[1]
        await self._server.listen(sock)

    async def close(self) -> None:
        """Stop listening and give answers under way one second."""
        await self._server.drain(1.0)

    async def _handle(self, request: Request, response: Response) -> None:
        try:
            handler = self._handler(request)
            await handler(request, response)
        except (Problem, BodyTooLarge) as error:
            problem = error if isinstance(error, Problem) else _too_large(error)
            if response.started:
                response.abort()
            else:
                headers = [*_headers("application/json"), *problem.headers]
                response.send(problem.status, headers, problem.body())

    def _handler(self, request: Request) -> Endpoint:
        path = request.path.rstrip("/")
        if path.startswith("/v1/models/") and request.method == "GET":
            return _model
        if path not in self._routes:
            known = ", ".join(self._routes)
            raise Problem(
                f"Unknown request URL: {request.method} {request.path[:120]}. "
                f"The simulated provider has {known}.",
                status=404,
                code="unknown_url",
            )
        method, handler = self._routes[path]
        if request.method != method:
            message = f"Not allowed to {request.method} on {path} (use {method})."
            raise Problem(message, status=405, code="method_not_supported")
        return handler


async def start_sim(*, clock: Clock, deadlines: Deadlines) -> SimServer:
    """Start the simulated provider on a free loopback port of this process.

    `deadlines` must tick already and belongs to the caller.
    """
    server = SimServer(clock=clock, deadlines=deadlines)
    await server.listen()
    return server


# ---- one function for each endpoint


async def _chat(request: Request, response: Response) -> None:
    body = await request.body.read(BODY_BYTES)
    call, controls = read_chat(body)
    await _fail_or_wait(controls, streamed=bool(call.stream))
    answer = answer_chat(call, controls, seed_of_request(body))
    if not call.stream:
        return await _send_whole(response, wire.chat_body(answer), controls, answer.id)
    events = wire.chat_events(answer, controls.chunk_tokens, usage=call.wants_usage())
    return await _send_stream(response, events, controls, answer)


async def _completion(request: Request, response: Response) -> None:
    body = await request.body.read(BODY_BYTES)
    call, controls = read_completion(body)
    await _fail_or_wait(controls, streamed=bool(call.stream))
    answer = answer_text(call, controls, seed_of_request(body))
    if not call.stream:
        return await _send_whole(response, wire.text_body(answer), controls, answer.id)
    events = wire.text_events(answer, controls.chunk_tokens, usage=call.wants_usage())
    return await _send_stream(response, events, controls, answer)


async def _embedding(request: Request, response: Response) -> None:
    body = await request.body.read(BODY_BYTES)
    call, controls = read_embedding(body)
    await _fail_or_wait(controls, streamed=False)
    request_id = f"embd-sim{seed_of_request(body):016x}"
    await _send_whole(response, embeddings_body(call), controls, request_id)


async def _models(request: Request, response: Response) -> None:
    response.send(200, _headers("application/json"), wire.models_body())


async def _model(request: Request, response: Response) -> None:
    name = request.path.removeprefix("/v1/models/").removeprefix("sim/")
    if name not in (CHAT_MODEL, EMBED_MODEL):
        message = f"The model {name[:80]!r} does not exist."
        raise Problem(message, status=404, code="model_not_found", param="model")
    body = msgspec.json.encode(wire.model_card(name))
    response.send(200, _headers("application/json"), body)


# ---- sending


async def _fail_or_wait(controls: Controls, *, streamed: bool) -> None:
    """Let `sim_delay_ms` pass; raise Problem when the request asked for an error status."""
    if controls.delay_ms:
        await asyncio.sleep(controls.delay_ms / 1000)
    error = controls.error
    if error == "error_event" and not streamed:
        error = "500"
    if not error or error in BREAKS:
        return
    status = int(error)
    retry_after = ((b"retry-after", b"%d" % controls.retry_after_s),)
    raise Problem(
        f"Simulated error: {_phrase(status)}.",
        status=status,
        code="rate_limit_exceeded" if status == 429 else f"simulated_{status}",
        headers=retry_after if status in (429, 503) else (),
    )


async def _send_whole(response: Response, body: bytes, controls: Controls, request_id: str) -> None:
    headers = _headers("application/json", request_id)
    if controls.error not in ("cut", "stall"):
        response.send(200, headers, body)
        return
    response.start(200, headers, length=len(body))
    response.write(body[: len(body) // 2])
    await _break(response, controls.error)


async def _send_stream(
    response: Response, events: Iterator[bytes], controls: Controls, answer: Answer
) -> None:
    """Write event by event, as fast as asked for and as the client takes them."""
    headers = _headers("text/event-stream; charset=utf-8", answer.id)
    headers.append((b"cache-control", b"no-cache"))
    response.start(200, headers)
    breaks_at = controls.error_after + 1 if controls.error in BREAKS else -1
    for index, event in enumerate(events):
        if index == breaks_at:
            await _break(response, controls.error)
            return
        # The first event only names the role; the first token goes right behind it.
        if index > 1 and controls.chunk_delay_ms and event is not wire.DONE:
            await asyncio.sleep(controls.chunk_delay_ms / 1000)
        elif index % TURN_EVENTS == TURN_EVENTS - 1:
            await asyncio.sleep(0)
        if response.paused:
            await _until_read(response)
        response.write(event)
    response.end()


async def _break(response: Response, how: str) -> None:
    if how == "error_event":
        response.write(wire.error_event("Simulated error in the middle of the stream."))
        response.end()
        return
    if how == "stall":
        await asyncio.sleep(STALL_S)
    else:
        # What was written must reach the client before the connection is torn down.
        await asyncio.sleep(0.02)
    response.abort()


async def _until_read(response: Response) -> None:
    """Wait for a client that is slow to read; TimeoutError after `STALL_S`."""
    resumed = asyncio.Event()
    response.on_resume = resumed.set
    if response.paused:
        async with asyncio.timeout(STALL_S):
            await resumed.wait()


def _headers(content_type: str, request_id: str = "") -> list[tuple[bytes, bytes]]:
    headers = [(b"content-type", content_type.encode()), (b"x-simulated", b"true")]
    if request_id:
        headers.append((b"x-request-id", request_id.encode()))
    return headers


def _too_large(error: BodyTooLarge) -> Problem:
    return Problem(error.message, status=error.status, code=error.code)


def _phrase(status: int) -> str:
    known = {int(one): one.phrase for one in HTTPStatus}
    return f"{status} {known.get(status, 'Error')}"
