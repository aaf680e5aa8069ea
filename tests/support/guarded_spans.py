"""Spans of calls that a guard looked at."""

from typing import Any

import msgspec

from tests.support.span_stores import NOW, S, span
from vedette.model.chat import Message, TextPart
from vedette.model.governance import HITS, Hit
from vedette.model.span import Payload, Span

TEXT = "Mail ada@lovelace.org about it."
MAIL = "ada@lovelace.org"


def hit(text: str = TEXT, **changes: Any) -> Hit:
    """A mail address that was seen in `text`."""
    fields: dict[str, Any] = {
        "detector": "pii", "kind": "email", "score": 0.9, "where": "input", "side": "request",
        "place": 0, "start": text.find(MAIL), "end": text.find(MAIL) + len(MAIL), "policy": "bot",
        "version": 2, "rule": "personal", "action": "flag", "mode": "enforce", **changes,
    }  # fmt: skip
    return Hit(**fields)


def guarded(
    number: int, *hits: Hit, action: str = "flag", text: str = TEXT, said: Any = None,
    latency: str = "1.500", **fields: Any,
) -> Span:  # fmt: skip
    """A guarded call `number` seconds before NOW."""
    attributes: dict[str, Any] = {
        "vedette.guard.action": action, "vedette.guard.policy": "bot",
        "vedette.guard.latency_ms": latency, "vedette.key_id": "k1",
    }  # fmt: skip
    if hits:
        attributes[HITS] = msgspec.json.encode(list(hits)).decode()
        attributes["vedette.guard.findings"] = ", ".join(f"{h.detector}:{h.kind} x1" for h in hits)
    told = {
        "model": "m1", "route": "r1", "cost_nano_usd": 2_000, "kind": "llm", "capture": "full",
        "start_ns": NOW - number * S,
        "payload": Payload(
            input=(Message("user", (TextPart(content=text),)),),
            output=(Message("assistant", (TextPart(content="Fine."),)),),
            attributes=attributes | (said or {}),
        ),
    }  # fmt: skip
    return span(number, None, **(told | fields))
