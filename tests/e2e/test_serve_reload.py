"""SIGHUP, a changed file, SIGTERM: what is under way goes on."""

import http.client
import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.served import WAIT_S, Served, serving, until

pytestmark = pytest.mark.slow

BASE: dict[str, Any] = {
    "gateway": {"listen": "127.0.0.1:0", "limits": {"drain_s": 5}},
    "providers": [{"name": "first", "kind": "sim"}],
    "routes": [{"model": "old", "targets": [{"provider": "first", "model": "chat"}]}],
}


class Stream:
    """A streamed answer that is read on demand."""

    def __init__(self, served: Served, model: str, tokens: int, chunk_delay_ms: int) -> None:
        address = served.state["gateway"]
        self._connection = http.client.HTTPConnection(address, timeout=20)
        body = {
            "model": model,
            "stream": True,
            "max_tokens": tokens,
            "messages": [{"role": "user", "content": "go on"}],
            "metadata": {"sim_chunk_delay_ms": str(chunk_delay_ms)},
        }
        self._connection.request(
            "POST", "/v1/chat/completions", json.dumps(body), {"content-type": "application/json"}
        )
        self.answer = self._connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.first = self.answer.readline()

    def rest(self) -> bytes:
        """Everything to the end; IncompleteRead where it was cut."""
        try:
            return self.answer.read()
        finally:
            self.close()

    def close(self) -> None:
        self.answer.close()
        self._connection.close()


def status_of(served: Served, model: str) -> int:
    body = {"model": model, "messages": [{"role": "user", "content": "x"}]}
    return httpx2.post(f"{served.gateway}/v1/chat/completions", json=body).status_code


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("reload"), config=BASE) as started:
        yield started


@pytest.fixture
def served(running: Served) -> Served:
    """With the configuration of the beginning, whatever another test has made of it."""
    running.write_config(BASE)
    running.process.send_signal(signal.SIGHUP)
    wait_for(running, "old")
    return running


def wait_for(served: Served, model: str) -> None:
    """Until the model is there."""
    until(lambda: status_of(served, model) == 200 or None, WAIT_S, lambda: served.output)


def test_sighup_brings_a_new_route_and_drops_no_stream(served: Served) -> None:
    stream = Stream(served, "old", tokens=60, chunk_delay_ms=25)
    assert status_of(served, "fresh") == 404
    changed = {
        **BASE,
        "providers": [{"name": "second", "kind": "sim"}],
        "routes": [{"model": "fresh", "targets": [{"provider": "second", "model": "chat"}]}],
    }
    # Written in place: the file's watcher and the signal come to the same.
    served.write_config(changed)
    served.process.send_signal(signal.SIGHUP)
    wait_for(served, "fresh")
    assert status_of(served, "old") == 404
    text = stream.rest()
    assert text.count(b"data: ") >= 59
    assert text.rstrip().endswith(b"data: [DONE]")
    names = {row["name"] for row in served.api("/providers")["items"]}
    assert "second" in names
    assert "first" not in names


def test_a_changed_file_is_noticed(served: Served) -> None:
    routes = [{"model": "noticed", "targets": [{"provider": "first", "model": "chat"}]}]
    served.write_config({**BASE, "routes": routes})
    wait_for(served, "noticed")


def test_a_bad_file_changes_nothing_and_is_explained(served: Served) -> None:
    bad = {**BASE, "routes": [{"model": "old", "targets": [{"provider": "nobody"}]}]}
    # Other tests may have had bad files before.
    before = len(served.output)
    served.write_config(bad)
    served.process.send_signal(signal.SIGHUP)
    line = until(
        lambda: next(
            (one for one in served.output[before:].splitlines() if "nobody" in one), None
        ),
        WAIT_S, lambda: served.output[before:],
    )  # fmt: skip
    assert "configuration not reloaded" in line
    assert "vedette.yaml:" in line
    assert "routes[0].targets[0].provider" in line
    assert status_of(served, "old") == 200


@pytest.mark.parametrize(
    "noise", [b"\xff\xfe\x00", b"a: [", b"- " * 5000 + b"x", b"", b"gateway: {sim: ${NO_SUCH}}"]
)
def test_noise_in_the_file_does_not_end_reloading(served: Served, noise: bytes) -> None:
    path = served.folder / "vedette.yaml"
    before = served.output.count("configuration ")
    path.write_bytes(noise)
    served.process.send_signal(signal.SIGHUP)
    until(
        lambda: True if served.output.count("configuration ") > before else None, WAIT_S,
        lambda: served.output[-2000:],
    )  # fmt: skip
    assert "Traceback" not in served.output
    served.write_config(BASE)
    served.process.send_signal(signal.SIGHUP)
    wait_for(served, "old")


def test_an_emptied_file_is_no_configuration(served: Served) -> None:
    (served.folder / "vedette.yaml").write_bytes(b"")
    served.wait_log("configuration not reloaded, the old one stays: ")
    served.wait_log("holds no settings any more")
    assert status_of(served, "old") == 200


def test_a_setting_that_needs_a_restart_is_named(served: Served) -> None:
    served.write_config({**BASE, "storage": {"path": "./elsewhere"}})
    served.process.send_signal(signal.SIGHUP)
    served.wait_log("change only with a restart: storage")
    assert served.api("/traces")["items"] is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path, config=BASE) as served:
        stream = Stream(served, "old", tokens=40, chunk_delay_ms=50)
        host, port = served.state["gateway"].split(":")
        served.process.send_signal(number)
        until(lambda: refuses(host, int(port)) or None, 30, lambda: "still accepts connections")
        text = stream.rest()
        assert text.rstrip().endswith(b"data: [DONE]")
        assert served.process.wait(30) == 0
        assert "Traceback" not in served.output
    with serving(tmp_path, config=BASE, name="again") as served:
        (trace,) = served.wait_traces(1)
        assert trace["usage"]["output_total"] == 40


def refuses(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize("policy", ["", "privacy"], ids=["plain", "guarded"])
def test_an_answer_that_never_ends_is_cut_after_drain_s(tmp_path: Path, policy: str) -> None:
    gateway = {"listen": "127.0.0.1:0", "limits": {"drain_s": 1}}
    config = {**BASE, "gateway": gateway, "guard": {"policy": policy} if policy else {}}
    with serving(tmp_path, config=config) as served:
        stream = Stream(served, "old", tokens=10_000, chunk_delay_ms=100)
        served.process.send_signal(signal.SIGTERM)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            stream.rest()
        assert served.process.wait(8) == 0
    with serving(tmp_path, config=BASE, name="again") as served:
        (trace,) = served.wait_traces(1)
        (span,) = served.api(f"/traces/{trace['trace_id']}")["spans"]
        # The client had no part in it.
        assert (span["status"]["code"], span["attributes"]["error.type"]) == (
            "error", "shutting_down",
        )  # fmt: skip
        assert [one["error"] for one in span["attempts"]] == ["shutting_down"]


def test_who_is_told_to_stop_while_it_starts_does_so_without_complaint(tmp_path: Path) -> None:
    served = Served(tmp_path, config=BASE)
    try:
        until(lambda: served.children("core") or None, WAIT_S, lambda: served.output)
        assert served.stop(signal.SIGINT) == 0
        assert "vedette:" not in served.output
        assert served.children("core") == served.children("worker") == []
    finally:
        served.close()


def test_two_signals_at_once_are_one_wish(tmp_path: Path) -> None:
    """`timeout` signals a process and then its group."""
    with serving(tmp_path, config=BASE) as served:
        stream = Stream(served, "old", tokens=20, chunk_delay_ms=50)
        for _ in range(5):
            os.kill(served.process.pid, signal.SIGTERM)
        assert stream.rest().rstrip().endswith(b"data: [DONE]")
        assert served.process.wait(30) == 0


def test_who_asks_twice_does_not_wait(tmp_path: Path) -> None:
    with serving(tmp_path, config={**BASE, "gateway": {"listen": "127.0.0.1:0"}}) as served:
        stream = Stream(served, "old", tokens=10_000, chunk_delay_ms=100)
        served.process.send_signal(signal.SIGINT)
        host, port = served.state["gateway"].split(":")
        until(lambda: refuses(host, int(port)) or None, 2, lambda: "still accepts connections")
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(5) == 0
        stream.close()
