"""A desk over records in memory, with a clock that stands and chance that counts."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from vedette.access.desk import AccessDesk
from vedette.clock import FakeClock
from vedette.model.tenant import AccessSnapshot
from vedette.stores.records.sql import SqlRecords


def counting() -> Callable[[int], bytes]:
    """Bytes that count up: the first ids are 000000000001, 000000000003, ..."""
    state = [0]

    def chance(count: int) -> bytes:
        state[0] += 1
        return state[0].to_bytes(count, "big")

    return chance


class Office:
    """The desk and what it stands on."""

    def __init__(self, folder: Path | None = None, *, file: Path | None = None) -> None:
        self.clock = FakeClock()
        self.records = SqlRecords(folder, self.clock)
        self.file = file
        self.desk = AccessDesk(self.records, self.clock, file=file, chance=counting())
        self.desk.book.open()

    @property
    def snapshot(self) -> AccessSnapshot:
        """What the workers would read."""
        assert self.file is not None
        return msgspec.msgpack.decode(self.file.read_bytes(), type=AccessSnapshot)
