"""Spans that wait to be looked at by a thread of their own: bounded in number and in memory."""

import threading
from collections import deque

from vedette.ingest.writer import approximate_bytes
from vedette.model.span import Span


class SpanQueue:
    """First in, first out. A single span larger than `most_bytes` is taken when nothing waits."""

    def __init__(self, *, most_spans: int, most_bytes: int) -> None:
        self._most_spans = most_spans
        self._most_bytes = most_bytes
        self._spans: deque[tuple[Span, int]] = deque()
        self._bytes = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def put(self, span: Span) -> bool:
        """Whether there is room for it. Never blocks."""
        with self._changed:
            if len(self._spans) >= self._most_spans:
                return False
            size = approximate_bytes(span)
            if self._spans and self._bytes + size > self._most_bytes:
                return False
            self._spans.append((span, size))
            self._bytes += size
            self._changed.notify()
            return True

    def get(self) -> Span | None:
        """Wait for the next one; None when it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._spans or self._is_closed)
            if self._is_closed:
                return None
            span, size = self._spans.popleft()
            self._bytes -= size
            return span

    def close(self) -> None:
        """What waits is dropped, and whoever waits for more is told."""
        with self._changed:
            self._is_closed = True
            self._spans.clear()
            self._bytes = 0
            self._changed.notify_all()
