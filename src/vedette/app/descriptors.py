"""How many files and connections the processes may have open at once."""

import logging
import resource

log = logging.getLogger(__name__)

_OWN = 40
"""What a worker has open without clients: listeners, files of limits, the line to the core."""
_A_CALL = 2
"""The client's connection and the provider's."""
_FEW = 250
"""Calls at once; who has room for more knows why it is not more still."""


def allow_connections(wanted: int) -> None:
    """Raise the soft limit to the hard one, for the children, too; say so where that is too few.

    The soft limit is low for programs that use `select`, which knows no more than 1024.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError) as error:
        # macOS names no bound as the hard one and takes less than that.
        log.debug("the limit of open files stays: %s", error)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return
    room = max(0, soft - _OWN) // _A_CALL
    if room < min(wanted, _FEW):
        log.warning(
            "only %d files may be open (ulimit -n): enough for about %d calls at once in each "
            "worker; connections beyond are cut",
            soft, room,
        )  # fmt: skip
