"""The background work of a store, a bounded step at a time.

The caller holds the write lock, and replaces files that turn out to be damaged on the way.
"""

from vedette.clock import Clock
from vedette.stores.spans.sqlite import found, sums
from vedette.stores.spans.sqlite.cells import MINUTES_KEPT_NS, prune_minutes
from vedette.stores.spans.sqlite.indexing import index_step
from vedette.stores.spans.sqlite.months import Months
from vedette.stores.spans.sqlite.training import train_step

_HOUSEKEEPING_S = 60.0


class Upkeep:
    """What has to be done to the files of a store, the most urgent first."""

    def __init__(self, months: Months, clock: Clock, *, text_index: bool) -> None:
        self._months = months
        self._clock = clock
        self._text_index = text_index
        self._housekept = clock.monotonic()

    def step(self) -> bool:
        """Do one; True when there is more to do at once."""
        self._look_into_suspects()
        if any(map(train_step, self._months.newest_first())):
            return True
        if self._text_index and any(map(index_step, self._months.newest_first())):
            return True
        if any(map(sums.add_step, self._months.newest_first())):
            return True
        if any(map(found.add_step, self._months.newest_first())):
            return True
        if self._clock.monotonic() - self._housekept >= _HOUSEKEEPING_S:
            self._housekept = self._clock.monotonic()
            self._keep_house()
        return False

    def _keep_house(self) -> None:
        before_ns = self._clock.now_ns() - MINUTES_KEPT_NS
        for file in self._months.newest_first():
            with file.transaction() as conn:
                prune_minutes(conn, before_ns)
            file.writer.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _look_into_suspects(self) -> None:
        for file in self._months.newest_first():
            if file.is_suspect:
                file.is_suspect = False
                error = file.find_damage()
                if error is not None:
                    self._months.replace_damaged(file, error)
