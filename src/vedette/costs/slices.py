"""The slice of one account that a machine has at hand: a row of cells beside its counters."""

from math import exp

from vedette.costs.accounts import Account, Refused
from vedette.costs.counters import BODY, HELD, MARK, SPENT, WIDTH
from vedette.ports.leases import Ask, Told

LEASE_WIDTH = 24
(
    _TOTAL, _SENT, _CEILING, _UNTIL, _BASE, _BASE_MARK, _OTHERS_HELD, _OTHERS_IDLE, _NEED, _LEAST,
    _TURN, _TAKEN, _FLOW, _FLOW_AT, _LIMIT, _KIND, _STRICT, _EPOCH, _BORN, _FREES, _TIGHT, _LAST,
) = range(22)  # fmt: skip
_S = 1_000_000_000
_MS = 1_000_000
_IDLE_NS = 2 * _S
"""After so long without a call everything is given back."""
_RESERVE = 100
"""A hundredth of the limit is kept at hand, so that rare calls need not wait for the store."""
_LARGEST = 4
"""No more than a quarter of the limit is kept at hand."""


class Slice:
    """What the file says of it. Read and changed under the lock of the counters."""

    __slots__ = ("_at", "_cells", "_row", "number")

    def __init__(self, cells: "memoryview[int]", leases: int, number: int) -> None:
        """`leases`: where in the cells the rows of slices begin."""
        self.number = number
        self._cells = cells
        self._at = leases + number * LEASE_WIDTH
        self._row = BODY + number * WIDTH

    def begin(self, now_ns: int) -> None:
        """The row has a new account, of which nothing is known."""
        at = self._at
        for cell in range(at, at + LEASE_WIDTH):
            self._cells[cell] = 0
        self._cells[at + _EPOCH] = now_ns

    def describe(self, account: Account) -> None:
        """Whoever speaks with the store has to know what the account is."""
        cells, at = self._cells, self._at
        if cells[at + _LIMIT] != account.limit or not cells[at + _LAST]:
            window = account.window
            cells[at + _LIMIT] = account.limit
            cells[at + _KIND] = -1 if window.name == "month" else window.piece_ns
            cells[at + _STRICT] = account.strict

    @property
    def turn(self) -> int:
        """The exchange that told of it last."""
        return self._cells[self._at + _TURN]

    def fits(self, amount: int, now_ns: int) -> bool:
        """Whether it is enough for a call."""
        cells, at = self._cells, self._at
        used = cells[at + _TOTAL] + cells[self._row + HELD]
        return now_ns < cells[at + _UNTIL] and used + amount <= cells[at + _CEILING]

    def rest(self) -> int:
        """What is left of the limit, as far as this machine knows."""
        cells, at, row = self._cells, self._at, self._row
        known = cells[at + _BASE] + cells[at + _TOTAL] if cells[at + _TURN] else cells[row + SPENT]
        return cells[at + _LIMIT] - known - cells[row + HELD]

    def rest_alone(self) -> int:
        """What is left where nobody else can be asked."""
        cells, at, row = self._cells, self._at, self._row
        spent = cells[row + SPENT]
        if cells[at + _TURN] and cells[at + _BASE_MARK] == cells[row + MARK]:
            spent = max(spent, cells[at + _BASE] + cells[at + _TOTAL])
        return cells[at + _LIMIT] - spent - cells[row + HELD]

    def refusal(self, account: Account, amount: int) -> Refused | None:
        """Why the store did not give enough; None where it would now."""
        cells, at = self._cells, self._at
        held = cells[self._row + HELD] + cells[at + _OTHERS_HELD]
        idle = cells[at + _OTHERS_IDLE]
        rest = self.rest() - cells[at + _OTHERS_HELD]
        if rest - idle >= amount or (not account.strict and rest > 0 and held == idle == 0):
            return None
        may_return = idle > 0 and (rest >= amount or not account.strict)
        return Refused(account, max(rest, 0), held > 0 and rest + held > 0, may_return)

    def need(self, amount: int, now_ns: int) -> None:
        """A call waits for more."""
        cells, at = self._cells, self._at
        cells[at + _LAST] = now_ns
        least = cells[at + _LEAST]
        cells[at + _NEED] += amount
        cells[at + _LEAST] = min(least, amount) if least else amount

    def take(self, spent: int, amount: int, now_ns: int) -> None:
        """A call goes on: it spends at once, or will."""
        cells, at = self._cells, self._at
        cells[at + _TOTAL] += spent
        cells[at + _TAKEN] += amount
        cells[at + _LAST] = now_ns

    def spend(self, spent: int) -> None:
        self._cells[self._at + _TOTAL] += spent

    def frees_at_ns(self) -> int:
        """When the store said there would be room; 0: it did not."""
        return self._cells[self._at + _FREES]

    def ask(self, key: int, now_ns: int, leaves: bool) -> Ask:
        """What to tell the store; the ceiling is lowered to what is asked for."""
        cells, at, row = self._cells, self._at, self._row
        held, total = cells[row + HELD], cells[at + _TOTAL]
        must = held + cells[at + _NEED]
        reserve = self._reserve(now_ns)
        want = must if leaves else must + reserve
        least = cells[at + _LEAST]
        cells[at + _NEED] = cells[at + _LEAST] = 0
        cells[at + _CEILING] = min(cells[at + _CEILING], total + want)
        return Ask(
            key, cells[at + _LIMIT], cells[at + _KIND], cells[row + MARK],
            bool(cells[at + _STRICT]), total, cells[at + _SENT], cells[at + _EPOCH],
            cells[at + _BORN], cells[row + SPENT], held, must, want, least,
        )  # fmt: skip

    def agree(self, ask: Ask, told: Told, *, asked_ns: int, until_ns: int, turn: int) -> bool:
        """Take over what the store said; whether there is nothing more to say to it."""
        cells, at = self._cells, self._at
        cells[at + _SENT] = ask.total
        cells[at + _CEILING] = ask.total + told.slice
        cells[at + _UNTIL] = until_ns
        cells[at + _BASE] = told.spent - ask.total
        cells[at + _BASE_MARK] = ask.mark
        cells[at + _OTHERS_HELD] = told.others_held
        cells[at + _OTHERS_IDLE] = told.others_idle
        cells[at + _FREES] = asked_ns + told.frees_in_ms * _MS if told.frees_in_ms >= 0 else 0
        cells[at + _TIGHT] = told.is_tight
        cells[at + _BORN] = told.born_ms
        cells[at + _TURN] = turn
        is_idle = told.slice == 0 and cells[at + _TOTAL] == ask.total and not cells[at + _NEED]
        return is_idle

    def _reserve(self, now_ns: int) -> int:
        """How much to keep at hand beside what is needed now: as much as a second takes."""
        cells, at = self._cells, self._at
        passed_s = max(now_ns - cells[at + _FLOW_AT], 0) / _S
        flow = int(cells[at + _FLOW] * exp(-min(passed_s, 60.0))) + cells[at + _TAKEN]
        cells[at + _FLOW], cells[at + _FLOW_AT], cells[at + _TAKEN] = flow, now_ns, 0
        if cells[at + _TIGHT] or now_ns - cells[at + _LAST] > _IDLE_NS:
            return 0
        limit = cells[at + _LIMIT]
        return max(limit // _RESERVE, min(flow, limit // _LARGEST))
