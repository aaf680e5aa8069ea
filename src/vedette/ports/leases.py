"""What machines share of limits: each holds a slice of what is left, and spends it by itself.

Implementations: `stores/leases/`. They raise `LeasesAway` where the store does not answer in time.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from vedette.errors import VedetteError


class LeasesAway(VedetteError):
    """The store of leases cannot be reached."""

    code = "limits_unavailable"
    status = 503


class Ask(NamedTuple):
    """What a machine says of an account, and what it wants of it."""

    key: int
    """Which account: the hash of its name."""
    limit: int
    piece_ns: int
    """Of a rolling window; 0: it never ends, -1: a month."""
    mark: int
    """The number of the month."""
    strict: bool
    total: int
    """All that this machine ever used of it since `epoch`."""
    sent: int
    """How much of that the store has confirmed."""
    epoch: int
    born_ms: int
    """When the store began to count, as it said last; 0: it never said."""
    in_window: int
    """What this machine used in the window that runs: for a store that has lost everything."""
    held: int
    """By calls under way: it cannot be given back."""
    must: int
    """What is held and what calls that wait need."""
    want: int
    """The slice it would like; at least `must`."""
    least: int
    """The smallest call that waits; 0: none."""


class Told(NamedTuple):
    """What the store says."""

    slice: int
    """What the machine may hold and spend beside `Ask.total`, for as long as its lease runs."""
    spent: int
    """By all machines in the window, `Ask.total` included."""
    others_held: int
    others_idle: int
    """What other machines have at hand and do not hold."""
    frees_in_ms: int
    """When the smallest call that waits will fit, for a rolling window; -1: not known."""
    is_tight: bool
    """Whether somebody lately wanted more than there was: slices are then kept small."""
    born_ms: int


class Standing(NamedTuple):
    """An account, for those who only look."""

    spent: int = 0
    held: int = 0
    born_ms: int = 0
    """0: it is not there yet."""
    is_seeded: bool = False
    frees_in_ms: int = -1
    """When all of it will be free, for a rolling window; -1: not known."""


class Leases(Protocol):
    """The gateways' side."""

    async def exchange(self, machine: str, asks: Sequence[Ask], *, ttl_s: float) -> list[Told]:
        """Report what was used and take new slices, all accounts in one atomic step.

        May be repeated when it is not known whether it was done: nothing counts twice. A slice
        that is not renewed within `ttl_s` is free again.
        """
        ...

    async def close(self) -> None: ...


class LeaseView(Protocol):
    """The core's side; may block, and may be used by several threads."""

    def life(self) -> str:
        """Another text when the store has lost everything since the last time."""
        ...

    def standing(self, key: int, piece_ns: int, mark: int) -> Standing: ...

    def seed(self, key: int, piece_ns: int, mark: int, spent: Iterable[tuple[int, int]]) -> None:
        """Add what was spent before the account was there, as (when, how much), oldest first;
        once, and without what machines have told of that time already or tell later."""
        ...

    def close(self) -> None: ...
