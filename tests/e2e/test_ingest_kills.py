"""kill -9 of the core while spans come in: every span that was answered with 200 is there, once."""

import os
import signal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support import otlp
from tests.support.ports import free_ports
from tests.support.served import Served, serving, until

pytestmark = pytest.mark.slow

SPANS = 50
BATCHES = 60
KILL_AT = (10, 25, 40)
PROTOBUF = {"content-type": "application/x-protobuf"}


def batch(number: int) -> bytes:
    trace = (number + 1).to_bytes(16, "big")
    spans = [otlp.span({"n": id}, trace=trace, id=id) for id in range(1, SPANS + 1)]
    return otlp.traces(spans)


def send(url: str, number: int, served: Served) -> None:
    """As an exporter does: again and again until there is a 200."""

    def sent() -> bool | None:
        try:
            answer = httpx2.post(url, content=batch(number), headers=PROTOBUF, timeout=10)
        except httpx2.TransportError:
            return None
        return True if answer.status_code == 200 else None

    until(sent, 30, lambda: f"batch {number} is not taken:\n{served.output}")


def test_no_acknowledged_span_is_lost(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    config: dict[str, Any] = {"otlp": {"http": address, "grpc": None}}
    with serving(tmp_path, config=config, env={"VEDETTE_OTLP__HTTP": address}) as served:
        for number in range(BATCHES):
            send(f"http://{address}/v1/traces", number, served)
            if number in KILL_AT:
                served.kill_child("core")
        found = {
            int(trace["trace_id"], 16) - 1: trace["span_count"]
            for trace in served.wait_traces(BATCHES)
        }
    assert found == dict.fromkeys(range(BATCHES), SPANS)


def test_what_was_acknowledged_last_survives_the_end_of_all(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    config: dict[str, Any] = {"otlp": {"http": address, "grpc": None}}
    env = {"VEDETTE_OTLP__HTTP": address}
    with serving(tmp_path, config=config, env=env) as served:
        send(f"http://{address}/v1/traces", 0, served)
        pids = [*served.children("core"), *served.children("worker")]
        os.kill(served.process.pid, signal.SIGKILL)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        served.process.wait(10)
    with serving(tmp_path, env=env) as again:
        (trace,) = again.wait_traces(1)
    assert trace["span_count"] == SPANS
