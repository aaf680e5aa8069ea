"""Requests that are no JSON: passed through piece by piece, whatever their size.

Of a multipart form the first bytes are looked at for the `model` field, all of it where it has to
name one (sound, pictures: they are small); when it names one of our routes or `provider/name`,
that field alone is rewritten. The rest is never held or copied.
"""

import asyncio
from collections.abc import Callable

import msgspec

from vedette.dialects.forms import find_form_model, form_boundary, replace_form_model
from vedette.gateway.attempt import Attempt, Deliver, Failure, Outcome
from vedette.gateway.bodies import HeldBodies
from vedette.gateway.exchange import Exchange
from vedette.gateway.limits import Limiter
from vedette.gateway.outgoing import client_headers, kept_query
from vedette.gateway.planning import take_plan
from vedette.gateway.routes import for_model, model_in_path
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.stacks import Guards
from vedette.gateway.stages import Stages
from vedette.gateway.waits import Headers
from vedette.gateway.watching import pass_unseen
from vedette.http1.client import Connection
from vedette.http1.headers import request_head
from vedette.http1.server import ClientGone, Request
from vedette.tasks import Tasks

PREFIX_BYTES = 65_536
"""How far into a form the model is looked for."""
FORM_BYTES = 33_554_432
"""The same for forms that must name one: many clients send the sound or the picture first."""
_NAMES_MODEL = ("/audio/", "/images/")


class UploadModel(msgspec.Struct, frozen=True):
    """The model a form names, and how to find it again."""

    model: str = ""
    boundary: bytes = b""
    reach: int = PREFIX_BYTES
    """Bytes among which it stands."""


def bytes_to_model(path: str, length: int | None) -> int:
    """How many bytes of a form may have to be held to find its model."""
    if not path.startswith(_NAMES_MODEL) or (length or 0) > FORM_BYTES:
        return PREFIX_BYTES
    return FORM_BYTES if length is None else max(length, PREFIX_BYTES)


def is_json(request: Request) -> bool:
    """Whether the body is JSON, which is read whole; JSON Lines are not."""
    kind, _, _ = (request.header(b"content-type") or b"").partition(b";")
    return kind.strip().lower() == b"application/json"


async def read_upload_model(
    request: Request, reach: int, take: Callable[[int], None]
) -> UploadModel:
    """The `model` field of a multipart form, if it stands in the first `reach` bytes; `take` is
    called where more than PREFIX_BYTES have to be held."""
    content_type = (request.header(b"content-type") or b"").decode("latin-1")
    boundary = form_boundary(content_type)
    if boundary is None:
        return UploadModel()
    for count in (PREFIX_BYTES, reach):
        if count > PREFIX_BYTES:
            take(count)
        prefix = await request.body.peek(count)
        if (model := find_form_model(prefix, boundary)) is not None:
            return UploadModel(model, boundary, count)
    return UploadModel("", boundary)


async def forward_upload(
    exchange: Exchange, attempt: Attempt, found: UploadModel, tasks: Tasks
) -> Outcome:
    """Send head and body on as they come and see the answer through."""
    body = exchange.request.body
    wanted = attempt.target.model
    rewrite = _Rewrite(b"", 0)
    if found.model and wanted and wanted != found.model:
        prefix = await body.peek(found.reach)
        spliced, _ = replace_form_model(prefix, found.boundary, wanted)
        rewrite = _Rewrite(spliced, len(prefix))
    if body.complete and body.length in (0, None) and not await body.peek(1):
        head = _head(exchange, attempt, None)
        return await attempt.run(lambda connection: connection.send(head, b"", attempt))
    head = _head(exchange, attempt, rewrite)

    pumping: list[asyncio.Task[None]] = []

    def pause() -> None:
        body.pause()
        attempt.upload_paused()

    def resume() -> None:
        body.resume()
        if body.complete:
            attempt.upload_finished()
        else:
            attempt.upload_started()

    def send(connection: Connection) -> None:
        connection.begin(head, attempt)
        connection.on_pause = pause
        connection.on_resume = resume
        attempt.upload_started()
        pump = _pump(exchange, attempt, connection, rewrite)
        pumping.append(tasks.spawn(pump, name="upload"))

    try:
        return await attempt.run(send, fresh=True)
    finally:
        # Where the answer came first, the rest of the body goes nowhere.
        for pump in pumping:
            pump.cancel()


class Uploads:
    """Serves anything but JSON: one attempt, the body passes through as it comes. Made once per
    worker."""

    def __init__(
        self, services: Services, stages: Stages, limiter: Limiter, deliver: Deliver,
        held: HeldBodies,
    ) -> None:  # fmt: skip
        self._services = services
        self._stages = stages
        self._limiter = limiter
        self._deliver = deliver
        self._held = held

    async def serve(self, exchange: Exchange, runtime: Runtime, guards: Guards) -> Failure | None:
        """See one through; the failure where its client has no answer yet."""
        reach = bytes_to_model(exchange.endpoint.path, exchange.request.body.length)
        with self._held.room(runtime.settings.limits.buffered_bytes) as take:
            found = await read_upload_model(exchange.request, reach, take)
            outcome = await self._pass(exchange, runtime, guards, found)
        return outcome if isinstance(outcome, Failure) else None

    async def _pass(
        self, exchange: Exchange, runtime: Runtime, guards: Guards, found: UploadModel
    ) -> Outcome:
        services = self._services
        exchange.requested_model = found.model or model_in_path(exchange.endpoint.path)
        take_plan(exchange, runtime, services)
        target = exchange.plan.targets[0]
        exchange.endpoint = for_model(exchange.endpoint, target.model)
        self._stages.enter(exchange)
        if (waits := self._limiter.admit(exchange, runtime)) is not None:
            await waits
        guardian = await guards.for_call(exchange, runtime.guardian, runtime.settings.guard)
        pass_unseen(exchange, guardian, "upload")
        target = exchange.plan.targets[0]
        exchange.keeps_key = not runtime.gatekeeper.asks_for_key
        attempt = Attempt(exchange, target, self._deliver, services.deadlines, may_retry=False)
        exchange.response.on_lost = exchange.client_lost
        return await forward_upload(exchange, attempt, found, services.tasks)


class _Rewrite:
    """Replaces the first `skip` bytes of a body by `prefix`."""

    def __init__(self, prefix: bytes, skip: int) -> None:
        self._prefix = prefix
        self._skip = skip
        self.growth = len(prefix) - skip

    def __call__(self, data: bytes) -> bytes:
        if self._prefix:
            data, self._prefix, skipped = self._prefix + data[self._skip :], b"", len(data)
            self._skip = max(0, self._skip - skipped)
        elif self._skip:
            skipped = len(data)
            data, self._skip = data[self._skip :], max(0, self._skip - skipped)
        return data


async def _pump(
    exchange: Exchange, attempt: Attempt, connection: Connection, rewrite: _Rewrite
) -> None:
    def write(data: bytes) -> None:
        exchange.request_bytes += len(data)
        out = rewrite(data)
        if out:
            connection.write(out)

    try:
        await exchange.request.body.forward(write)
    except ClientGone:
        # The attempt hears of it by itself.
        return
    connection.finish()
    attempt.upload_finished()


def _head(exchange: Exchange, attempt: Attempt, rewrite: _Rewrite | None) -> bytes:
    request, upstream, keeps_key = exchange.request, attempt.target.upstream, exchange.keeps_key
    call = upstream.provider.prepare(
        method=request.method,
        path=exchange.endpoint.path,
        query=kept_query(request.query, upstream, keeps_key=keeps_key),
        headers=client_headers(exchange, keeps_key=keeps_key),
    )
    framing: Headers = []
    if rewrite is not None:
        length = request.body.length
        if length is None:
            framing = [(b"transfer-encoding", b"chunked")]
        else:
            framing = [(b"content-length", b"%d" % (length + rewrite.growth))]
    elif request.method in ("POST", "PUT", "PATCH"):
        framing = [(b"content-length", b"0")]
    return request_head(call.method, call.target, [*call.headers, *framing])
