"""CPU time of the guard: views, each detector, whole policies, on 4 KB of prose and on a chat turn.

`python -m bench guard` prints one line a step: the best of seven rounds, as process CPU time. The
ReDoS part runs patterns that explode in backtracking engines.
"""

import time
from collections.abc import Callable
from functools import partial
from itertools import count

from vedette.app.guard import make_detector, usable_detectors
from vedette.clock import SystemClock
from vedette.guard.canonical import Canonicalizer
from vedette.guard.engine import Guard, Passage
from vedette.guard.policies import bundled
from vedette.model.policy import Policy, Verdict, Where
from vedette.ports.detector import Detection, Detector, Subject, View

ROUNDS = 7
PROSE = (
    "The committee met on Tuesday to discuss the new library. Members asked how the reading room "
    "would be heated in winter, who would pay for longer opening hours, and whether children could "
    "borrow instruments. Ms Okafor said that the budget leaves little room, but that a grant from "
    'the region may help. "We will know more in May," she added. The chair thanked everyone, asked '
    "for written comments before the end of the month, and closed the meeting at half past nine. "
)  # fmt: skip
LONG = (PROSE * 12)[:4096]
SHORT = "Can you explain the difference between TCP and UDP to somebody who runs a small shop?"
DETERMINISTIC = ("pii", "secrets", "invisible", "urls", "length", "keywords", "regex", "topic")
EXPLODING = (r"(a+)+$", r"(a|aa)+$", r"(.*a){25}$", r"^(([a-z])+.)+[A-Z]([a-z])+$")


def cost_us(step: Callable[[], object], calls: int) -> float:
    """CPU microseconds of one call, best of the rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time_ns()
        for _ in range(calls):
            step()
        best = min(best, (time.process_time_ns() - started) / calls / 1e3)
    return best


def say(name: str, microseconds: float) -> None:
    print(f"{name:<58} {microseconds:>9.1f} us")


def look(detector: Detector, text: str, views: tuple[View, ...]) -> Detection:
    """One look at a text as if nobody had looked before."""
    return detector.detect(Subject(text=text, where="input", views=views, shared={}))


def detectors(canonical: Canonicalizer, text: str, size: str) -> None:
    """Each detector alone, on views that are made already."""
    views = canonical.views(text)
    say(f"views, {size}", cost_us(lambda: canonical.views(text), 200))
    total = 0.0
    for name in usable_detectors():
        detector = make_detector(name, {})
        cost = cost_us(partial(look, detector, text, views), 50)
        total += cost if name in DETERMINISTIC else 0.0
        say(f"{name}, {size}", cost)
    say(f"all deterministic detectors together, {size}", total)


_NUMBERS = count()
PLACES: tuple[tuple[Where, str], ...] = (("input", "request"), ("output", "answer"))


def first_look(guard: Guard, text: str, where: Where, policy: Policy) -> Verdict:
    """The verdict on a text that nobody has seen: its number is another one each time."""
    return guard.evaluate([Passage(text=f"{next(_NUMBERS):06d} {text}", where=where)], policy)


def policies(text: str, size: str) -> None:
    """Whole verdicts: views, detectors, rules, remedies."""
    guard = Guard(make_detector, SystemClock())
    for name in bundled().names:
        policy = bundled().get(name)
        for where, place in PLACES:
            look = partial(first_look, guard, text, where, policy)
            say(f"policy {name}, {size} of {place}", cost_us(look, 30))
    again = partial(guard.evaluate, [Passage(text=text)], bundled().get("balanced"))
    say(f"policy balanced, {size} that are known", cost_us(again, 300))
    guard.close()


def exploding() -> None:
    """Patterns of users on the text that hurts them most."""
    canonical = Canonicalizer()
    text = "a" * 4_000 + "!"
    views = canonical.views(text)
    for pattern in EXPLODING:
        detector = make_detector("regex", {"patterns": [pattern]})
        say(f"pattern {pattern} on 4 KB", cost_us(partial(look, detector, text, views), 3))


def main() -> None:
    canonical = Canonicalizer()
    for text, size in ((LONG, "4 KB"), (SHORT, "85 bytes")):
        detectors(canonical, text, size)
        policies(text, size)
    exploding()


if __name__ == "__main__":
    main()
