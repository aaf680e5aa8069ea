"""Microseconds of the steps on the gateway's and the core's path, as process CPU time.

`python bench/dialects.py` prints one line a step: best of seven rounds.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from vedette.costs.prices import PriceIndex
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_chat import StreamReader
from vedette.dialects.openai_head import add_include_usage, peek, strip_usage
from vedette.dialects.splice import replace_model
from vedette.ingest.exchange import to_span
from vedette.ingest.redaction import redact_text
from vedette.model.exchange import ExchangeRecord
from vedette.model.usage import Usage

ROUNDS = 7
AT_NS = 1_795_233_600 * 10**9

WORDS = "The quick brown fox jumps over the lazy dog, said: it's fine (see page 12). "
MESSAGES = [{"role": "user", "content": WORDS * 51}]
REQUEST = json.dumps({"messages": MESSAGES, "model": "gpt-4o", "stream": True}).encode()
DELTA = {"index": 0, "delta": {"content": " Hello"}, "logprobs": None, "finish_reason": None}
CHUNK = json.dumps(
    {
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion.chunk",
        "created": 1741569952,
        "model": "gpt-4o-2024-08-06",
        "service_tier": "default",
        "system_fingerprint": "fp_44709d6fcb",
        "choices": [DELTA],
        "usage": None,
        "obfuscation": "aB3",
    },
    separators=(",", ":"),
).encode()
EVENT = b"data: " + CHUNK + b"\n\n"
USAGE = {"prompt_tokens": 1200, "completion_tokens": 9, "total_tokens": 1209}
MESSAGE = {"role": "assistant", "content": WORDS * 8}
CHOICE = {"index": 0, "message": MESSAGE, "finish_reason": "stop"}
ANSWER = json.dumps(
    {"id": "chatcmpl-B9", "model": "gpt-4o-2024-08-06", "choices": [CHOICE], "usage": USAGE}
).encode()


def measure(name: str, step: Callable[[], object], *, calls: int) -> None:
    """Print the CPU time of one call."""
    best = min(_round(step, calls) for _ in range(ROUNDS))
    print(f"{name:<52} {best / calls / 1000:>9.2f} us")


def _round(step: Callable[[], object], calls: int) -> int:
    start = time.process_time_ns()
    for _ in range(calls):
        step()
    return time.process_time_ns() - start


def record(capture: str, *, stream: bool) -> ExchangeRecord:
    body = EVENT * 40 + b"data: [DONE]\n\n" if stream else ANSWER
    return ExchangeRecord(
        trace_id="1" * 32,
        span_id="2" * 16,
        request_id="r",
        start_ns=AT_NS,
        end_ns=AT_NS + 10**9,
        method="POST",
        path="/v1/chat/completions",
        operation="chat",
        dialect="openai_chat",
        status=200,
        capture=capture,
        request_body=REQUEST,
        request_bytes=len(REQUEST),
        response_body=body,
        response_bytes=len(body),
        response_content_type="text/event-stream" if stream else "application/json",
    )


def main() -> None:
    head, frames, stream = peek(REQUEST), SSEReader(), StreamReader()
    (event,) = frames.feed(EVENT)
    size = f"{len(REQUEST) / 1000:.1f} KB"
    measure(f"peek at a request, {size}", lambda: peek(REQUEST), calls=20_000)
    measure(f"replace the model, {size}", lambda: replace_model(REQUEST, "m", current="gpt-4o"),
            calls=20_000)  # fmt: skip
    measure(f"replace the model by a full scan, {size}", lambda: replace_model(REQUEST, "m"),
            calls=5_000)  # fmt: skip
    measure("ask for usage", lambda: add_include_usage(REQUEST, head), calls=20_000)
    measure(f"frame one SSE event, {len(EVENT)} B", lambda: frames.feed(EVENT), calls=100_000)
    burst = EVENT * 40
    measure("frame 40 SSE events in one read", lambda: frames.feed(burst), calls=2_500)
    measure("read one content chunk", lambda: stream.read(CHUNK), calls=50_000)
    measure("strip usage:null from one chunk", lambda: strip_usage(event), calls=50_000)
    measure(f"peek at an answer, {len(ANSWER)} B", lambda: peek_answer(ANSWER), calls=20_000)

    measure("load the prices", PriceIndex.load, calls=5)
    prices = PriceIndex.load()
    usage = Usage(input_uncached=200, cache_read=800, output_text=100)
    price = prices.price("openai", "gpt-4o", AT_NS)
    if price is None:
        raise SystemExit("gpt-4o has no price")
    measure("find a price again", lambda: prices.price("openai", "gpt-4o", AT_NS), calls=100_000)
    measure("cost of a usage", lambda: price.cost_nano_usd(usage), calls=100_000)

    measure("redact 4 KB of text", lambda: redact_text(WORDS * 51), calls=50)
    for capture in ("full", "redacted", "hash", "none"):
        for streamed in (False, True):
            kind = "40 chunks" if streamed else "whole"
            given = record(capture, stream=streamed)
            measure(
                f"exchange to span, {capture}, {kind}", partial(to_span, given, key=b"k"), calls=50
            )


if __name__ == "__main__":
    main()
