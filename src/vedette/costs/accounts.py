"""What is counted, what a call takes of it, and what comes of asking."""

from hashlib import blake2b
from typing import NamedTuple

from vedette.costs.windows import Window


class Account:
    """One limit of one scope, and where it stands once that is known."""

    __slots__ = (
        "closed", "index", "key", "limit", "name", "piece", "row", "strict", "until_ns", "window",
    )  # fmt: skip

    def __init__(
        self, name: str, limit: int, window: Window, *, strict: bool = True, closed: bool = False
    ) -> None:
        """`name` is the identity: the same in all processes and over restarts.

        Where not `strict`, a call that asks for more than is left goes through as long as nothing
        is held and something is left: so that all of a budget can be used, and no more than one
        call goes beyond it. `closed`: nothing goes through while what is used cannot be told.
        """
        self.name = name
        self.limit = limit
        self.window = window
        self.strict = strict
        self.closed = closed
        self.key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 1 or 1
        self.index = 0
        self.row = -1
        self.piece = 0
        """The cell of the piece that runs; 0 where the window has no pieces."""
        self.until_ns = 0
        """Until when the row is known to be in the state of now."""


class Charge(NamedTuple):
    """What a call takes from an account."""

    account: Account
    held: int = 0
    """Given back, or replaced by what was used, when the call is over."""
    spent: int = 0
    """Used at once."""
    is_bound: bool = True
    """Whether the limit counts; else it is only counted."""


Taken = tuple[Account, int, int, bool]
"""A `Charge`, or the plain tuple, which is made in a fifth of the time."""


class Refused(NamedTuple):
    """The account that has too little left."""

    account: Account
    left: int
    may_free: bool
    """Whether it would do once the calls under way are over."""
    may_return: bool = False
    """Whether another machine may give back what it does not need."""


class Short(NamedTuple):
    """This machine has too little at hand; how much there is will be known soon."""

    turn: int
    """The exchange with the store that will tell."""


Granted = list[int]
"""What is left in each account of a call; below 0 where a limit was not bound or not strict."""


class Balance(NamedTuple):
    """What a row says."""

    spent: int = 0
    held: int = 0
    made_ns: int = 0
    is_seeded: bool = False
