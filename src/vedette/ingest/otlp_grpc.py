"""OTLP over gRPC, where grpcio is installed (`pip install 'vedette[grpc]'`).

Messages pass as bytes: the same readers and writers as over HTTP, no generated code. gRPC undoes
compression itself and caps what it receives.
https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
"""

import importlib
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast

from vedette.dialects import otlp
from vedette.errors import ConfigError, VedetteError
from vedette.ingest.intake import MAX_BODY_BYTES, Intake, retry_after_s

log = logging.getLogger(__name__)

_SERVICES: dict[str, otlp.Signal] = {
    "opentelemetry.proto.collector.trace.v1.TraceService": "traces",
    "opentelemetry.proto.collector.logs.v1.LogsService": "logs",
    "opentelemetry.proto.collector.metrics.v1.MetricsService": "metrics",
}
_OPTIONS = (
    ("grpc.max_receive_message_length", MAX_BODY_BYTES),
    ("grpc.so_reuseport", 0),
    ("grpc.max_concurrent_streams", 64),
)
MAX_CALLS = 32
"""At a time; gRPC refuses more with RESOURCE_EXHAUSTED."""
_STATUSES = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    413: "RESOURCE_EXHAUSTED", 429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE",
}  # fmt: skip
_PEER = re.compile(r"ipv[46]:(?:%5B|\[)?([0-9a-fA-F.:]+?)(?:%5D|\])?:\d+")
Export = Callable[[bytes, Any], Awaitable[bytes]]


def find_grpc() -> Any:
    """The module `grpc.aio`'s parent; None where it is not installed."""
    try:
        grpc = importlib.import_module("grpc")
        importlib.import_module("grpc.aio")
    except ImportError:
        return None
    return grpc


class OtlpGrpc:
    """A server on one address."""

    def __init__(self, intake: Intake, grpc: Any) -> None:
        self._intake = intake
        self._grpc = grpc
        self._server: Any = None

    async def start(self, address: str) -> int:
        """Listen; returns the port. Raises ConfigError where the address cannot be had."""
        server = self._grpc.aio.server(options=_OPTIONS, maximum_concurrent_rpcs=MAX_CALLS)
        for service, signal in _SERVICES.items():
            handler = self._grpc.unary_unary_rpc_method_handler(self._export(signal))
            methods = {"Export": handler}
            server.add_generic_rpc_handlers(
                (self._grpc.method_handlers_generic_handler(service, methods),)
            )
        try:
            port = server.add_insecure_port(address)
        except RuntimeError:
            port = 0
        if not port:
            raise ConfigError(f"Cannot listen on {address}: the address is not free.")
        await server.start()
        self._server = server
        return cast(int, port)

    async def stop(self) -> None:
        """Let what is under way finish, for a moment."""
        if self._server is not None:
            await self._server.stop(grace=2)

    def _export(self, signal: otlp.Signal) -> Export:
        async def export(body: bytes, context: Any) -> bytes:
            headers = {
                name: value
                for name, value in context.invocation_metadata() or ()
                if isinstance(value, str) and name != "content-encoding"
            }
            try:
                taken = await self._intake.take(
                    signal, "protobuf", body, headers=headers, peer=peer_address(context.peer())
                )
            except VedetteError as error:
                await self._refuse(error, context)
                raise AssertionError("abort raises") from error
            message = taken.reason if taken.rejected else ""
            return otlp.write_answer(signal, "protobuf", rejected=taken.rejected, message=message)

        return export

    async def _refuse(self, error: VedetteError, context: Any) -> None:
        """A retry helps where RetryInfo is: most exporters read it from the details of the status,
        that of Python from a trailer of its own.
        """
        status = getattr(self._grpc.StatusCode, _STATUSES.get(error.status, "INTERNAL"))
        trailers: tuple[tuple[str, str | bytes], ...] = ()
        after_s = retry_after_s(error)
        if after_s is not None:
            code, message = status.value[0], error.message
            details = otlp.write_retry(code=code, message=message, after_s=after_s)
            trailers = (
                ("grpc-status-details-bin", details),
                ("google.rpc.retryinfo-bin", otlp.write_retry_info(after_s)),
            )
        await context.abort(status, error.message, trailers)


def peer_address(peer: str) -> str:
    """The address of `ipv4:127.0.0.1:5000`; empty for anything else."""
    match = _PEER.fullmatch(peer)
    return match[1] if match else ""
