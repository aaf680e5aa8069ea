"""The counters of limits, where a process can have them; each on its own else."""

import logging

from vedette.costs.counters import Busy, Counters

log = logging.getLogger(__name__)


def open_counters(path: str, now_ns: int = 0) -> Counters:
    """Those that all workers share, with a place for this one."""
    if not path:
        return Counters.private()
    counters = None
    try:
        counters = Counters.at(path, now_ns)
        counters.join()
    except (OSError, Busy) as error:
        log.warning("limits are counted by this worker alone: %s", error)
        if counters is not None:
            counters.close()
        return Counters.private()
    return counters


def sweep(counters: Counters) -> None:
    """Free what workers hold that are gone."""
    try:
        gone = counters.sweep()
    except Busy as error:
        log.warning("%s", error.message)
        return
    if gone:
        log.info("freed what %d dead workers held of limits", gone)
