"""OpenTelemetry's own exporters, over HTTP and over gRPC, against a whole Vedette."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.ports import free_ports
from tests.support.served import Served, serving
from tests.support.spans_said import CALLS

TRACING: Any = pytest.importorskip("opentelemetry.sdk.trace")
EXPORTING: Any = pytest.importorskip("opentelemetry.sdk.trace.export")
RESOURCES: Any = pytest.importorskip("opentelemetry.sdk.resources")
pytestmark = pytest.mark.slow

HTTP = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
GRPC = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"


@pytest.fixture(scope="module")
def ports() -> list[int]:
    return list(free_ports(2))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, ports: list[int]) -> Iterator[Served]:
    doors = {f"VEDETTE_OTLP__{name}": f"127.0.0.1:{port}"
             for name, port in zip(("HTTP", "GRPC"), ports, strict=True)}  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("served")
    with serving(folder, env=doors) as running:
        yield running


def export(exporter: Any, name: str) -> None:
    """A root with one model call below it."""
    resource = RESOURCES.Resource.create({"service.name": name})
    provider = TRACING.TracerProvider(resource=resource)
    provider.add_span_processor(EXPORTING.BatchSpanProcessor(exporter))
    tracer = provider.get_tracer("mine", "1.0")
    with tracer.start_as_current_span(name) as root:
        with tracer.start_as_current_span("call", attributes=CALLS["genai, text"]):
            pass
        root.add_event("done", {"ok": True})
    provider.shutdown()


def check(served: Served, name: str) -> None:
    (trace,) = [one for one in served.traces() if one["name"] == name]
    assert (trace["span_count"], trace["usage"]["input_total"]) == (2, 1000)
    assert trace["cost_usd"] == "0.000240"


@pytest.mark.parametrize("compression", ["none", "gzip", "deflate"])
def test_spans_come_in_over_http(served: Served, ports: list[int], compression: str) -> None:
    module = pytest.importorskip(HTTP)
    chosen = pytest.importorskip("opentelemetry.exporter.otlp.proto.http").Compression(compression)
    endpoint = f"http://127.0.0.1:{ports[0]}/v1/traces"
    name = f"http {compression}"
    export(module.OTLPSpanExporter(endpoint=endpoint, compression=chosen), name)
    check(served, name)


@pytest.mark.parametrize("base", ["", "/api/v1/otlp", "/api/public/otel"])
def test_spans_come_in_at_the_console(served: Served, base: str) -> None:
    module = pytest.importorskip(HTTP)
    name = f"at {base} of the console"
    export(module.OTLPSpanExporter(endpoint=f"{served.console}{base}/v1/traces"), name)
    check(served, name)


def test_spans_come_in_over_grpc(served: Served, ports: list[int]) -> None:
    module, grpc = pytest.importorskip(GRPC), pytest.importorskip("grpc")
    exporter = module.OTLPSpanExporter(
        endpoint=f"127.0.0.1:{ports[1]}", insecure=True, compression=grpc.Compression.Gzip
    )
    export(exporter, "grpc")
    check(served, "grpc")
