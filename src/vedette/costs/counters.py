"""How much of each limit is used, counted by all workers of a machine together.

One file, mapped by every worker: rows of 64-bit integers, one for each limit of each scope. What a
call may cost is held in the row before the call is made (`reserve`) and replaced by what it did
cost when it is over (`settle`). All rows of a call change under one lock, so that two workers never
let through together what only one of them may, and a call is held in all of its scopes or in none.

What a worker holds stands in a column of its own. The system drops the mark of a worker that is
gone, however it went; another worker then empties its column (`sweep`). So nothing stays held.

The file outlives a restart. A row that is new says when it was made: what was spent before is added
by the core, from the ledger (`seed`).

The lock is waited for a bounded time only: who does not get it is told so (`Busy`), and the limit
says whether the call then goes on.
"""

import fcntl
import mmap
import os
from array import array
from collections.abc import Iterable, Sequence
from fcntl import flock
from typing import ClassVar, Self

from vedette.costs.accounts import Account, Balance, Granted, Refused, Taken
from vedette.costs.marks import mark_byte
from vedette.costs.windows import RING
from vedette.errors import VedetteError

ROWS = 8192
SLOTS = 62
_MAGIC = 0x5645_4445_5454_0001
HEADER = 64
INDEX = HEADER
BODY = HEADER + ROWS
MARK, SPENT, HELD, MADE, SEEDED, PIECE_NS = range(6)
_PIECES = 8
_COLUMNS = _PIECES + 32
WIDTH = 104
SIZE = (BODY + ROWS * WIDTH) * 8
_USED, _WORKERS, _BORN = 1, 2, 3
"""Places in the header: how many rows, which columns were ever used, when the file was made."""
_SPINS = 80_000
"""A tenth of a second or more: a worker that holds the lock may have to wait for a processor."""
_REST_NS = 3_600 * 1_000_000_000
_FOREVER = 1 << 63
_MONTHS_NS = 62 * 86_400 * 1_000_000_000
_LOCKED, _FREE = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN


class Busy(VedetteError):
    """The counters cannot be used now."""

    code = "limits_unavailable"
    status = 503


class Counters:
    """The mapped file, as one process sees it. Not for several threads at once."""

    file_bytes: ClassVar[int] = SIZE
    magic: ClassVar[int] = _MAGIC

    def __init__(self, memory: mmap.mmap, file: int = -1) -> None:
        """`file` is the open file the memory is mapped from; -1: nobody else knows it."""
        self._memory = memory
        self._cells = memoryview(memory).cast("q")
        self._file = file
        self._column = _COLUMNS if file < 0 else -1
        """Where in a row stands what this process holds."""
        if file < 0:
            self._cells[0] = self.magic

    @classmethod
    def private(cls) -> Self:
        """Counters of this process alone."""
        return cls(mmap.mmap(-1, cls.file_bytes))

    @classmethod
    def at(cls, path: str, now_ns: int = 0) -> Self:
        """Map the file, made now where it is absent. Raises OSError; Busy for a foreign file."""
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            flock(file, fcntl.LOCK_EX)
            size = os.fstat(file).st_size
            if size == 0:
                os.ftruncate(file, cls.file_bytes)
            elif size != cls.file_bytes:
                raise Busy(f"{path!r} is no file of counters of this version.")
            counters = cls(mmap.mmap(file, cls.file_bytes), file)
            if size == 0:
                counters._cells[0] = cls.magic
                counters._cells[_BORN] = now_ns
            if counters._cells[0] != cls.magic:
                raise Busy(f"{path!r} is no file of counters of this version.")
            flock(file, fcntl.LOCK_UN)
        except BaseException:
            os.close(file)
            raise
        return counters

    @property
    def is_shared(self) -> bool:
        return self._file >= 0

    @property
    def born_ns(self) -> int:
        """When the file was made; 0 where nobody said."""
        return self._cells[_BORN]

    def life(self) -> str:
        return ""  # A file is the same as long as it is mapped.

    def join(self) -> None:
        """Take a column, to hold what calls may cost. Raises Busy where all are taken."""
        if self._file < 0:
            return
        for column in range(SLOTS):
            if self._claim(column):
                self._lock()
                try:
                    self._empty(column)
                    self._cells[_WORKERS] |= 1 << column
                finally:
                    self._unlock()
                self._column = _COLUMNS + column
                return
        raise Busy(f"More than {SLOTS} workers share the counters.")

    def close(self) -> None:
        """Let go of the file; what this process holds is free when another one sweeps."""
        if self._file >= 0:
            self._cells.release()
            self._memory.close()
            os.close(self._file)
            self._file = -1

    def reserve(self, charges: Sequence[Taken], now_ns: int) -> Granted | Refused:
        """Take all of it, or nothing and say where too little was left. Raises Busy."""
        cells, file = self._cells, self._file
        # As `_lock` does, without the call.
        try:
            flock(file, _LOCKED)
        except (OSError, ValueError):
            self._lock()
        left: Granted = []
        column = self._column
        try:
            for account, held, spent, is_bound in charges:
                if now_ns >= account.until_ns or cells[account.index] != account.key:
                    self._look_up(account, now_ns)
                row = account.row
                kept = cells[row + HELD]
                rest = account.limit - cells[row + SPENT] - kept
                after = rest - (held or spent)
                if after < 0 and is_bound and (account.strict or kept or rest <= 0):
                    self._give_back(charges[: len(left)])
                    return Refused(account, max(rest, 0), kept > 0 and rest + kept > 0)
                if held:
                    cells[row + column] += held
                    cells[row + HELD] = kept + held
                if spent:
                    cells[row + SPENT] += spent
                    if account.piece:
                        cells[account.piece] += spent
                left.append(after)
            return left
        except BaseException:
            self._give_back(charges[: len(left)])
            raise
        finally:
            if file >= 0:
                flock(file, _FREE)

    def _give_back(self, charges: Iterable[Taken]) -> None:
        """Undo what `reserve` took, under its lock."""
        cells, column = self._cells, self._column
        for account, held, spent, _ in charges:
            row = account.row
            cells[row + column] -= held
            cells[row + HELD] -= held
            cells[row + SPENT] -= spent
            if account.piece:
                cells[account.piece] -= spent

    def settle(self, used: Iterable[tuple[Account, int, int]], now_ns: int) -> None:
        """`(account, held, spent)`: give back what was held and count what was used instead."""
        cells, column, file = self._cells, self._column, self._file
        try:
            flock(file, _LOCKED)
        except (OSError, ValueError):
            self._lock()
        try:
            for account, held, spent in used:
                if now_ns >= account.until_ns or cells[account.index] != account.key:
                    self._look_up(account, now_ns)
                row = account.row
                if spent:
                    cells[row + SPENT] += spent
                    if account.piece:
                        cells[account.piece] += spent
                # Never more than is there: the column may have been emptied meanwhile.
                if held and (mine := cells[row + column]):
                    if held > mine:
                        held = mine
                    cells[row + column] = mine - held
                    cells[row + HELD] -= held
        finally:
            if file >= 0:
                flock(file, _FREE)

    def balance(self, account: Account, now_ns: int) -> Balance:
        """What is used and held; all zero for an account that nobody used yet."""
        self._lock()
        try:
            if self._find(account) < 0:
                return Balance()
            row = self._look_up(account, now_ns)
            spent, held, made, seeded = self._cells[row + SPENT : row + SEEDED + 1]
            return Balance(spent, held, made, bool(seeded))
        finally:
            self._unlock()

    def open(self, account: Account, now_ns: int) -> Balance:
        """The same, but the account gets a row where it has none."""
        self._lock()
        try:
            self._look_up(account, now_ns)
        finally:
            self._unlock()
        return self.balance(account, now_ns)

    def seed(self, account: Account, spent: Iterable[tuple[int, int]], now_ns: int) -> None:
        """Add what was spent before the row was made, as `(when, how much)`; once."""
        self._lock()
        try:
            row = self._look_up(account, now_ns)
            if self._cells[row + SEEDED]:
                return
            self._cells[row + SEEDED] = 1
            window = account.window
            now = window.mark(now_ns)
            for at_ns, amount in spent:
                piece = at_ns // window.piece_ns if window.is_rolling else now
                if now - RING < piece <= now:
                    self._cells[row + SPENT] += amount
                    if window.is_rolling:
                        self._cells[row + _PIECES + piece % RING] += amount
        finally:
            self._unlock()

    def frees_at_ns(self, account: Account, wanted: int, now_ns: int) -> int | None:
        """When so much will be left again, as far as that is known now; None: never."""
        window = account.window
        if not window.is_rolling:
            return window.end_ns(now_ns)
        self._lock()
        try:
            row = self._look_up(account, now_ns)
            missing = wanted - (account.limit - self._cells[row + SPENT])
            newest = self._cells[row + MARK]
            pieces = self._cells[row + _PIECES : row + _PIECES + RING].tolist()
        finally:
            self._unlock()
        for piece in range(newest - RING + 1, newest + 1):
            missing -= pieces[piece % RING]
            if missing <= 0 and pieces[piece % RING]:
                return (piece + RING) * window.piece_ns
        return now_ns + window.length_ns

    def sweep(self) -> int:
        """Empty the columns of workers that are gone; returns how many."""
        if self._file < 0:
            return 0
        gone = 0
        for column in range(SLOTS):
            used = self._cells[_WORKERS] >> column & 1
            if used and _COLUMNS + column != self._column and self._claim(column):
                self._lock()
                try:
                    self._empty(column)
                    self._cells[_WORKERS] &= ~(1 << column)
                finally:
                    self._unlock()
                    mark_byte(self._file, column, fcntl.F_UNLCK)
                gone += 1
        return gone

    def _look_up(self, account: Account, now_ns: int) -> int:
        """The row, in the state of now; made where there is none. Raises Busy."""
        cells = self._cells
        if account.row < 0 or cells[account.index] != account.key:
            if self._find(account) < 0:
                self._make(account, now_ns)
        row, window = account.row, account.window
        mark = window.mark(now_ns)
        # A clock that went back changes nothing: what was used stays used.
        if mark > cells[row + MARK]:
            self._advance(account, row, mark)
        mark = cells[row + MARK]
        piece_ns = window.piece_ns
        account.piece = row + _PIECES + mark % RING if piece_ns else 0
        account.until_ns = (mark + 1) * piece_ns if piece_ns else window.end_ns(now_ns) or _FOREVER
        return row

    def _advance(self, account: Account, row: int, mark: int) -> None:
        cells = self._cells
        if account.window.is_rolling:
            for piece in range(max(cells[row + MARK] + 1, mark - RING + 1), mark + 1):
                cells[row + _PIECES + piece % RING] = 0
            cells[row + SPENT] = sum(cells[row + _PIECES : row + _PIECES + RING])
        else:
            cells[row + SPENT] = 0
        cells[row + MARK] = mark

    def _find(self, account: Account) -> int:
        """The row that bears the account's key; -1 where there is none."""
        key = account.key.to_bytes(8, "little")
        end = (INDEX + self._cells[_USED]) * 8
        at = self._memory.find(key, INDEX * 8, end)
        while at >= 0 and at % 8:
            at = self._memory.find(key, at + 1, end)
        if at < 0:
            account.row = -1
            return -1
        account.index = at // 8
        account.row = BODY + (account.index - INDEX) * WIDTH
        return account.row

    def _make(self, account: Account, now_ns: int) -> None:
        cells = self._cells
        number = cells[_USED]
        if number >= ROWS:
            number = self._oldest(now_ns)
        else:
            cells[_USED] = number + 1
        account.index = INDEX + number
        row = account.row = BODY + number * WIDTH
        cells[row : row + WIDTH] = _EMPTY_ROW
        cells[row + MARK] = account.window.mark(now_ns)
        cells[row + MADE] = now_ns
        cells[row + PIECE_NS] = account.window.piece_ns if account.window.name != "month" else -1
        cells[account.index] = account.key
        self._made(number, now_ns)

    def _made(self, number: int, now_ns: int) -> None:
        """A row was made, or made anew."""

    def _is_idle(self, number: int) -> bool:
        """Whether a row that says nothing any more may be given away."""
        return True

    def _oldest(self, now_ns: int) -> int:
        """A row that says nothing any more: nothing used in its window, nothing held."""
        for number in range(ROWS):
            row = BODY + number * WIDTH
            mark, spent, held, made, _, piece_ns = self._cells[row : row + PIECE_NS + 1]
            if held or made > now_ns - _REST_NS or not self._is_idle(number):
                continue
            if piece_ns > 0 and now_ns // piece_ns - mark > RING:
                return number
            if (piece_ns == 0 and not spent) or (piece_ns < 0 and made < now_ns - _MONTHS_NS):
                return number
        raise Busy(f"All {ROWS} counters are taken.")

    def _empty(self, column: int) -> None:
        cells = self._cells
        for number in range(cells[_USED]):
            row = BODY + number * WIDTH
            if cells[row + _COLUMNS + column]:
                cells[row + _COLUMNS + column] = 0
                cells[row + HELD] = sum(cells[row + _COLUMNS : row + _COLUMNS + SLOTS])

    def _claim(self, column: int) -> bool:
        """Whether nobody holds the column; then this process does."""
        try:
            mark_byte(self._file, column, fcntl.F_WRLCK)
        except OSError:
            return False
        return True

    def _lock(self) -> None:
        if self._file < 0:
            return
        for _ in range(_SPINS):
            try:
                flock(self._file, _LOCKED)
            except OSError:
                os.sched_yield()
            else:
                return
        raise Busy("The counters of limits are held up.")

    def _unlock(self) -> None:
        if self._file >= 0:
            flock(self._file, _FREE)


_EMPTY_ROW = memoryview(array("q", bytes(8 * WIDTH)))
