"""`vedette demo` against the sim provider itself, which speaks as the gateway does."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.sim import running_sim
from tests.support.upstream import closed_port
from vedette.cli import run
from vedette.cli.demo import NoGateway, Show, check_gateway, summary
from vedette.clock import SystemClock
from vedette.sim.traffic import visits


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_sim() as found:
        yield found


def test_the_demo_sends_what_was_asked_for(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--requests", "6", "--rate", "1000", "--seed", "4", "--console", "http://c:1"]
    assert run(["demo", "--url", url, *options]) == 0
    shown = capsys.readouterr().out
    assert "6 requests sent" in shown
    assert "http://c:1" in shown


def test_without_a_gateway_it_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--url", f"http://127.0.0.1:{closed_port()}/v1"]) == 1
    assert "vedette serve" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["localhost:4000", "ftp://x", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(NoGateway, match="--url"):
        check_gateway(address, "")


def test_something_else_than_a_gateway_is_recognised(url: str) -> None:
    with pytest.raises(NoGateway, match="not a Vedette gateway"):
        check_gateway(f"{url}/elsewhere", "")


class Elsewhere(BaseHTTPRequestHandler):
    """Answers every GET with the same body."""

    body = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None: ...


@pytest.mark.parametrize(
    "body",
    [b'{"data": [{"id": "gpt-5"}]}', b'{"data": [7]}', b'{"data": 1}', b"[]", b"<html>", b"["*9999],
    ids=["others", "numbers", "number", "list", "page", "deep"],
)  # fmt: skip
def test_who_has_no_simulated_provider_is_sent_nothing(
    body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Elsewhere,), {"body": body})) as it:
        threading.Thread(target=it.serve_forever, daemon=True).start()
        assert run(["demo", "--url", f"http://127.0.0.1:{it.server_port}/v1"]) == 1
        it.shutdown()
    assert "no simulated provider" in capsys.readouterr().err


def test_requests_are_spread_over_time(url: str) -> None:
    clock = SystemClock()
    planned = [visit for visit in visits(9, 60, run="r") if visit.kind == "labels"]
    sent = sum(visit.requests() for visit in planned)
    assert sent >= 4
    advanced: list[int] = []
    began = clock.monotonic()
    show = Show(clock=clock, rate=50, url=url, key="")
    outcomes = show.run(planned, lambda: advanced.append(1))
    assert len(outcomes) == len(advanced) == sent
    assert clock.monotonic() - began >= (sent - 1) / 50
    assert summary(outcomes).row_count == 2
