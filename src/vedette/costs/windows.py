"""The time over which use is counted.

A rolling window of a minute, an hour, a day or 30 days is cut into `PIECES` pieces; what was used
in a piece is forgotten when all of the piece lies outside of the window. So no stretch of time as
long as the window ever holds more than the limit, and what was used is forgotten a thirtieth of the
window late at most. A month is that of a calendar in its time zone; `total` never ends.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PIECES = 30
RING = PIECES + 1
"""The pieces of the window that are over, and the one that runs."""
_S = 1_000_000_000
_LENGTHS_S = {"1m": 60, "1h": 3600, "1d": 86_400, "30d": 2_592_000}


class Window:
    """When the use that counts now began, and what becomes of it."""

    __slots__ = ("_end_ns", "_mark", "_zone", "length_ns", "name", "piece_ns")

    def __init__(self, name: str, timezone: str = "UTC") -> None:
        """`1m`, `1h`, `1d`, `30d`, `month` or `total`."""
        self.name = name
        self.length_ns = _LENGTHS_S.get(name, 0) * _S
        self.piece_ns = self.length_ns // PIECES
        self._zone = ZoneInfo(timezone) if timezone != "UTC" else UTC
        self._mark = 0
        self._end_ns = 0 if name == "month" else 1 << 63

    @property
    def is_rolling(self) -> bool:
        return self.piece_ns > 0

    def mark(self, now_ns: int) -> int:
        """The number of the piece, or of the month, that runs; 0 where the window never ends."""
        if self.piece_ns:
            return now_ns // self.piece_ns
        if now_ns >= self._end_ns:
            self._turn(now_ns)
        return self._mark

    def start_ns(self, now_ns: int) -> int:
        """From when on use counts."""
        if self.piece_ns:
            return (now_ns // self.piece_ns - PIECES) * self.piece_ns
        return 0 if self.name == "total" else _ns(self._begin(now_ns))

    def end_ns(self, now_ns: int) -> int | None:
        """When a month is over; None for the other windows."""
        if self.name != "month":
            return None
        self.mark(now_ns)
        return self._end_ns

    def _turn(self, now_ns: int) -> None:
        begin = self._begin(now_ns)
        self._mark = begin.year * 12 + begin.month
        ahead = begin.replace(
            year=begin.year + begin.month // 12, month=begin.month % 12 + 1, tzinfo=self._zone
        )
        self._end_ns = _ns(ahead)

    def _begin(self, now_ns: int) -> datetime:
        now = datetime.fromtimestamp(now_ns / _S, self._zone)
        return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _ns(at: datetime) -> int:
    return int(at.timestamp()) * _S
