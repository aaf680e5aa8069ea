"""A response between the gateway and its client."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.answers import chat_body, chat_events
from tests.unit.gateway.test_guarding import asking, guardian, rule
from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.gateway.guarded import GuardedResponse
from vedette.gateway.watching import Watch
from vedette.guard.engine import MakeDetector
from vedette.http1.memory import MemoryResponse
from vedette.http1.refusals import STOPPED
from vedette.http1.response import NOWHERE, Response
from vedette.model.policy import Action
from vedette.ports.detector import Detection, Detector, Subject
from vedette.tasks import Tasks

JSON = [(b"content-type", b"application/json")]
SSE = [(b"content-type", b"text/event-stream")]


class Case:
    """A guarded response with a client that reads."""

    def __init__(
        self, *, stream: bool, make: MakeDetector = make_detector, mode: Any = "window",
        **changes: Any,
    ) -> None:  # fmt: skip
        guard = guardian(rule(where=("output",), **changes), make=make, stream=mode)
        self.clock = guard.clock
        self.exchange = asking("Hello.")
        self.exchange.stream = stream
        self.client = MemoryResponse()
        self.exchange.response = self.client
        self.lost = 0
        self.client.on_lost = self._lost
        self.guarded = GuardedResponse(self.exchange, Watch(guard, self.exchange), Tasks())
        self.exchange.response = self.guarded

    def _lost(self) -> None:
        self.lost += 1
        self.exchange.client_lost()


def test_a_guarded_response_is_a_whole_response() -> None:
    plain = Response(NOWHERE, "POST", 1, True)
    guarded = Case(stream=False).guarded
    others = {"on_lost"}
    for name in set(Response.__slots__) - others:
        assert getattr(guarded, name) == getattr(plain, name)


async def test_a_whole_answer_that_may_pass_goes_at_once() -> None:
    case = Case(stream=False)
    case.guarded.send(200, JSON, chat_body("Fine."))
    assert case.client.ended
    await case.guarded.settled()
    assert case.client.status == 200
    assert await case.client.read_all() == chat_body("Fine.")
    assert case.exchange.response is case.client
    assert case.exchange.attributes is not None
    assert case.exchange.attributes["vedette.guard.action"] == "allow"


async def test_a_long_answer_waits_for_its_verdict() -> None:
    case, said = Case(stream=False), chat_body("Fine. " * 5_000)
    case.guarded.send(200, JSON, said)
    assert not case.client.started
    await case.guarded.settled()
    assert await case.client.read_all() == said


async def test_an_answer_is_refused_when_whoever_said_it_is_done() -> None:
    case = Case(stream=False)
    case.guarded.send(200, JSON, chat_body("It is forbidden."))
    assert not case.client.started
    case.exchange.status = 200
    await case.guarded.settled()
    assert case.client.status == case.exchange.status == 400
    assert case.exchange.error == "guard_blocked"


async def test_an_answer_loses_at_once_what_must_not_pass() -> None:
    case = Case(stream=False, actions=(Action(kind="redact"),))
    case.guarded.send(200, JSON, chat_body("It is forbidden."))
    assert b"forbidden" not in await case.client.read_all()
    await case.guarded.settled()
    assert b"forbidden" not in case.exchange.capture.body()


async def test_errors_are_not_looked_at() -> None:
    case = Case(stream=False)
    case.guarded.send(500, JSON, b'{"error": "forbidden"}')
    assert case.client.status == 500
    await case.guarded.settled()


async def test_what_comes_while_the_guard_looks_is_looked_at_too() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    events = chat_events([f"word{n} " for n in range(60)])
    case.guarded.write(b"".join(events[:40]))
    await asyncio.sleep(0)
    case.guarded.write(b"".join(events[40:]))
    case.guarded.end()
    await case.guarded.settled()
    assert await case.client.read_all() == b"".join(events)
    assert not case.exchange.error


async def test_a_stopped_stream_is_ours_and_not_the_client_s() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    case.guarded.write(b"".join(chat_events(["It is ", "forbidden. " + "More. " * 60])[:3]))
    async with asyncio.timeout(30):
        while not case.client.ended:
            await asyncio.sleep(0.01)
    await case.guarded.settled()
    assert b"guard_blocked" in await case.client.read_all()
    assert case.lost == 1
    assert case.guarded.cut_for == "guard_blocked"
    assert case.exchange.error == "guard_blocked"
    assert not case.exchange.gone


async def test_a_stream_that_is_cut_at_a_stop_says_so() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    case.client.refused = STOPPED
    assert case.guarded.cut_for == "shutting_down"


@pytest.mark.parametrize("cut", ["after an event", "within an event"])
async def test_an_optimistic_stream_does_not_end_well_before_it_is_looked_at(cut: str) -> None:
    case = Case(stream=True, mode="optimistic")
    case.guarded.start(200, SSE)
    told = b"".join(chat_events(["It is ", "forbidden. ", "More."]))
    if cut == "within an event":
        case.guarded.write(told[:-300])
        case.guarded.write(told[-300:])
    else:
        case.guarded.write(told)
    case.guarded.end()
    await case.guarded.settled()
    body = await case.client.read_all()
    assert b"More." in body
    assert b"guard_blocked" in body
    assert b'"finish_reason": "stop"' not in body
    assert b"[DONE]" not in body
    assert all(event.startswith(b"data: {") for event in body.split(b"\n\n")[:-1])


async def test_an_optimistic_stream_that_may_pass_is_whole() -> None:
    case = Case(stream=True, mode="optimistic")
    case.guarded.start(200, SSE)
    events = chat_events([f"word{n} " for n in range(60)], usage=True)
    for event in events:
        case.guarded.write(event[:20])
        case.guarded.write(event[20:])
    case.guarded.end()
    await case.guarded.settled()
    assert await case.client.read_all() == b"".join(events)


async def test_what_came_last_does_not_wait_for_the_next_word() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    events = chat_events(["It is ", "all ", "fine. ", "Yes."])
    case.guarded.write(b"".join(events[:3]))
    async with asyncio.timeout(30):
        assert b"It is" in await case.client.read()
        case.guarded.write(events[3])
        for _ in range(5):
            await asyncio.sleep(0)
        assert isinstance(case.clock, FakeClock)
        case.clock.advance(1)
        assert b"all" in await case.client.read()
    case.guarded.write(b"".join(events[4:]))
    case.guarded.end()
    await case.guarded.settled()


async def test_where_the_guard_fails_nobody_takes_a_part_for_whole() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    window = case.guarded._window
    assert window is not None

    def fails() -> bytes:
        raise ZeroDivisionError

    window.released = fails  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        case.guarded.write(b"".join(chat_events(["It is "])[:2]))
    case.guarded.write(b"".join(chat_events(["fine. "])[1:]))
    case.guarded.end()
    await case.guarded.settled()
    assert case.client.broken
    assert case.exchange.error == "guard_error"


async def test_a_stream_of_events_that_nobody_knows_is_no_stream_that_was_looked_at() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    strange = b'data: {"kind": "words", "said": "It is forbidden."}\n\n'
    case.guarded.write(strange + strange)
    case.guarded.end()
    await case.guarded.settled()
    assert await case.client.read_all() == strange + strange
    assert (case.exchange.attributes or {})["vedette.guard.bypassed"] == "answer:unread_events x2"


async def test_a_client_that_leaves_is_told_on() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    case.client.hang_up()
    assert case.lost == 1
    await case.guarded.settled()
    assert case.exchange.gone


async def test_a_stream_that_is_cut_is_cut_at_the_client() -> None:
    case = Case(stream=True)
    case.guarded.start(200, SSE)
    case.guarded.write(b"".join(chat_events(["Hello "])[:2]))
    case.guarded.abort()
    await case.guarded.settled()
    assert case.client.broken


LONG = ["It is forbidden. ", *(f"word{n} " for n in range(60))]


async def test_what_only_reports_looks_at_a_stream_once() -> None:
    looks: list[str] = []

    def make(name: str, options: Mapping[str, Any]) -> Detector:
        detector = make_detector(name, options)
        detect = detector.detect

        def counted(subject: Subject) -> Detection:
            looks.append(subject.text)
            return detect(subject)

        if name == "keywords":
            detector.detect = counted  # type: ignore[method-assign]
        return detector

    case = Case(stream=True, make=make, actions=(Action(kind="flag"),))
    case.guarded.start(200, SSE)
    events = chat_events(LONG)
    for event in events:
        case.guarded.write(event)
        await asyncio.sleep(0)
    case.guarded.end()
    await case.guarded.settled()
    assert await case.client.read_all() == b"".join(events)
    assert looks == ["".join(LONG)]
    told = case.exchange.attributes or {}
    assert told["vedette.guard.findings"] == "keywords:keyword x1"


@pytest.mark.parametrize("ends", ["lost", "cut"])
async def test_what_was_said_of_a_stream_that_breaks_off_is_reported(ends: str) -> None:
    case = Case(stream=True, actions=(Action(kind="flag"),))
    case.guarded.start(200, SSE)
    case.guarded.write(b"".join(chat_events(LONG)[:40]))
    await asyncio.sleep(0)
    if ends == "lost":
        case.client.hang_up()
    else:
        case.guarded.abort()
    await case.guarded.settled()
    told = case.exchange.attributes or {}
    assert told["vedette.guard.action"] == "flag"
    assert told["vedette.guard.rules"] == "r"
