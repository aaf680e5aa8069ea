"""Questions that want the same answer get it, and others do not."""

import asyncio
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.questions import OTHER
from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.gateway import semantic
from vedette.gateway.caching import ResponseCache
from vedette.gateway.exchange import Exchange
from vedette.gateway.semantic import Meanings, apart, core
from vedette.model.settings import CacheSettings


def sketch(text: str) -> bytes:
    """Counts letters: much too friendly, as vectors of words are."""
    counted = Counter(text.lower())
    return bytes(counted.get(chr(97 + letter), 0) for letter in range(26)) if text else b""


def asks(text: str, project: str = "p", system: str = "Be brief.", **more: Any) -> Exchange:
    one = exchange()
    one.project_id, one.requested_model = project, "m"
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    one.body = json.dumps({"model": "m", "temperature": 0, "messages": messages, **more}).encode()
    return one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I reset my password?", "Hello, how can I reset my password? Thanks!"),
        ("What's the capital of France", "Tell me the capital of France."),
        ("Which languages are spoken here?", "what language is spoken here"),
        ("How does a fridge work?", "Could you explain how fridges work?"),
    ],
    ids=str,
)
def test_the_way_it_is_asked_does_not_matter(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize("pair", OTHER, ids=lambda pair: pair[1][:30])
def test_what_is_asked_does(pair: tuple[str, str]) -> None:
    assert core(pair[0]) != core(pair[1])


@given(st.text(max_size=60))
def test_any_text_has_a_core(text: str) -> None:
    assert core(text) == core(f"please {text.strip()}") or not text.strip()


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


def test_only_the_last_words_of_a_user_are_set_apart() -> None:
    place, text = apart(asks("One?"), b"w") or (b"", "")
    assert text == "One?"
    assert apart(asks("Two?"), b"w") == (place, "Two?")
    for other in (asks("Two?", system="Be long."), asks("Two?", top_p=0.5), asks("x", n=2)):
        found = apart(other, b"w")
        assert found is not None
        assert found[0] != place
    assert (apart(asks("Two?"), b"other") or (b"", ""))[0] != place
    assert apart(asks("x" * 3_000), b"w") is None
    assert apart(asks("x", messages=[{"role": "assistant", "content": "x"}]), b"w") is None


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
