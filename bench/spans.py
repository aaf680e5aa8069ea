"""Synthetic spans for the store bench, the same for the same seed.

Shaped like the data the targets were set on: 7 spans a trace (1 to 31), kinds as agents make
them, a Zipf vocabulary of 30,000 invented words, 60 system prompts that come again and again,
5,000 Zipf users, 12 models of which the last is rare, 30 days in order of time, 2.3 kB a span.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from vedette.model.chat import Message, TextPart, ToolCallPart
from vedette.model.span import Kind, Payload, Span, ToolCall
from vedette.model.usage import Usage

DAYS = 30
DAY_NS = 86_400 * 10**9
RARE_MODEL = "model-11"
KINDS: tuple[tuple[Kind, int], ...] = (
    ("llm", 41), ("tool", 21), ("chain", 13), ("guard", 8), ("retriever", 8), ("agent", 6),
    ("embedding", 3),
)  # fmt: skip
_MODEL_WEIGHTS = list(accumulate([30, 20, 15, 10, 8, 6, 4, 3, 2, 1, 0.9, 0.02]))


class Spans:
    """A stream of `count` spans that ends at `end_ns`."""

    def __init__(self, count: int, *, end_ns: int, seed: int = 7) -> None:
        self._count = count
        self._end_ns = end_ns
        self._seed = seed
        self._random = random.Random(seed)
        pick = self._random
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self._words = [
            "".join(pick.choices(letters, range(26, 0, -1), k=pick.randint(4, 13)))
            for _ in range(30_000)
        ]
        self._word_weights = list(accumulate(1 / (rank + 3) for rank in range(30_000)))
        self._user_weights = list(accumulate(1 / (rank + 1) for rank in range(5_000)))
        self._prompts = [self._text(120) for _ in range(60)]
        self.phrase = f"{self._words[300]} {self._words[400]}"
        """Two words of middling frequency: a phrase that is there a few times."""
        self.common = self._words[2]

    def _text(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._word_weights, k=count))

    def __iter__(self) -> Iterator[Span]:
        self._random.seed(self._seed)
        made = 0
        while made < self._count:
            share = made / self._count
            start_ns = self._end_ns - round((1 - share) * DAYS * DAY_NS)
            size = min(1 + int(self._random.expovariate(1 / 6)), 31, self._count - made)
            yield from self._trace(start_ns, size)
            made += size

    def _trace(self, start_ns: int, size: int) -> Iterator[Span]:
        pick = self._random
        trace_id = f"{pick.getrandbits(128):032x}"
        user = f"user-{bisect(self._user_weights, pick.random() * self._user_weights[-1])}"
        session = f"session-{pick.getrandbits(48):012x}"
        root = ""
        for number in range(size):
            kind: Kind = pick.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
            at_ns = start_ns + number * 150_000_000 + pick.randrange(10**8)
            span = self._span(kind, trace_id, root, at_ns, (session, user))
            root = root or span.span_id
            yield span

    def _span(
        self, kind: Kind, trace_id: str, parent: str, at_ns: int, who: tuple[str, str]
    ) -> Span:
        pick = self._random
        is_call = kind in ("llm", "embedding")
        model = bisect(_MODEL_WEIGHTS, pick.random() * _MODEL_WEIGHTS[-1]) if is_call else 0
        tool = ToolCall(f"tool_{model}", {"query": self._text(4)}, f"call_{pick.getrandbits(40):x}")
        took_ns = round(pick.lognormvariate(6.5, 0.9) * 1e6)
        return Span(
            trace_id=trace_id,
            span_id=f"{pick.getrandbits(64):016x}",
            parent_span_id=parent,
            name=f"{kind} model-{model:02d}" if is_call else f"{kind}_{pick.randrange(20)}",
            kind=kind,
            start_ns=at_ns,
            end_ns=at_ns + took_ns,
            status="error" if pick.random() < 0.02 else "ok",
            provider=f"provider-{model % 4}" if is_call else "",
            model=f"model-{model:02d}" if is_call else "",
            response_model=f"model-{model:02d}-2026-01-01" if is_call else "",
            usage=Usage(pick.randrange(3000), output_text=pick.randrange(800))
            if is_call
            else Usage(),
            cost_nano_usd=pick.randrange(20_000_000) if is_call else None,
            cost_source="priced" if is_call else "",
            price_version="2026-01-01" if is_call else "",
            ttft_ms=took_ns / 4e6 if kind == "llm" else None,
            session_id=who[0],
            user_id=who[1],
            tags=("prod", f"team-{model % 7}") if is_call else ("prod",),
            finish_reason="stop" if kind == "llm" else "",
            tool_calls=(tool,) if kind == "llm" and pick.random() < 0.2 else (),
            payload=self._payload(kind, tool),
        )

    def _payload(self, kind: Kind, tool: ToolCall) -> Payload:
        pick = self._random
        attributes = {f"app.{key}": self._text(2) for key in range(pick.randint(2, 7))}
        if kind != "llm":
            return Payload(
                input=self._text(pick.randint(20, 90)),
                output=self._text(pick.randint(40, 180)),
                attributes=attributes,
            )
        return Payload(
            input=(
                Message("system", (TextPart(content=pick.choice(self._prompts)),)),
                Message("user", (TextPart(content=self._text(pick.randint(20, 120))),)),
                Message("assistant", (ToolCallPart(name=tool.name, id=tool.id),)),
            ),
            output=(
                Message(
                    "assistant",
                    (TextPart(content=self._text(pick.randint(20, 160))),),
                    finish_reason="stop",
                ),
            ),
            attributes=attributes,
        )
