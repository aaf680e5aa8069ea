import json

import pytest

from tests.support.calls import exchange
from vedette.gateway.answers import give_up, ours, passed_on, refuse, translated, words_of
from vedette.gateway.attempt import Failure
from vedette.gateway.bodies import TooBusy
from vedette.gateway.exchange import Exchange
from vedette.gateway.reasons import what_it_did
from vedette.gateway.routes import MethodNotAllowed
from vedette.http1.server import Response
from vedette.model.exchange import Attempt


class Wire:
    """What would have been sent."""

    keeps_open = True

    def __init__(self) -> None:
        self.sent = b""

    def send(self, data: bytes) -> None:
        self.sent += data

    def response_ended(self, *, keep_alive: bool) -> None:
        pass

    def cut(self, *, reset: bool = False) -> None:
        pass


def response_on(wire: Wire) -> Response:
    return Response(wire, method="POST", minor=1, keep_alive=True)


def failed(*codes: str) -> tuple[Exchange, Wire]:
    one, wire = exchange(), Wire()
    one.response = response_on(wire)
    one.request_id, one.tries = "req_1", len(codes)
    one.attempts = [Attempt("a", "m", 1, 1.0, 0, code) for code in codes]
    return one, wire


def test_the_first_failure_is_given_as_it_was() -> None:
    one, wire = failed("http_503", "reset")
    give_up(one, Failure(code="http_503", status=503, headers=[(b"x-odd", b"1")], body=b"{}"))
    head, _, body = wire.sent.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nx-odd: 1" in head
    assert b"\r\nx-should-retry: false" in head
    assert b"\r\nx-vedette-attempt-log: a=http_503,a=reset" in head
    assert body == b"{}"


@pytest.mark.parametrize(("code", "status"), [("idle_timeout", 504), ("reset", 502)])
def test_a_failure_without_an_answer_gets_one_of_ours(code: str, status: int) -> None:
    one, wire = failed(code)
    give_up(one, Failure(code=code))
    head, _, body = wire.sent.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"x-should-retry" not in head, "one attempt is not the end of a client's patience"
    error = json.loads(body)["error"]
    assert error["code"] == code
    assert error["message"] == f"The provider 'a' {what_it_did(code)} ({code})."
    assert one.status == status


def test_what_a_provider_called_its_error_cannot_break_out_of_a_header() -> None:
    one, wire = failed("evil\r\nx-evil: 1", "caf\u00e9")
    give_up(one, Failure(code="evil\r\nx-evil: 1"))
    head, _, _ = wire.sent.partition(b"\r\n\r\n")
    assert b"\r\nx-evil" not in head
    assert b"x-vedette-attempt-log: " in head


def test_what_to_do_instead_is_said() -> None:
    wire = Wire()
    refuse(response_on(wire), MethodNotAllowed("No."), "openai_chat")
    assert b"\r\nallow: POST\r\n" in wire.sent
    wire = Wire()
    refuse(response_on(wire), TooBusy("Later."), "openai_chat")
    assert b"\r\nretry-after: 1\r\n" in wire.sent


def test_a_provider_cannot_speak_in_our_name() -> None:
    headers = [(b"x-vedette-cost-usd", b"0"), (b"connection", b"x-hop"), (b"x-hop", b"1")]
    assert passed_on([*headers, (b"x-request-id", b"1")]) == [(b"x-request-id", b"1")]


def test_the_headers_of_a_stream_are_added_where_they_lack() -> None:
    kept = passed_on([(b"cache-control", b"no-store")], stream=True)
    assert kept == [(b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]


@pytest.mark.parametrize(
    ("nano_usd", "shown"),
    [(0, b"0.000000"), (52_500, b"0.0000525"), (1_000_000_001, b"1.000000001")],
)
def test_money_is_exact(nano_usd: int, shown: bytes) -> None:
    one = exchange()
    one.cost_nano_usd = nano_usd
    assert b"x-vedette-cost-usd: %b\r\n" % shown in ours(one)


def test_what_described_the_bytes_of_a_provider_is_gone_with_them() -> None:
    headers = [(b"content-type", b"text/plain"), (b"etag", b"1"), (b"x-request-id", b"1")]
    kept = translated(headers, b"application/json")
    assert kept == [(b"x-request-id", b"1"), (b"content-type", b"application/json")]
    assert (b"cache-control", b"no-cache") in translated(headers, b"text/event-stream", stream=True)


def test_an_error_of_another_dialect_is_told_in_the_clients() -> None:
    one, wire = failed("http_404")
    body = b'{"type":"error","error":{"type":"not_found_error","message":"model: x"}}'
    give_up(one, Failure(code="http_404", status=404, body=body, dialect="anthropic"))
    head, _, told = wire.sent.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert b"x-vedette-error-source: provider" in head
    assert json.loads(told)["error"]["message"] == "model: x"


def test_the_record_says_why_a_call_failed() -> None:
    assert words_of(Failure(code="http_400", status=400)) == "the provider answered with status 400"
    assert words_of(Failure(code="reset")) == "the provider reset the connection"
    assert words_of(Failure(code="invalid_answer", message="It is empty.")) == "It is empty."
