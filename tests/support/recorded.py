"""A store with recorded calls whose answers change half way."""

import json
import random
from pathlib import Path

from tests.support.drifting import STYLES
from vedette.app.secret import SECRET_BYTES
from vedette.clock import SystemClock
from vedette.model.chat import Message, TextPart
from vedette.model.span import Payload, Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore

SECOND_NS = 10**9
CALLS = 120


def text(role: str, content: str) -> Message:
    return Message(role, (TextPart(content=content),))


def record_calls(folder: Path) -> Path:
    """Fill a store in `folder`: 120 calls a second apart, 15 inputs again and again; the answers
    get short after 60. Returns the configuration that leads to it. The secret is always the same,
    and so are the hashes: how bad a change is can hang on them."""
    clock, chance = SystemClock(), random.Random(1)
    path = folder / "vedette.yaml"
    path.write_text(json.dumps({"storage": {"path": str(folder / "data")}}))
    start_ns = clock.now_ns() - 2 * CALLS * SECOND_NS
    spans = []
    for number in range(CALLS):
        answer = STYLES["long" if number < CALLS // 2 else "short"](chance)
        asked = (text("system", "Answer."), text("user", f"Is {number % 15} a prime number?"))
        begins_ns = start_ns + number * SECOND_NS
        spans.append(
            Span(
                trace_id=f"{number + 1:032x}", span_id=f"{number + 1:016x}", name="chat m",
                kind="llm", start_ns=begins_ns, end_ns=begins_ns + SECOND_NS // 2, status="ok",
                provider="p", model="=m", usage=Usage(output_text=len(answer.split())),
                finish_reason="stop",
                payload=Payload(input=asked, output=(text("assistant", answer),)),
            )
        )  # fmt: skip
    store = SqliteSpanStore(folder / "data", clock)
    secret = folder / "data" / "secret.key"
    secret.write_bytes(bytes(SECRET_BYTES))
    secret.chmod(0o600)
    store.write_batch(spans)
    store.close()
    return path
