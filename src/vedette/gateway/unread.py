"""Events of a stream with texts in a form that its dialect does not know: nobody looks at them,
and that is said. Of events that the dialect knows and leaves aside it holds where nothing of the
stream is read: else they repeat what is looked at elsewhere."""

from collections.abc import Sequence
from typing import Final

from vedette.gateway.passages import of_unread
from vedette.model.chat import Delta, End, RawDelta

_MOST_BYTES: Final = 65_536
"""Kept of one stream."""


class Unread:
    """Those of one stream."""

    def __init__(self) -> None:
        self._events: list[tuple[bytes, bool]] = []
        self._bytes = 0
        self._reads = False

    def take(self, data: bytes, deltas: Sequence[Delta]) -> None:
        """One more event, and what was read of it."""
        if all(isinstance(delta, RawDelta) for delta in deltas):
            if self._bytes < _MOST_BYTES:
                self._events.append((data, bool(deltas)))
                self._bytes += len(data)
        elif not isinstance(deltas[0], End):
            self._reads = True

    def counted(self) -> int:
        """How many there were; once."""
        events, self._events = self._events, []
        return sum(bool(of_unread(data)) for data, is_raw in events if is_raw or not self._reads)
