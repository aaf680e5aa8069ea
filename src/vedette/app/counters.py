"""The counters of limits, where a process can have them; each on its own else."""

import logging
from pathlib import Path

from vedette.clock import Clock
from vedette.costs.counters import Busy, Counters
from vedette.costs.leased import LeasedCounters
from vedette.costs.lessee import Lessee
from vedette.model.settings import RedisSettings

log = logging.getLogger(__name__)


def open_counters(path: str, now_ns: int = 0, *, leased: bool = False) -> Counters:
    """Those that all workers share, with a place for this one; `leased`: and other machines."""
    kind: type[Counters] = LeasedCounters if leased else Counters
    if not path:
        return kind.private()
    counters = None
    try:
        counters = kind.at(str(leased_file(Path(path))) if leased else path, now_ns)
        counters.join()
    except (OSError, Busy) as error:
        log.warning("limits are counted by this worker alone: %s", error)
        if counters is not None:
            counters.close()
        return kind.private()
    return counters


def leased_file(counters: Path) -> Path:
    """Where the workers of a machine count that shares its limits with others."""
    return counters.with_name(f"{counters.name}.shared")


def open_lessee(
    counters: Counters, redis: RedisSettings | None, path: str, clock: Clock
) -> Lessee | None:
    """This worker's part in sharing limits with other machines. Raises ConfigError and OSError."""
    if redis is None or not isinstance(counters, LeasedCounters):
        return None
    # Only who wants it needs its client.
    from vedette.stores.leases.redis import RedisLeases

    return Lessee(counters, RedisLeases(redis), clock, f"{path}.wake")


def sweep(counters: Counters) -> None:
    """Free what workers hold that are gone."""
    try:
        gone = counters.sweep()
    except Busy as error:
        log.warning("%s", error.message)
        return
    if gone:
        log.info("freed what workers that are gone held of limits (%d)", gone)
