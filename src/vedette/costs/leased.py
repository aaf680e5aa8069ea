"""Counters of a machine that shares its limits with others.

The workers of a machine count in one file, as ever (`counters`). What the machine may use of an
account is a slice: its ceiling stands in the file beside what it has used, so that a call needs no
other machine as long as the slice lasts. One of the workers (`lessee`) keeps the slices full,
reports what was used, and gives back what is not needed.

    used here since ever + held by calls here <= ceiling          (checked by every call)
    used by all in the window + all slices <= limit               (kept by the store)

Before less is asked for, the ceiling is lowered; it is raised after the store has agreed. A slice
runs out before the store forgets it. What was used stays in the file until the store has confirmed
it, also when the worker dies that used it; totals are sent, not differences, so that nothing counts
twice. So the limit is never exceeded while the store is there.

Where it is away and the slice is used up, the account says what happens: a closed one lets nothing
through, of an open one this machine holds the whole limit by itself, and what it uses is reported
when the store is back.
"""

import fcntl
import mmap
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress

from vedette.costs.accounts import Account, Granted, Refused, Short, Taken
from vedette.costs.counters import (
    BODY,
    HELD,
    INDEX,
    ROWS,
    SIZE,
    SPENT,
    WIDTH,
    Busy,
    Counters,
)
from vedette.costs.marks import mark_byte
from vedette.costs.slices import LEASE_WIDTH, Slice
from vedette.ports.leases import Ask, Told

TTL_S = 15.0
"""A slice that is not renewed so long is free again."""
_RUNS_NS = 10_000_000_000
"""For how long a slice is used after it was asked for; shorter than that."""
_LEASES = SIZE // 8
_FLAGS = SIZE + ROWS * LEASE_WIDTH * 8
"""One byte for each row: 1 where there is something to say to the store."""
_MACHINE, _TURN, _AWAY = 4, 5, 6
"""Places in the header: who this machine is, the number of the last exchange, and whether it
failed."""
_LEADER = 200
_MOST = 256


class LeasedCounters(Counters):
    """The mapped file with the slices, as one process sees it."""

    file_bytes = _FLAGS + ROWS
    magic = 0x5645_4445_5454_1001

    def __init__(self, memory: mmap.mmap, file: int = -1) -> None:
        # The flags at the end are bytes; all before them are 64-bit integers, and so is their size.
        super().__init__(memory, file)
        self._pipes: tuple[int, ...] = ()
        self._from = _FLAGS

    @property
    def machine(self) -> str:
        """Names this machine to the store; made with the file."""
        self._lock()
        try:
            if not self._cells[_MACHINE]:
                self._cells[_MACHINE] = int.from_bytes(os.urandom(7)) or 1
            return f"{self._cells[_MACHINE]:014x}"
        finally:
            self._unlock()

    @property
    def is_away(self) -> bool:
        """Whether the store did not answer the last time."""
        return self._cells[_AWAY] != 0

    def take(
        self, charges: Sequence[Taken], now_ns: int, *, asked: int = 0, alone: bool = False
    ) -> Granted | Refused | Short:
        """Like `reserve`. `Short` where a slice is too small: ask again, with its turn as `asked`,
        when that exchange is over. `alone`: do not wait for the store. Raises Busy."""
        alone = alone or self._cells[_AWAY] != 0
        self._lock()
        try:
            left: Granted = []
            turn = 0
            for account, held, spent, is_bound in charges:
                slice, amount = self._slice(account, now_ns), held or spent
                rest = slice.rest()
                if is_bound and not slice.fits(amount, now_ns):
                    if alone:
                        rest = slice.rest_alone()
                        outcome: Refused | int | None = self._refused(account, rest, amount)
                    else:
                        outcome = self._ask_for(slice, account, amount, asked=asked, now_ns=now_ns)
                    if isinstance(outcome, Refused):
                        return outcome
                    turn = max(turn, outcome or 0)
                left.append(rest - amount)
            if turn:
                return Short(turn)
            self._charge(charges, now_ns)
            return left
        finally:
            self._unlock()

    def reserve(self, charges: Sequence[Taken], now_ns: int) -> Granted | Refused:
        """Take all of it, without waiting for the store."""
        outcome = self.take(charges, now_ns, alone=True)
        assert not isinstance(outcome, Short)
        return outcome

    def settle(self, used: Iterable[tuple[Account, int, int]], now_ns: int) -> None:
        cells, column = self._cells, self._column
        self._lock()
        try:
            for account, held, spent in used:
                slice = self._slice(account, now_ns)
                row = account.row
                cells[row + SPENT] += spent
                if account.piece:
                    cells[account.piece] += spent
                # Never more than is there: the column may have been emptied meanwhile.
                freed = min(held, cells[row + column])
                cells[row + column] -= freed
                cells[row + HELD] -= freed
                slice.spend(spent)
                self._memory[_FLAGS + slice.number] = 1
        finally:
            self._unlock()

    def frees_at_ns(self, account: Account, wanted: int, now_ns: int) -> int | None:
        said = 0
        if account.window.is_rolling:
            self._lock()
            try:
                said = self._slice(account, now_ns).frees_at_ns()
            finally:
                self._unlock()
        return said if said > now_ns else super().frees_at_ns(account, wanted, now_ns)

    def collect(self, now_ns: int, *, leaves: bool = False) -> tuple[list[int], list[Ask]]:
        """What to tell the store now, and of which rows; whoever `leaves` keeps nothing at hand.

        Raises Busy.
        """
        rows: list[int] = []
        asks: list[Ask] = []
        self._lock()
        try:
            self._cells[_TURN] += 1
            start = self._from
            for begin, end in ((start, self.file_bytes), (_FLAGS, start)):
                at = self._memory.find(b"\1", begin, end)
                while at >= 0 and len(rows) < _MOST:
                    number = at - _FLAGS
                    rows.append(number)
                    asks.append(self._at(number).ask(self._cells[INDEX + number], now_ns, leaves))
                    self._from = at + 1
                    at = self._memory.find(b"\1", at + 1, end)
        finally:
            self._unlock()
        return rows, asks

    def apply(
        self, rows: Sequence[int], asks: Sequence[Ask], told: Sequence[Told], asked_ns: int
    ) -> None:
        """Take over what the store said to what was asked. Raises Busy."""
        self._lock()
        try:
            turn, until_ns = self._cells[_TURN], asked_ns + _RUNS_NS
            self._cells[_AWAY] = 0
            for number, ask, answer in zip(rows, asks, told, strict=True):
                is_over = self._at(number).agree(
                    ask, answer, asked_ns=asked_ns, until_ns=until_ns, turn=turn
                )
                if is_over:
                    self._memory[_FLAGS + number] = 0
        finally:
            self._unlock()

    def lost(self) -> None:
        """The store does not answer."""
        self._cells[_AWAY] = 1

    def lead(self) -> bool:
        """Whether this process is the one that speaks with the store; it stays so until it ends."""
        if self._file < 0:
            return True
        try:
            mark_byte(self._file, _LEADER, fcntl.F_WRLCK)
        except OSError:
            return False
        return True

    def open_pipe(self, path: str) -> int:
        """The pipe through which workers wake whoever speaks with the store. Raises OSError."""
        if self._file < 0:
            self._pipes = os.pipe()
            for end in self._pipes:
                os.set_blocking(end, False)
        else:
            with suppress(FileExistsError):
                os.mkfifo(path, 0o600)
            # Both ways, or it could not be opened while nobody reads.
            self._pipes = (os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC),)
        return self._pipes[0]

    def wake(self) -> None:
        """Ask for an exchange now."""
        if self._pipes:
            with suppress(BlockingIOError):
                os.write(self._pipes[-1], b"\1")

    def close(self) -> None:
        for pipe in self._pipes:
            os.close(pipe)
        self._pipes = ()
        super().close()

    def _refused(self, account: Account, rest: int, amount: int) -> Refused | None:
        """Whether this machine, by itself, lets a call through. Raises Busy."""
        if account.closed:
            raise Busy("What all machines use of a limit cannot be told.")
        kept = self._cells[account.row + HELD]
        if rest >= amount or not (account.strict or kept or rest <= 0):
            return None
        return Refused(account, max(rest, 0), kept > 0 and rest + kept > 0)

    def _ask_for(
        self, slice: Slice, account: Account, amount: int, *, asked: int, now_ns: int
    ) -> Refused | int:
        """The exchange that will tell, or what it told."""
        self._memory[_FLAGS + slice.number] = 1
        if slice.turn < asked:
            return asked
        refused = slice.refusal(account, amount) if asked else None
        if refused is None:
            slice.need(amount, now_ns)
            return self._cells[_TURN] + 1
        return refused

    def _charge(self, charges: Sequence[Taken], now_ns: int) -> None:
        cells, column = self._cells, self._column
        for account, held, spent, _ in charges:
            row = account.row
            if held:
                cells[row + column] += held
                cells[row + HELD] += held
            if spent:
                cells[row + SPENT] += spent
                if account.piece:
                    cells[account.piece] += spent
            number = (row - BODY) // WIDTH
            self._at(number).take(spent, held or spent, now_ns)
            self._memory[_FLAGS + number] = 1

    def _slice(self, account: Account, now_ns: int) -> Slice:
        if now_ns >= account.until_ns or self._cells[account.index] != account.key:
            self._look_up(account, now_ns)
        slice = self._at((account.row - BODY) // WIDTH)
        slice.describe(account)
        return slice

    def _at(self, number: int) -> Slice:
        return Slice(self._cells, _LEASES, number)

    def _made(self, number: int, now_ns: int) -> None:
        self._at(number).begin(now_ns)

    def _is_idle(self, number: int) -> bool:
        return self._memory[_FLAGS + number] == 0
