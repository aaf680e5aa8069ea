"""Server push: which traces have new spans, as server-sent events.

The writer publishes what it has committed; events are cut at most four times a second, kept in
a bounded ring, and handed to every subscriber's own bounded buffer. An event id is
`epoch-number`: after a short break a client goes on where it was (`Last-Event-ID`). Whoever
missed something, because the ring or his buffer was too short or the server restarted, gets one
`reset` and loads the page anew: nothing is ever silently left out.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable
from typing import Literal, NamedTuple

import msgspec

from vedette.api.schemas import LiveReset, LiveTraces
from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.model.span import Span

FLUSH_S = 0.25
HEARTBEAT_S = 15.0
RING = 1_024
BUFFER = 64
SUBSCRIBERS = 256
IDS = 1_000
"""Trace ids of one event; when more came in one flush the event is a `reset`."""

_Reason = Literal["unknown_id", "too_old", "slow_client", "overflow"]


class TooManySubscribers(VedetteError):
    """No room for another live connection."""

    code = "too_many_subscribers"
    status = 503


class _Event(NamedTuple):
    number: int
    project_id: str
    name: str
    data: bytes


class Subscription:
    """The events of one client, oldest first; it holds at most `BUFFER` of them."""

    def __init__(self, project_id: str) -> None:
        self.project_id = project_id
        self._events: deque[bytes] = deque()
        self._changed = asyncio.Event()
        self._closed = False

    def push(self, event: bytes, *, reset: bytes) -> None:
        """Append an event; a client that is too slow loses them all and gets `reset` instead."""
        if len(self._events) >= BUFFER:
            self._events.clear()
            event = reset
        self._events.append(event)
        self._changed.set()

    def close(self) -> None:
        """End the stream after what is still in the buffer."""
        self._closed = True
        self._changed.set()

    async def next(self, timeout_s: float) -> bytes | None:
        """What there is to send, a heartbeat when nothing came for `timeout_s`, None at the end."""
        if not self._events and not self._closed:
            try:
                await asyncio.wait_for(self._changed.wait(), timeout_s)
            except TimeoutError:
                return b": heartbeat\n\n"
        self._changed.clear()
        if not self._events:
            return None
        events = b"".join(self._events)
        self._events.clear()
        return events


class LiveFeed:
    """Fans out what was written. `publish` may be called from any thread, the rest in the loop."""

    def __init__(self, clock: Clock) -> None:
        self._epoch = f"{clock.now_ns():x}"
        self._number = 0
        self._ring: deque[_Event] = deque(maxlen=RING)
        self._subscriptions: set[Subscription] = set()
        self._lock = threading.Lock()
        self._pending: dict[str, dict[str, int]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._flushing = False
        self._closed = False

    @property
    def subscribers(self) -> int:
        return len(self._subscriptions)

    def publish(self, spans: Iterable[Span]) -> None:
        """Tell that these spans are now in the store. Cheap; does nothing before the first client.

        Never blocks on a client and never raises.
        """
        loop = self._loop
        if loop is None or self._closed:
            return
        with self._lock:
            for span in spans:
                traces = self._pending.setdefault(span.project_id, {})
                if span.trace_id in traces or len(traces) <= IDS:
                    traces[span.trace_id] = traces.get(span.trace_id, 0) + 1
            if self._flushing or not self._pending:
                return
            self._flushing = True
        try:
            loop.call_soon_threadsafe(self._flush)
        except RuntimeError:  # the loop has been closed meanwhile: nobody listens any more
            self._closed = True

    def subscribe(self, project_id: str, *, last_event_id: str = "") -> Subscription:
        """A new client, with what it missed since `last_event_id`; raises TooManySubscribers."""
        if len(self._subscriptions) >= SUBSCRIBERS:
            raise TooManySubscribers(f"{SUBSCRIBERS} live connections are open already.")
        self._loop = asyncio.get_running_loop()
        subscription = Subscription(project_id)
        self._resume(subscription, last_event_id)
        if self._closed:
            subscription.close()
        else:
            self._subscriptions.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forget a client. Idempotent."""
        self._subscriptions.discard(subscription)

    def close(self) -> None:
        """End all streams: call it before the server waits for its connections. Idempotent."""
        self._closed = True
        for subscription in tuple(self._subscriptions):
            subscription.close()

    def _flush(self) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
            if not pending:
                self._flushing = False
                return
        for project_id, traces in pending.items():
            self._emit(project_id, traces)
        asyncio.get_running_loop().call_later(FLUSH_S, self._flush)

    def _emit(self, project_id: str, traces: dict[str, int]) -> None:
        self._number += 1
        if len(traces) > IDS:
            data = msgspec.json.encode(LiveReset(reason="overflow"))
            event = _Event(self._number, project_id, "reset", data)
        else:
            shape = LiveTraces(trace_ids=tuple(traces), spans=sum(traces.values()))
            event = _Event(self._number, project_id, "traces", msgspec.json.encode(shape))
        self._ring.append(event)
        encoded, reset = self._encode(event), self._reset("slow_client")
        for subscription in self._subscriptions:
            if subscription.project_id == project_id:
                subscription.push(encoded, reset=reset)

    def _resume(self, subscription: Subscription, last_event_id: str) -> None:
        reset: _Reason | None = None
        epoch, _, number = last_event_id.partition("-")
        known = number.isascii() and number.isdigit() and len(number) < 16
        seen = int(number) if known else -1
        if not last_event_id:
            ready = _Event(self._number, subscription.project_id, "ready", b"{}")
            subscription.push(self._encode(ready), reset=b"")
        elif epoch != self._epoch or not 0 <= seen <= self._number:
            reset = "unknown_id"
        elif seen < self._number - len(self._ring) or self._number - seen > BUFFER:
            reset = "too_old"
        else:
            for event in self._ring:
                if event.number > seen and event.project_id == subscription.project_id:
                    subscription.push(self._encode(event), reset=b"")
        if reset is not None:
            subscription.push(self._reset(reset), reset=b"")

    def _reset(self, reason: _Reason) -> bytes:
        data = msgspec.json.encode(LiveReset(reason=reason))
        return self._encode(_Event(self._number, "", "reset", data))

    def _encode(self, event: _Event) -> bytes:
        head = f"id: {self._epoch}-{event.number}\nevent: {event.name}\ndata: "
        return head.encode() + event.data + b"\n\n"


async def event_stream(
    feed: LiveFeed, subscription: Subscription, *, heartbeat_s: float = HEARTBEAT_S
) -> AsyncIterator[bytes]:
    """The bytes of one client's stream, until the feed is closed."""
    try:
        yield b"retry: 2000\n\n"
        while (piece := await subscription.next(heartbeat_s)) is not None:
            yield piece
    finally:
        feed.unsubscribe(subscription)
