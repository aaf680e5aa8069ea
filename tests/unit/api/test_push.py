"""Live updates over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from tests.support.console import Console, make_span


@contextmanager
def events_of(console: Console, **headers: str) -> Iterator[Iterator[tuple[str, str, object]]]:
    """(id, name, data) of the events of a live connection."""

    def parse(lines: Iterator[str]) -> Iterator[tuple[str, str, object]]:
        fields: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields[name] = value
            if not line and "data" in fields:
                yield fields["id"], fields["event"], json.loads(fields["data"])
                fields = {}

    with httpx2.Client(base_url=console.url, timeout=10) as client:
        with client.stream("GET", "/api/v1/live", headers=headers) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert answer.headers["cache-control"] == "no-store"
            yield parse(answer.iter_lines())


def test_a_client_hears_of_new_traces(console: Console) -> None:
    with events_of(console) as events:
        assert next(events)[1] == "ready"
        console.services.live.publish([make_span(1)])
        _, name, data = next(events)
    assert name == "traces"
    assert data == {"trace_ids": [f"{1:032x}"], "spans": 1}


def test_a_client_that_comes_back_misses_nothing(console: Console) -> None:
    with events_of(console) as watched:
        seen, _, _ = next(watched)
        console.services.live.publish([make_span(1)])
        next(watched)
        with events_of(console, **{"last-event-id": seen}) as events:
            assert next(events)[2] == {"trace_ids": [f"{1:032x}"], "spans": 1}


def test_an_old_id_is_a_reset(console: Console) -> None:
    with events_of(console, **{"last-event-id": "1-1"}) as events:
        assert next(events)[1:] == ("reset", {"reason": "unknown_id"})


def test_closing_the_feed_ends_the_connection(console: Console) -> None:
    with events_of(console) as events:
        next(events)
        console.services.live.close()
        assert list(events) == []


def test_a_client_that_leaves_is_forgotten(console: Console) -> None:
    with events_of(console) as events:
        next(events)
        assert console.services.live.subscribers == 1
    with events_of(console) as others:
        next(others)
        for _ in range(100):
            if console.services.live.subscribers == 1:
                break
            console.get("/health/live")
        assert console.services.live.subscribers == 1
