"""The prompts themselves."""

import random
from collections.abc import Sequence

import pytest

from tests.support.drifting import HASHER
from vedette.drift.prompts import PromptWatch
from vedette.features.fingerprint import PromptFeatures, read_prompt

USUAL = "how can i tell me about the a of with my is what when you".split()
LAW = "tax court judge fine contract lawyer trial jury appeal claim duty police crime bail".split()
FOOD = (
    "soup bread oven salt butter onion flour garlic basil cheese dough pepper sauce lemon".split()
)


def ask(chance: random.Random, topic: Sequence[str], words: int = 12) -> PromptFeatures:
    said = (chance.choice(topic if chance.random() < 0.4 else USUAL) for _ in range(words))
    return read_prompt(" ".join(said), HASHER)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(1)


@pytest.fixture
def watch(chance: random.Random) -> PromptWatch:
    """A watch that has learned forty questions of law."""
    watch = PromptWatch()
    known = [ask(chance, LAW) for _ in range(40)]
    for prompt in known:
        watch.learn(prompt)
    for prompt in known:
        watch.take(prompt, is_member=True)
    return watch


def highest(watch: PromptWatch, prompts: Sequence[PromptFeatures]) -> float:
    best = 0.0
    for prompt in prompts:
        watch.take(prompt, is_member=False)
        best = max(best, watch.value)
    return best


def test_other_words_are_seen_within_five_prompts(
    watch: PromptWatch, chance: random.Random
) -> None:
    assert watch.value == 0
    assert highest(watch, [ask(chance, FOOD) for _ in range(5)]) > 1_000


def test_longer_prompts_are_seen(watch: PromptWatch, chance: random.Random) -> None:
    assert highest(watch, [ask(chance, LAW, words=90) for _ in range(8)]) > 1_000


def test_prompts_as_before_are_not(watch: PromptWatch, chance: random.Random) -> None:
    assert highest(watch, [ask(chance, LAW) for _ in range(150)]) < 1_000


def test_empty_prompts_do_no_harm(watch: PromptWatch) -> None:
    watch.take(PromptFeatures(), is_member=False)
    assert watch.value >= 0
