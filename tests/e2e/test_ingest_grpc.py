"""Quotas and sampling of spans by gRPC: OpenTelemetry's own exporter against a whole Vedette."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.ports import free_ports
from tests.support.served import Served, serving, until

TRACING: Any = pytest.importorskip("opentelemetry.sdk.trace")
EXPORTING: Any = pytest.importorskip("opentelemetry.sdk.trace.export")
STATUS: Any = pytest.importorskip("opentelemetry.trace").Status
CODE: Any = pytest.importorskip("opentelemetry.trace").StatusCode
GRPC: Any = pytest.importorskip("opentelemetry.exporter.otlp.proto.grpc.trace_exporter")
pytestmark = pytest.mark.slow

INGEST = {
    "quotas": [{"scope": "project", "name": "default", "spans_per_minute": 4}],
    "sampling": [{"project": "default", "tail": 0, "quiet_s": 1, "deadline_s": 5}],
}


@pytest.fixture
def port() -> int:
    return free_ports(1)[0]


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[Served]:
    config = {"ingest": INGEST, "otlp": {"http": None, "grpc": f"127.0.0.1:{port}"}}
    env = {"VEDETTE_OTLP__GRPC": f"127.0.0.1:{port}"}
    with serving(tmp_path, config=config, env=env) as running:
        yield running


def export(port: int, names: list[str]) -> Any:
    """A trace of one span for each name; `bad ...` ends with an error. What the exporter says."""
    exporter = GRPC.OTLPSpanExporter(endpoint=f"127.0.0.1:{port}", insecure=True)
    kept: Any = pytest.importorskip(
        "opentelemetry.sdk.trace.export.in_memory_span_exporter"
    ).InMemorySpanExporter()
    provider = TRACING.TracerProvider()
    provider.add_span_processor(EXPORTING.SimpleSpanProcessor(kept))
    for name in names:
        with provider.get_tracer("mine").start_as_current_span(name) as span:
            if name.startswith("bad"):
                span.set_status(STATUS(CODE.ERROR, "lost"))
    try:
        return exporter.export(kept.get_finished_spans())
    finally:
        exporter.shutdown()


def turned_away(served: Served) -> bool:
    text = httpx2.get(f"{served.console}/metrics", timeout=10).text
    return 'vedette_ingest_batches_turned_away_total{reason="quota_of_project"} 1' in text


def test_quotas_and_sampling_hold_for_spans_by_grpc(
    served: Served, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    result = EXPORTING.SpanExportResult
    assert export(port, ["plain", "bad", "plain", "plain"]) == result.SUCCESS
    with caplog.at_level(logging.WARNING):
        assert export(port, ["late"]) == result.FAILURE
    assert "RESOURCE_EXHAUSTED" in caplog.text
    assert "4 spans per minute" in caplog.text
    # It is told how long to wait, which is longer than it would: it does not try again.
    assert caplog.text.count("RESOURCE_EXHAUSTED") == 1
    assert turned_away(served)
    kept = until(
        lambda: found if len(found := served.traces()) < 4 else None, 30,
        lambda: f"nothing was sampled:\n{served.output}",
    )  # fmt: skip
    assert [trace["name"] for trace in kept] == ["bad"]
