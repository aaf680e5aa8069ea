"""How often the semantic cache would give a wrong answer.

`python -m bench.meanings` takes pairs of questions (`bench.questions`): of those that want the same
answer, the share that gets it (hits); of those that only look alike, the share that would get the
other one's (false hits). With the cosine alone, and as the gateway does it: with all other words
the same than those of asking. And what one look costs.
"""

import time
from collections.abc import Sequence

from bench.questions import OTHER, SAME
from bench.tools import BenchError
from vedette.drift.semantic import cosine, find_embedder
from vedette.gateway.questions import core, plain
from vedette.gateway.semantic import Meanings, Sketch

THRESHOLDS = (0.80, 0.85, 0.90, 0.95)
Pairs = Sequence[tuple[str, str]]
LOOKS = 2_000


def alike(pairs: Pairs, sketch: Sketch, threshold: float, *, guarded: bool) -> float:
    """The share of the pairs that would be taken for the same."""
    found = 0
    for one, other in pairs:
        texts = (plain(one), plain(other)) if guarded else (one, other)
        closeness = cosine(*map(sketch, texts)) or 0.0
        found += closeness >= threshold and (not guarded or core(one) == core(other))
    return found / len(pairs)


def look_us(sketch: Sketch) -> float:
    """Process CPU of one look among a thousand questions, microseconds."""
    meanings = Meanings(sketch, 0.95)
    for number in range(1_000):
        meanings.add(b"p", f"How do I make dish number {number}?", number.to_bytes(2, "big"))
    start = time.process_time()
    for _ in range(LOOKS):
        meanings.find(b"p", "How do I repair a bicycle with a flat tyre?")
    return (time.process_time() - start) / LOOKS * 1e6


def main() -> int:
    """Print the table."""
    embedder = find_embedder()
    if embedder is None:
        raise BenchError("install the extra: pip install 'vedette[semantic]'")
    sketch = embedder.sketch
    print(f"{len(SAME)} pairs that want the same answer, {len(OTHER)} that do not")
    print("threshold   cosine alone: hits, false hits   guarded: hits, false hits")
    for threshold in THRESHOLDS:
        shares = [
            alike(pairs, sketch, threshold, guarded=guarded)
            for guarded in (False, True)
            for pairs in (SAME, OTHER)
        ]
        print(
            f"{threshold:.2f}        {shares[0]:>12.0%} {shares[1]:>12.0%}"
            f"        {shares[2]:>12.0%} {shares[3]:>12.0%}"
        )
    print(f"a look among 1,000 questions: {look_us(sketch):.0f} us")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
