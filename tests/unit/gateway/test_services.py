import gzip

import pytest

from tests.support.answers import chat_body
from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.costs.prices import PriceIndex
from vedette.gateway.breaker import FAILURES, Breaker
from vedette.gateway.exchange import Exchange
from vedette.gateway.fetching import Fetcher
from vedette.gateway.services import Services
from vedette.gateway.tokens import Tokens
from vedette.http1.deadlines import Deadlines
from vedette.tasks import Tasks


@pytest.fixture
def services() -> Services:
    clock = FakeClock()
    deadlines, tasks = Deadlines(clock), Tasks()
    return Services(
        clock=clock, deadlines=deadlines, tasks=tasks, prices=PriceIndex.load(),
        tokens=Tokens(clock, Fetcher(clock, deadlines), deadlines, tasks),
        tee_breaker=Breaker("tee", clock), answer_breaker=Breaker("answer", clock),
        price_breaker=Breaker("price", clock), max_body_bytes=100,
    )  # fmt: skip


def read(services: Services, body: bytes, coding: bytes = b"") -> Exchange:
    one = exchange()
    one.content_encoding = coding
    services.read_whole(one, body)
    return one


@pytest.mark.parametrize("coding", [b"", b"gzip"])
def test_an_answer_is_read_packed_or_not(services: Services, coding: bytes) -> None:
    body = gzip.compress(chat_body()) if coding else chat_body()
    one = read(services, body, coding)
    assert one.usage is not None
    assert (one.usage.input_total, one.usage.output_total) == (9, 3)
    assert (one.response_model, one.response_id) == ("m1-2026", "chatcmpl-test")
    assert one.finish_reason == "stop"


@pytest.mark.parametrize(("body", "coding"), [(b"<html>", b""), (b"x", b"br"), (b"x", b"gzip")])
def test_what_cannot_be_read_is_left_and_blames_no_stage(
    services: Services, body: bytes, coding: bytes
) -> None:
    for _ in range(FAILURES):
        assert read(services, body, coding).usage is None
    assert not services.answer_breaker.is_open
    assert read(services, chat_body()).usage is not None


def test_capture_mode_none_keeps_nothing(services: Services) -> None:
    one = exchange()
    for mode, kept in (("full", 100), ("none", 0)):
        one.capture_mode = mode
        capture = services.new_capture(one)
        capture.add(b"x" * 500)
        assert (len(capture.body()), capture.size) == (kept, 500)
