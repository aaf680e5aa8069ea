"""Fingerprints of a long file, worked out in other processes while the calls are watched.

Reading a call and watching it cost about the same, so with a second core the file takes half the
time. Only a few batches are under way at once, whatever the size of the file.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from vedette.drift.backtest import observe, read_rows
from vedette.features.hashing import TextHasher
from vedette.model.drift import Observation

BATCH = 500
_SHORT = 4 * BATCH
"""Files of fewer lines are read at once: starting a process takes longer."""


def observations(lines: Iterable[bytes], key: bytes, *, workers: int) -> Iterator[Observation]:
    """The calls of a JSON Lines file in order; raises BadRequest with the line as `read_rows`."""
    rest = iter(lines)
    first = list(islice(rest, _SHORT))
    pool = _open_pool(workers) if len(first) == _SHORT else None
    if pool is None:
        hasher = TextHasher(key)
        yield from (observe(row, hasher) for row in read_rows(chain(first, rest)))
        return
    with pool:
        yield from _read_ahead(pool, chain(first, rest), key, 2 * workers)


def _open_pool(workers: int) -> ProcessPoolExecutor | None:
    """None where this machine has no second core or no semaphores to share."""
    if workers < 1:
        return None
    try:
        return ProcessPoolExecutor(workers)
    except (OSError, ImportError, NotImplementedError):
        return None


def _read_ahead(
    pool: ProcessPoolExecutor, source: Iterator[bytes], key: bytes, most: int
) -> Iterator[Observation]:
    waiting: deque[Future[list[Observation]]] = deque()
    start = 1
    try:
        while batch := list(islice(source, BATCH)):
            waiting.append(pool.submit(_read, batch, start, key))
            start += len(batch)
            if len(waiting) > most:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _read(lines: list[bytes], start: int, key: bytes) -> list[Observation]:
    hasher = TextHasher(key)
    return [observe(row, hasher) for row in read_rows(lines, start=start)]
