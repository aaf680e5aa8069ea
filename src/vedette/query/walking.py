"""Walking over what matches, newest first, up to a bound that the answer then tells."""

from collections.abc import Iterator

from vedette.model.query import Filter, Position, TraceRow
from vedette.model.span import Span
from vedette.ports.stores import SpanStore

PAGE = 1_000


class Walk:
    """Rows of a filter, page after page; `is_complete` says whether the bound cut it."""

    def __init__(self, store: SpanStore, filter: Filter, *, most: int, first: int = PAGE) -> None:
        """`first` is how many rows are asked for at first, where few may be enough."""
        self._store = store
        self._filter = filter
        self._most = most
        self._page = first
        self.is_complete = True
        self.seen = 0
        self.position: Position | None = None
        """The last row that was handed out."""

    def spans(self) -> Iterator[Span]:
        """Spans without payload."""
        after: Position | None = None
        while True:
            page = self._store.list_spans(self._filter, after=after, limit=self._size())
            for span in page.items:
                self.position = Position(span.start_ns, span.span_id)
                self.seen += 1
                yield span
            after = page.next
            if after is None or self._is_enough():
                return

    def traces(self, after: Position | None = None) -> Iterator[TraceRow]:
        """Traces as lists show them; `after` is where another walk stopped."""
        while True:
            page = self._store.list_traces(self._filter, after=after, limit=self._size())
            for row in page.items:
                self.position = Position(row.start_ns, row.trace_id)
                self.seen += 1
                yield row
            after = page.next
            if after is None or self._is_enough():
                return

    def _size(self) -> int:
        size = max(1, min(self._page, self._most - self.seen))
        self._page = min(2 * self._page, PAGE)
        return size

    def _is_enough(self) -> bool:
        if self.seen >= self._most:
            self.is_complete = False
        return not self.is_complete
