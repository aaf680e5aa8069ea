"""The feed: batches, resumption, slow clients, the end."""

import asyncio
import json
import threading

import pytest

from tests.support.console import make_span
from vedette.api import live
from vedette.api.live import LiveFeed, Subscription, TooManySubscribers, event_stream
from vedette.clock import FakeClock

Event = tuple[str, str, dict[str, object]]


def read(data: bytes) -> list[Event]:
    """(id, name, data) of each event."""
    events = []
    for block in data.decode().strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        events.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return events


async def next_events(subscription: Subscription) -> list[Event]:
    piece = await subscription.next(10)
    assert piece is not None
    return read(piece)


async def test_a_new_client_learns_where_it_is() -> None:
    [(_, name, data)] = await next_events(LiveFeed(FakeClock()).subscribe("default"))
    assert (name, data) == ("ready", {})


async def test_spans_of_one_moment_are_one_event() -> None:
    feed = LiveFeed(FakeClock())
    subscription = feed.subscribe("default")
    await next_events(subscription)
    feed.publish([make_span(1), make_span(2)])
    feed.publish([make_span(1), make_span(3, project_id="other")])
    [(_, name, data)] = await next_events(subscription)
    assert name == "traces"
    assert data == {"trace_ids": [f"{1:032x}", f"{2:032x}"], "spans": 3}


async def test_events_come_at_most_four_times_a_second() -> None:
    feed = LiveFeed(FakeClock())
    subscription = feed.subscribe("default")
    await next_events(subscription)
    clock = asyncio.get_running_loop().time
    feed.publish([make_span(1)])
    await next_events(subscription)
    began = clock()
    feed.publish([make_span(2)])
    await next_events(subscription)
    assert clock() - began > live.FLUSH_S * 0.8


async def test_publishing_from_another_thread_reaches_the_client() -> None:
    feed = LiveFeed(FakeClock())
    subscription = feed.subscribe("default")
    await next_events(subscription)
    await asyncio.to_thread(feed.publish, [make_span(1)])
    [(_, name, _)] = await next_events(subscription)
    assert name == "traces"


async def test_a_client_goes_on_where_it_was() -> None:
    feed = LiveFeed(FakeClock())
    first = feed.subscribe("default")
    [(ready_id, _, _)] = await next_events(first)
    feed.publish([make_span(1)])
    [(seen, _, _)] = await next_events(first)
    feed.unsubscribe(first)
    watcher = feed.subscribe("default")
    await next_events(watcher)
    feed.publish([make_span(2)])
    await next_events(watcher)
    [(_, _, data)] = await next_events(feed.subscribe("default", last_event_id=seen))
    assert data["trace_ids"] == [f"{2:032x}"]
    both = await next_events(feed.subscribe("default", last_event_id=ready_id))
    assert len(both) == 2


@pytest.mark.parametrize("id", ["abc-1", "x", "17979cfe362a0000-99", "17979cfe362a0000--1", "-"])
async def test_an_id_of_another_life_is_a_reset(id: str) -> None:
    feed = LiveFeed(FakeClock())
    [(_, name, data)] = await next_events(feed.subscribe("default", last_event_id=id))
    assert (name, data) == ("reset", {"reason": "unknown_id"})


async def test_a_client_that_does_not_read_gets_one_reset() -> None:
    subscription = Subscription("default")
    reset = b'id: e-9\nevent: reset\ndata: {"reason":"slow_client"}\n\n'
    for _ in range(live.BUFFER + 1):
        subscription.push(b"id: e-1\nevent: traces\ndata: {}\n\n", reset=reset)
    [(_, name, data)] = await next_events(subscription)
    assert (name, data) == ("reset", {"reason": "slow_client"})


async def test_too_much_at_once_is_a_reset() -> None:
    feed = LiveFeed(FakeClock())
    subscription = feed.subscribe("default")
    await next_events(subscription)
    feed.publish([make_span(n) for n in range(1, live.IDS + 3)])
    [(_, name, data)] = await next_events(subscription)
    assert (name, data) == ("reset", {"reason": "overflow"})


async def test_silence_is_a_heartbeat() -> None:
    subscription = LiveFeed(FakeClock()).subscribe("default")
    await next_events(subscription)
    assert await subscription.next(0.01) == b": heartbeat\n\n"


async def test_closing_ends_every_stream() -> None:
    feed = LiveFeed(FakeClock())
    subscription = feed.subscribe("default")
    feed.close()
    pieces = [piece async for piece in event_stream(feed, subscription)]
    assert pieces[0] == b"retry: 2000\n\n"
    assert read(pieces[1])[0][1] == "ready"
    assert len(pieces) == 2
    assert feed.subscribers == 0
    late = feed.subscribe("default")
    assert len([piece async for piece in event_stream(feed, late)]) == 2


async def test_there_is_room_for_so_many_only() -> None:
    feed = LiveFeed(FakeClock())
    for _ in range(live.SUBSCRIBERS):
        feed.subscribe("default")
    with pytest.raises(TooManySubscribers):
        feed.subscribe("default")


def test_publishing_without_clients_or_after_the_loop_does_nothing() -> None:
    feed = LiveFeed(FakeClock())
    feed.publish([make_span(1)])

    async def listen() -> None:
        feed.subscribe("default")

    asyncio.run(listen())
    feed.publish([make_span(1)])
    thread = threading.Thread(target=feed.publish, args=([make_span(2)],))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
