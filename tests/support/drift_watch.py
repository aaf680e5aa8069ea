"""Spans of calls in two styles, and a watch on them in memory."""

from collections.abc import Iterable

from tests.support.drifting import HASHER, STYLES
from tests.support.span_stores import S
from tests.support.span_stores import span as make_span
from vedette.app.drift_desk import Looks
from vedette.app.drifting import Drifting
from vedette.clock import Clock
from vedette.model.alert import Event
from vedette.model.chat import Message, TextPart
from vedette.model.settings import DriftSettings
from vedette.model.span import Payload, Span
from vedette.ports.stores import Records, SpanStore


def spans(
    count: int, style: str = "long", *, seed: int = 1, first: int = 1, now_ns: int, model: str = "m"
) -> list[Span]:
    """Calls one second apart that end now."""
    import random

    chance = random.Random(seed)
    found = []
    for index in range(count):
        start_ns = now_ns - (count - index) * S
        text = f"Is {chance.randint(1_000, 10**9)} a prime number? Think and answer."
        payload = Payload(
            input=(Message("user", (TextPart(content=text),)),),
            output=(Message("assistant", (TextPart(content=STYLES[style](chance)),)),),
        )
        found.append(make_span(
            first + index, None, start_ns=start_ns, end_ns=start_ns + S // 2, model=model,
            provider="p", capture="full", payload=payload, finish_reason="stop",
        ))  # fmt: skip
    return found


class Watching:
    """A watch that runs; `events` is what it told."""

    def __init__(self, records: Records, clock: Clock, **settings: object) -> None:
        self.events: list[Event] = []
        self.drifting = Drifting(
            records, HASHER, DriftSettings(**{"baseline_calls": 40, **settings}), clock,  # type: ignore[arg-type]
            projects=tuple, report=self.events.append,
        )  # fmt: skip

    def see(self, found: Iterable[Span]) -> None:
        self.drifting.note(list(found))

    def looks(self, store: SpanStore) -> Looks:
        return Looks(self.drifting, store, HASHER)
