"""Questions that want the same answer get it, and others do not."""

import asyncio
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.support.calls import asks
from vedette.clock import FakeClock
from vedette.gateway import semantic
from vedette.gateway.caching import ResponseCache
from vedette.gateway.exchange import Exchange
from vedette.gateway.semantic import Meanings
from vedette.model.settings import CacheSettings


def sketch(text: str) -> bytes:
    """Counts letters: much too friendly, as vectors of words are."""
    counted = Counter(text.lower())
    return bytes(counted.get(chr(97 + letter), 0) for letter in range(26)) if text else b""


def test_the_closest_question_is_found_where_it_is_close_enough() -> None:
    meanings = Meanings(sketch, 0.9)
    meanings.add(b"place", "How do I boil an egg?", b"egg")
    meanings.add(b"place", "How do I boil rice?", b"rice")
    found = meanings.find(b"place", "How can I boil an egg?")
    assert found is not None
    assert found[0] == b"egg"
    assert 0.9 <= found[1] <= 1.001
    assert meanings.find(b"elsewhere", "How can I boil an egg?") is None
    assert meanings.find(b"place", "How can I boil an eel?") is None
    assert meanings.find(b"place", "") is None
    assert Meanings(sketch, 1.1).find(b"place", "How do I boil an egg?") is None


def test_the_oldest_make_room() -> None:
    meanings = Meanings(sketch, 0.9)
    for number in range(semantic.MOST_IN_PLACE + 1):
        meanings.add(b"place", f"Question {number}", b"%d" % number)
    assert meanings.find(b"place", "question 0") is None
    assert meanings.find(b"place", "question 1") is not None


async def told(cache: ResponseCache, one: Exchange, answer: bytes = b"{}") -> bool:
    """Whether it was answered from the cache; else an answer is kept."""
    tape = await cache.begin(one)
    if isinstance(tape, bool):
        return tape
    tape.head(200, [], b"", streamed=False)
    tape.data(answer)
    tape.end()
    cache.finish(tape, one)
    return False


def test_a_question_that_means_the_same_is_a_hit() -> None:
    cache = ResponseCache(FakeClock(), CacheSettings(enabled=True))
    cache.meanings = Meanings(sketch, 0.9)

    async def attempt(one: Exchange) -> bool:
        return await told(cache, one)

    assert not asyncio.run(attempt(asks("How do I boil an egg?")))
    hit = asks("How can I boil an egg?")
    assert asyncio.run(attempt(hit))
    assert hit.cache == "hit"
    assert hit.cost_nano_usd == 0
    assert (hit.attributes or {})["vedette.cache.similarity"] > "0.9"
    assert not asyncio.run(attempt(asks("How can I boil an eel?")))
    assert not asyncio.run(attempt(asks("How can I boil an egg?", system="Be long.")))


@given(st.sampled_from(["p", "q"]), st.sampled_from(["p", "q"]), st.text(min_size=1, max_size=20))
def test_no_answer_crosses_a_project(owner: str, asker: str, text: str) -> None:
    cache = ResponseCache(FakeClock(), CacheSettings(enabled=True))
    cache.meanings = Meanings(lambda _: b"\x01", 0.5)

    async def attempt() -> bool:
        await told(cache, asks(f"{text} egg", owner))
        return await told(cache, asks(f"please {text} egg", asker))

    assert not asyncio.run(attempt()) or owner == asker
