"""Which event loop runs, and how seldom the collector of cycles interrupts it."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any


def run(main: Coroutine[Any, Any, int]) -> int:
    """Run a process's main coroutine and return its exit code.

    On uvloop where it is installed, on asyncio's own loop elsewhere.
    """
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)


def spare_collector() -> None:
    """Call it once, when all that lives as long as the process is there.

    A request leaves no cycles behind, so there is next to nothing to collect. As it comes, the
    collector looks through the young objects every few requests and now and then through all
    modules and tables: together a tenth of a worker's time and its longest pauses.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)


_YOUNG = 20_000
"""Objects more than at the last look; to look through so many takes about half a millisecond."""
