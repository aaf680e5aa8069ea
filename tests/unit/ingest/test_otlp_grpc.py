from typing import Any

import pytest

from tests.support import otlp
from tests.support.intakes import intaken
from vedette.errors import ConfigError
from vedette.ingest.intake import MAX_BODY_BYTES
from vedette.ingest.otlp_grpc import OtlpGrpc, find_grpc, peer_address
from vedette.model.ingest import IngestQuota

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


def delays_of(error: Any) -> tuple[float, float]:
    """Seconds until a retry: in the details, as most exporters read them, and in a trailer."""
    status = pytest.importorskip("google.rpc.status_pb2").Status
    info = pytest.importorskip("google.rpc.error_details_pb2").RetryInfo
    trailers = dict(error.trailing_metadata())
    told = status.FromString(trailers["grpc-status-details-bin"])
    assert (told.code, told.message) == (error.code().value[0], error.details())
    (detail,) = told.details
    found = info()
    assert detail.Unpack(found)
    alone = info.FromString(trailers["google.rpc.retryinfo-bin"])
    return tuple(each.retry_delay.ToTimedelta().total_seconds() for each in (found, alone))


@needs_grpc
async def test_a_quota_that_is_used_up_is_told_with_the_time_until_it_frees() -> None:
    async with intaken() as parts:
        parts.intake.quotas.configure((IngestQuota(scope="project", spans_per_minute=3),))
        door = OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            export = channel.unary_unary(EXPORT)
            spans = [otlp.span({}, id=number) for number in range(1, 6)]
            # A batch larger than what is left is taken whole, the next one waits.
            assert await export(otlp.traces(spans[:4])) == b""
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await export(otlp.traces(spans[4:]), compression=grpc.Compression.Gzip)
            assert refused.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
            assert "3 spans per minute" in refused.value.details()
            details_s, trailer_s = delays_of(refused.value)
            assert 50 <= details_s == trailer_s <= 65
            assert parts.traces()[0].span_count == 4
            parts.clock.advance(details_s)
            assert await export(otlp.traces(spans[4:])) == b""
            assert parts.traces()[0].span_count == 5
        await door.stop()
    (use,) = parts.intake.quotas.uses("default")
    assert (use.used, use.refused) == (1, 1)


@needs_grpc
async def test_the_quota_of_a_key_holds_for_all_doors() -> None:
    async with intaken() as parts:
        parts.intake.quotas.configure((IngestQuota(scope="key", bytes_per_day=10),))
        door = OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        body = otlp.traces([otlp.span({})])
        await parts.intake.take("traces", "protobuf", body, headers={})
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await channel.unary_unary(EXPORT)(body)
        await door.stop()
    assert refused.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert delays_of(refused.value)[0] > 3_600


@needs_grpc
async def test_what_unpacks_to_more_than_is_taken_is_refused() -> None:
    async with intaken() as parts:
        door = OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            export = channel.unary_unary(EXPORT)
            bomb = bytes(2 * MAX_BODY_BYTES)
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await export(bomb, compression=grpc.Compression.Gzip)
            # No retry helps: there is no RetryInfo.
            assert refused.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
            assert not dict(refused.value.trailing_metadata() or ())
            assert await export(otlp.traces([otlp.span({})])) == b""
        await door.stop()
        assert len(parts.traces()) == 1


@needs_grpc
async def test_a_taken_address_is_said() -> None:
    async with intaken() as parts:
        door, other = OtlpGrpc(parts.intake, grpc), OtlpGrpc(parts.intake, grpc)
        port = await door.start("127.0.0.1:0")
        with pytest.raises(ConfigError, match="not free"):
            await other.start(f"127.0.0.1:{port}")
        await door.stop()
