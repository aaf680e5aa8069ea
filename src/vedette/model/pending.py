"""A call that is over and has still to be looked at, as it waits on disk for whoever goes on.

One directory for each worker, below `PLACE` beside the spill directory. A worker holds a lock on
`LOCK` in it while it lives; of a worker that is no more the core takes over what lies there. Each
call is a file of its own with one msgpack `Pending`, named after its span, which goes away when the
whole record is safe.
"""

import msgspec

from vedette.model.policy import Policy
from vedette.model.span import Span

PLACE = "after"
LOCK = "lock"
SUFFIX = ".call"
STATE = "vedette.guard.afterwards"
"""The attribute that says what came of it: an action, `pending`, `timeout` or `lost`."""


class RuleOrigin(msgspec.Struct, frozen=True):
    """Where a rule of a stack comes from."""

    policy: str
    version: int
    rule: str
    is_exempt: bool = False
    """Whether it allows no exception."""


class Pending(msgspec.Struct, frozen=True):
    """What is known of the call, reduced as it may be kept, and the rules that have still to look.

    The same span is written by the worker or by the core, whichever gets there: stores leave one
    that they know as it is.
    """

    span: Span
    policy: Policy
    """Those of its rules that are for this call; whose they were for does not matter any more."""
    origins: dict[str, RuleOrigin] = {}
