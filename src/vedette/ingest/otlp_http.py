"""OTLP over HTTP, and the simple endpoint: from a POST to an answer.

https://opentelemetry.io/docs/specs/otlp/#otlphttp
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

import msgspec

from vedette.dialects import otlp
from vedette.errors import Overloaded, VedetteError
from vedette.ingest.intake import MAX_BODY_BYTES, Intake, retry_after_s
from vedette.ingest.unpacking import UnknownEncoding
from vedette.ports.intake import PATHS, SIMPLE, Posted, Reply

MAX_HELD_BYTES = 8 * MAX_BODY_BYTES
_GRPC_CODES = {400: 3, 401: 16, 403: 7, 404: 5, 413: 8, 429: 8, 503: 14}
"""Of google.rpc.Status, by HTTP status."""


class OtlpHttp:
    """Implements `ports.intake.Intake`."""

    max_body_bytes = MAX_BODY_BYTES

    def __init__(self, intake: Intake, *, max_held_bytes: int = MAX_HELD_BYTES) -> None:
        self._intake = intake
        self._max_held_bytes = max_held_bytes
        self._held_bytes = 0

    @contextmanager
    def holding(self, body_bytes: int) -> Iterator[None]:
        """See the port."""
        if self._held_bytes and self._held_bytes + body_bytes > self._max_held_bytes:
            raise Overloaded("Too many batches are on their way in. Try again.", retry_after_s=1.0)
        self._held_bytes += body_bytes
        try:
            yield
        finally:
            self._held_bytes -= body_bytes

    async def post(self, posted: Posted) -> Reply:
        """See the port."""
        kind = posted.headers.get("content-type", "").partition(";")[0].strip().lower()
        encoding = otlp.CONTENT_TYPES.get(kind, "json")
        try:
            if kind not in otlp.CONTENT_TYPES:
                known = ", ".join(otlp.CONTENT_TYPES)
                raise UnknownEncoding(f"The content type {kind[:80]!r} is not one of {known}.")
            if posted.path == SIMPLE:
                return await self._simple(posted, encoding)
            return await self._take(posted, PATHS[posted.path], encoding)
        except VedetteError as error:
            return refusal(error, encoding)

    async def _take(self, posted: Posted, signal: otlp.Signal, encoding: otlp.Encoding) -> Reply:
        taken = await self._intake.take(
            signal, encoding, posted.body, headers=posted.headers, peer=posted.peer
        )
        body = otlp.write_answer(
            signal,
            encoding,
            rejected=taken.rejected,
            message=taken.reason if taken.rejected else "",
        )
        return Reply(status=200, body=body, content_type=otlp.MEDIA_TYPES[encoding])

    async def _simple(self, posted: Posted, encoding: otlp.Encoding) -> Reply:
        if encoding != "json":
            raise UnknownEncoding("Send the body as application/json.")
        spans, refused = await self._intake.take_simple(
            posted.body, headers=posted.headers, peer=posted.peer
        )
        body = {
            "accepted": len(spans),
            "rejected": len(refused),
            "errors": refused,
            "spans": [{"trace_id": span.trace_id, "span_id": span.span_id} for span in spans],
        }
        status = 400 if refused and not spans else 200
        return Reply(status=status, body=msgspec.json.encode(body), content_type="application/json")


def refusal(error: VedetteError, encoding: otlp.Encoding) -> Reply:
    """The answer to a batch of which nothing was stored: 429 and 503 say that a retry helps."""
    headers: dict[str, str] = {}
    if (after_s := retry_after_s(error)) is not None:
        headers["retry-after"] = str(ceil(after_s))
    code = _GRPC_CODES.get(error.status, 2 if error.status >= 500 else 3)
    return Reply(
        status=error.status,
        body=otlp.write_status(encoding, code=code, message=error.message),
        content_type=otlp.MEDIA_TYPES[encoding],
        headers=headers,
    )
