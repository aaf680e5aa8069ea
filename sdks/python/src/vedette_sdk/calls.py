"""One call that is watched: what the caller's thread does of it, which is as little as can be.

The caller's thread starts a span, keeps references to what goes over the wire (texts cannot
change; the lists and objects around them are copied) and hands all of it over at the end. Reading,
hashing, encoding and ending the span happen in the worker.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from opentelemetry.context import Context, attach, detach, set_value
from opentelemetry.trace import Span, set_span_in_context

from vedette_sdk.context import Scope
from vedette_sdk.reading.facts import Reader

if TYPE_CHECKING:
    from contextvars import Token

    from vedette_sdk.watch import Watch

WITHIN = "vedette_sdk.within"
"""Set while a client works for a call that is watched: what it calls in turn is not watched."""
_BASE_BYTES = 1_024
TIMED = 64
"""Chunks whose arrival is noted, to find the first that holds something of the answer."""


class Call:
    """From the request to the last byte. `finish` may come twice, from any thread; once counts."""

    __slots__ = (
        "__weakref__", "_is_open", "_most_bytes", "_watch", "abandoned", "answer", "attributes",
        "chunks", "convert", "end_ns", "error", "is_done", "reader", "request", "scope",
        "size_bytes", "span", "start_ns", "started", "swallows_usage", "times", "truncated",
    )  # fmt: skip

    def __init__(
        self, watch: "Watch", span: Span, *, start_ns: int, reader: Reader,
        request: Mapping[str, Any], scope: Scope, attributes: dict[str, Any],
    ) -> None:  # fmt: skip
        self._watch = watch
        self.span = span
        self.start_ns = start_ns
        self.started = time.perf_counter_ns()
        self.reader = reader
        self.request = request
        self.scope = scope
        self.attributes = attributes
        self.answer: Any = None
        self.convert: Any = None
        """Makes the JSON of an answer or a chunk of what was kept; run by the worker."""
        self.chunks: list[Any] | None = None
        self.times: list[int] = []
        self.size_bytes = _BASE_BYTES + size_of(request)
        self._most_bytes = 0
        self._is_open = False
        """Whether chunks are kept without their sizes."""
        self.truncated = False
        self.swallows_usage = False
        """Whether a chunk of usage that only we asked for is kept from the caller."""
        self.error: BaseException | None = None
        self.abandoned = False
        self.is_done = False
        self.end_ns = 0

    def enter(self) -> "Token[Context]":
        """Make the call's span the current one; give the token to `leave`."""
        return attach(set_value(WITHIN, True, set_span_in_context(self.span)))

    @staticmethod
    def leave(token: "Token[Context]") -> None:
        detach(token)

    def begin_stream(self) -> None:
        """The answer comes in chunks."""
        self.chunks = []
        self._most_bytes = self.size_bytes + self._watch.max_answer_bytes
        self._watch.note_open(self)

    def open_chunks(self) -> tuple[list[Any], list[int], int]:
        """For a loop that keeps chunks itself: into what, with the times of the first `TIMED`, and
        how many bytes it may keep before it calls `replace_last`."""
        chunks = self.chunks
        self._is_open = True
        return [] if chunks is None else chunks, self.times, self._watch.max_answer_bytes

    def replace_last(self, chunk: Any) -> None:
        """No room: the end has the usage, so what came last is kept, not what lies between."""
        if self.chunks is not None:
            self.truncated = True
            self.chunks[-1:] = [chunk]

    def chunk(self, chunk: Any, size_bytes: int) -> None:
        """A chunk came; the bound of an answer's size holds for all of them."""
        if self.chunks is None:
            return
        if len(self.times) < TIMED:
            self.times.append(time.perf_counter_ns())
        if self.size_bytes + size_bytes > self._most_bytes:
            self.replace_last(chunk)
        else:
            self.size_bytes += size_bytes
            self.chunks.append(chunk)

    def finish(
        self, answer: Any = None, *, error: BaseException | None = None, abandoned: bool = False
    ) -> None:
        """The call is over."""
        if self.is_done:
            return
        self.is_done = True
        self.end_ns = self.start_ns + time.perf_counter_ns() - self.started
        self.answer = answer
        self.error = error
        self.abandoned = abandoned
        if self._is_open and self.chunks:
            self.size_bytes += sum(map(len, self.chunks))
        self._watch.offer(self, self.size_bytes)


def size_of(request: Mapping[str, Any]) -> int:
    """About how much memory the texts of a request hold: its messages and one level below."""
    size = 0
    for value in request.values():
        if isinstance(value, str | bytes):
            size += len(value)
        elif isinstance(value, list):
            for item in value:
                size += _size_of_item(item)
    return size


def _size_of_item(item: Any) -> int:
    if isinstance(item, str):
        return len(item)
    if not isinstance(item, dict):
        return 64
    size = 64
    for value in item.values():
        if isinstance(value, str):
            size += len(value)
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    size += sum(len(v) for v in part.values() if isinstance(v, str))
    return size


def snapshot(request: Mapping[str, Any]) -> dict[str, Any]:
    """The request as it is now: what the caller changes later in its lists does not show."""
    return {
        name: [_copied(item) for item in value] if isinstance(value, list) else value
        for name, value in request.items()
    }


def _copied(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return {
        name: [dict(part) if isinstance(part, dict) else part for part in value]
        if isinstance(value, list) else value
        for name, value in item.items()
    }  # fmt: skip
