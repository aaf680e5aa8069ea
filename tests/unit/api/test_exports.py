"""Running exports: one thread each, few at once, let go in the end."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from vedette.api.exports import MAX_EXPORTS, Exports, TooManyExports
from vedette.errors import StoreError


class Source:
    """Counts up, remembers in which threads it ran and whether it was closed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.threads: set[int] = set()
        self.closed = threading.Event()

    def __call__(self) -> Iterator[bytes]:
        try:
            for number in range(self.count):
                self.threads.add(threading.get_ident())
                yield str(number).encode()
        finally:
            self.threads.add(threading.get_ident())
            self.closed.set()


async def test_pieces_come_in_order_from_one_thread() -> None:
    source = Source(5)
    export = await Exports().open(source)
    assert [piece async for piece in export] == [b"0", b"1", b"2", b"3", b"4"]
    await export.aclose()
    assert len(source.threads) == 1
    assert threading.get_ident() not in source.threads


async def test_an_export_that_is_left_lets_the_store_go() -> None:
    source = Source(1_000)
    export = await Exports().open(source)
    assert await anext(export) == b"0"
    await export.aclose()
    await export.aclose()
    assert await asyncio.to_thread(source.closed.wait, 10)
    assert len(source.threads) == 1


async def test_only_few_run_at_once() -> None:
    exports = Exports()
    running = [await exports.open(Source(3)) for _ in range(MAX_EXPORTS)]
    with pytest.raises(TooManyExports):
        await exports.open(Source(3))
    await running[0].aclose()
    replaced = await exports.open(Source(3))
    for export in (*running, replaced):
        await export.aclose()


async def test_a_refusal_of_the_store_comes_before_the_answer() -> None:
    exports = Exports()

    def refuse() -> Iterator[bytes]:
        raise StoreError("Not today.")

    for _ in range(MAX_EXPORTS + 1):
        with pytest.raises(StoreError):
            await exports.open(refuse)
