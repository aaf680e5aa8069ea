from typing import Any

import pytest

from tests.support import otlp
from tests.support.intakes import intaken
from vedette.errors import ConfigError
from vedette.ingest.otlp_grpc import OtlpGrpc, find_grpc, peer_address

grpc: Any = find_grpc()
needs_grpc = pytest.mark.skipif(grpc is None, reason="grpcio is not installed")
EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"


@pytest.mark.parametrize(
    ("peer", "address"),
    [("ipv4:127.0.0.1:5000", "127.0.0.1"), ("ipv6:%5B::1%5D:5000", "::1"),
     ("ipv6:[::1]:5000", "::1"), ("unix:/tmp/x", ""), ("", "")],
)  # fmt: skip
def test_the_address_of_a_peer(peer: str, address: str) -> None:
    assert peer_address(peer) == address


@needs_grpc
async def test_spans_come_in_by_grpc() -> None:
    async with intaken() as parts:
        door = OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            export = channel.unary_unary(EXPORT)
            body = otlp.traces([otlp.span({"k": 1}), b"\x0a\x7f"])
            answer = await export(body, compression=grpc.Compression.Gzip)
            assert b"cut short" in answer or b"longer" in answer
            assert len(parts.traces()) == 1
        await door.stop()


@needs_grpc
async def test_refusals_have_the_status_that_exporters_know() -> None:
    async with intaken(waiting=-1) as parts:
        door = OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            export = channel.unary_unary(EXPORT)
            with pytest.raises(grpc.aio.AioRpcError) as full:
                await export(otlp.traces([otlp.span({})]))
            parts.admission.closed = True
            with pytest.raises(grpc.aio.AioRpcError) as stranger:
                await export(b"", metadata=(("authorization", "Bearer x"),))
        await door.stop()
    assert full.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    trailers = dict(full.value.trailing_metadata())
    assert b"RetryInfo" in trailers["grpc-status-details-bin"]
    assert stranger.value.code() == grpc.StatusCode.UNAUTHENTICATED


@needs_grpc
async def test_a_taken_address_is_said() -> None:
    async with intaken() as parts:
        door, other = OtlpGrpc(parts.intake, grpc), OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        with pytest.raises(ConfigError, match="not free"):
            await other.start(f"127.0.0.1:{port}")
        await door.stop()
