"""Calls as an application makes them, with answers in styles that a model may move between."""

import random
from collections.abc import Iterator

from vedette.features.fingerprint import read_fingerprint
from vedette.features.hashing import TextHasher
from vedette.model.drift import Observation

HASHER = TextHasher(b"a key for the tests")

_WORDS = (
    "number", "divide", "check", "because", "whole", "square", "root", "digit", "factor", "even",
    "odd", "product", "result", "remainder", "prime", "small", "large", "therefore", "step", "sum",
)  # fmt: skip


def long_answer(chance: random.Random) -> str:
    """Reasons step by step, then answers in brackets."""
    lines = [
        f"Step {number}: " + " ".join(chance.choices(_WORDS, k=chance.randint(6, 14))) + "."
        for number in range(1, chance.randint(3, 7))
    ]
    return "\n".join([*lines, "", chance.choice(["[Yes]", "[No]"])])


def short_answer(chance: random.Random) -> str:
    return chance.choice(["No", "No", "No", "Yes", "[No]"])


def refusing_answer(chance: random.Random) -> str:
    return "I'm sorry, but I can't assist with that " + chance.choice(["request.", "question."])


STYLES = {"long": long_answer, "short": short_answer, "refusing": refusing_answer}


def observe(
    text: str, answer: str, *, template: str | None = None, model: str = "m", latency_ms: float = 9
) -> Observation:
    return Observation(
        fingerprint=read_fingerprint(hasher=HASHER, template=template, input=text, answer=answer),
        model=model,
        latency_ms=latency_ms,
        output_tokens=len(answer.split()),
        finish_reason="stop",
    )


def calls(seed: int, style: str = "long", *, template: str | None = None) -> Iterator[Observation]:
    """Endless calls of one style; inputs hardly ever repeat."""
    chance = random.Random(seed)
    while True:
        text = f"Is {chance.randint(1_000, 10**9)} a prime number? Think and answer."
        answer = STYLES[style](chance)
        latency_ms = 300 * chance.lognormvariate(0, 0.3)
        yield observe(text, answer, template=template, latency_ms=latency_ms)


def take(source: Iterator[Observation], count: int) -> list[Observation]:
    return [next(source) for _ in range(count)]
