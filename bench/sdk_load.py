"""What watching costs a program, measured in the Python that has the candidate installed.

    python sdk_load.py CANDIDATE [SINK_URL]

Stands alone: it imports nothing of ours but the SDK. Calls go through OpenAI's client with a
transport inside the process. Pairs alternate: one call with the methods as they are, one with the
candidate's, and the difference of the CPU time of the calling thread is kept. For the SDK the CPU
time of the whole process is measured as well, in blocks, with everything sent to a sink.
"""

import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

PAIRS = int(os.environ.get("VEDETTE_BENCH_PAIRS", "400"))
CHUNKS = 200
WORDS = "The next train to the sea leaves at noon from the second platform of the old station. "
QUESTION = [
    {"role": "system", "content": "You know trains. " * 6},
    {"role": "user", "content": WORDS * 3},
]
ANSWER = WORDS * 6
Setting = dict[tuple[Any, str], Any]


def httpx() -> Any:
    """The HTTP library of this client."""
    try:
        return importlib.import_module("httpx2")
    except ModuleNotFoundError:
        return importlib.import_module("httpx")


def small() -> bytes:
    message = {"role": "assistant", "content": ANSWER}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return json.dumps(
        {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
         "choices": [choice], "usage": usage}
    ).encode()  # fmt: skip


def stream() -> bytes:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o"}
    deltas: list[tuple[dict[str, Any], Any]] = [({"content": " word"}, None)] * (CHUNKS - 1)
    deltas.append(({}, "stop"))
    chunks = [
        {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": why}]}
        for delta, why in deltas
    ]
    said = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks)
    return f"{said}data: [DONE]\n\n".encode()


def client(body: bytes, kind: str) -> Any:
    http = httpx()

    def answer(_: Any) -> Any:
        return http.Response(200, content=body, headers={"content-type": kind})

    transport = http.MockTransport(answer)
    return importlib.import_module("openai").OpenAI(
        api_key="x", base_url="http://127.0.0.1:1/v1", max_retries=0,
        http_client=http.Client(transport=transport),
    )  # fmt: skip


def call(made: Any) -> None:
    made.chat.completions.create(model="gpt-4o", messages=QUESTION)


def streamed(made: Any) -> None:
    for _ in made.chat.completions.create(model="gpt-4o", messages=QUESTION, stream=True):
        pass


def targets() -> list[tuple[Any, str]]:
    """The methods that candidates replace."""
    completions = importlib.import_module("openai.resources.chat.completions")
    base = importlib.import_module("openai._base_client")
    client = importlib.import_module("openai").OpenAI
    return [
        (completions.Completions, "create"), (client, "request"), (base.SyncAPIClient, "request"),
        (base.SyncAPIClient, "_request"),
    ]  # fmt: skip


def methods() -> Setting:
    return {(owner, n): getattr(owner, n) for owner, n in targets() if hasattr(owner, n)}


def install(setting: Setting) -> None:
    for (owner, name), method in setting.items():
        setattr(owner, name, method)


def null_provider() -> Any:
    """OpenTelemetry's own way to send spans, to nowhere."""
    trace = importlib.import_module("opentelemetry.sdk.trace")
    export = importlib.import_module("opentelemetry.sdk.trace.export")

    class Nowhere(export.SpanExporter):  # type: ignore[misc,name-defined]
        def export(self, spans: Any) -> Any:
            return export.SpanExportResult.SUCCESS

    made = trace.TracerProvider()
    made.add_span_processor(export.BatchSpanProcessor(Nowhere()))
    return made


def vedette(sink: str) -> None:
    importlib.import_module("vedette_sdk").init(
        endpoint=sink, quiet=True, instrument=["openai"], hash_key=b"a key for the bench only",
        max_calls=100_000, max_bytes=2**31, interval_s=float(os.environ.get("EVERY_S", "0.5")),
    )  # fmt: skip


def openllmetry(_: str) -> None:
    os.environ["TRACELOOP_TRACE_CONTENT"] = "false"
    made = importlib.import_module("opentelemetry.instrumentation.openai").OpenAIInstrumentor()
    made.instrument(tracer_provider=null_provider())


def openinference(_: str) -> None:
    config = importlib.import_module("openinference.instrumentation").TraceConfig
    made = importlib.import_module("openinference.instrumentation.openai").OpenAIInstrumentor()
    made.instrument(
        tracer_provider=null_provider(), config=config(hide_inputs=True, hide_outputs=True)
    )


def otel(_: str) -> None:
    name = "opentelemetry.instrumentation.genai.openai"
    made = importlib.import_module(name).OpenAIInstrumentor()
    made.instrument(tracer_provider=null_provider())


def nothing(_: str) -> None:
    """The same against itself: what the method cannot tell apart."""


CANDIDATES: dict[str, Callable[[str], None]] = {
    "nothing": nothing, "vedette": vedette, "otel": otel, "openllmetry": openllmetry,
    "openinference": openinference,
}  # fmt: skip


def pairs(
    work: Callable[[Any], None], made: Any, settings: tuple[Setting, Setting], count: int
) -> list[float]:
    """Differences of CPU time on the calling thread, in microseconds."""
    found = []
    for place in range(count + 20):
        spent = []
        # Who goes first changes from pair to pair: the second finds warmer caches.
        for which in (0, 1) if place % 2 else (1, 0):
            install(settings[which])
            started = time.thread_time_ns()
            work(made)
            spent.append((which, time.thread_time_ns() - started))
        cost = dict(spent)
        if place >= 20:
            found.append((cost[1] - cost[0]) / 1000)
    return found


def whole_process(work: Callable[[Any], None], made: Any, settings: tuple[Setting, Setting],
                  flush: Callable[[], Any]) -> list[float]:  # fmt: skip
    """Differences of the CPU time of all threads per call, in blocks of 100 calls."""
    found = []
    for _ in range(8):
        cost = []
        for which in (0, 1):
            install(settings[which])
            started = time.process_time_ns()
            for _ in range(100):
                work(made)
            flush()
            cost.append((time.process_time_ns() - started) / 100_000)
        found.append(cost[1] - cost[0])
    return found[1:]


def quartiles(values: list[float]) -> list[float]:
    return [round(value, 1) for value in statistics.quantiles(values, n=4)]


def main() -> None:
    name, sink = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    plain = methods()
    CANDIDATES[name](sink)
    settings = plain, methods()
    one = client(small(), "application/json")
    many = client(stream(), "text/event-stream")
    found: dict[str, Any] = {
        "call_us": quartiles(pairs(call, one, settings, PAIRS)),
        "chunk_us": quartiles([
            each / CHUNKS for each in pairs(streamed, many, settings, max(20, PAIRS // 8))
        ]),
    }  # fmt: skip
    if name == "vedette":
        sdk = importlib.import_module("vedette_sdk")
        sdk.flush(60)
        found["all_threads_us"] = quartiles(
            whole_process(call, one, settings, lambda: sdk.flush(60))
        )
        found["faults"] = sdk.status()["faults"] + sdk.status()["dropped"]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
