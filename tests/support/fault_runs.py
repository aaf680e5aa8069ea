"""Plays every fault through a gateway and tells what came of it.

    python -m tests.support.fault_runs        # all of them, as the tables of docs/faults.md

A run is judged by what the official OpenAI client saw, by the span, and by the requests that
reached the providers.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import openai

from tests.support.answers import Script, polite
from tests.support.fault_wires import SAID, WIRES, Wire
from tests.support.faults import OTHERS, PAIRS, Fault, faults
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.providers import answering, settings_of
from tests.support.talks_openai import ChatTalk
from tests.support.told import MODEL, Told
from tests.support.upstream import Received, Upstream, closed_port
from vedette.model.settings import ProviderSettings, Timeouts
from vedette.model.span import Span

QUICK = Timeouts(connect_s=1.5, first_byte_s=1, first_token_s=1.5, idle_s=1, total_s=15)
AT_ONCE = 12
"""Faults played at the same time: most of them only wait."""


class Run(msgspec.Struct, frozen=True):
    """What came of one fault."""

    fault: Fault
    pair: str
    stream: bool
    sees: str
    detail: str
    """What the client was told, in short."""
    attempts: tuple[str, ...]
    seconds: float
    billed_probes: int
    lies: str
    """Where a truncated answer passed for a whole one: how; else empty."""

    @property
    def label(self) -> str:
        mode = "streamed" if self.stream else "whole"
        return f"{self.fault.name} ({self.pair}, {mode})"

    @property
    def wrong(self) -> str:
        """How it differs from what is expected; empty where it does not."""
        sees, attempts = self.fault.expected(self.pair)
        told = []
        if self.sees != sees:
            told.append(f"the client sees {self.sees} ({self.detail}), not {sees}")
        if not _match(attempts, self.attempts):
            told.append(f"attempts {self.attempts}, not {attempts}")
        if not self.fault.at_least_s <= self.seconds <= self.fault.within_s:
            told.append(f"took {self.seconds:.2f} s")
        if self.billed_probes:
            told.append(f"{self.billed_probes} billed probes")
        return "; ".join([*told, self.lies] if self.lies else told)


def _match(expected: Sequence[str], found: Sequence[str]) -> bool:
    return len(expected) == len(found) and all(
        one in words.split("|") for words, one in zip(expected, found, strict=True)
    )


def _failing(dialect: str, play: Callable[[], Sequence[Script]], upstream: Upstream) -> None:
    """The scripts, one for each call; model lists and what comes later are answered politely."""
    left: list[Script] | None = None
    well = answering(dialect, SAID)

    def respond(request: Received) -> Script:
        nonlocal left
        if request.method != "POST":
            return polite(request.method, request.path, request.body)
        if left is None:
            # Not before: some name a time soon after the call.
            left = list(play())
        return left.pop(0) if left else well(request)

    upstream.respond = respond


def _first(fault: Fault, dialect: str, upstream: Upstream) -> ProviderSettings:
    """How the gateway knows the first target."""
    settings = settings_of(dialect, upstream, timeouts=QUICK)
    urls = {
        "refused": f"http://127.0.0.1:{closed_port()}/v1",
        "all refused": f"http://127.0.0.1:{closed_port()}/v1",
        "dns": "http://no-such-host.invalid/v1",
        "tls": settings.base_url.replace("http://", "https://"),
    }
    return msgspec.structs.replace(settings, base_url=urls.get(fault.place, settings.base_url))


async def play(fault: Fault, pair: str, *, stream: bool) -> Run:
    """One fault, on a gateway and two providers of its own."""
    one, other = (PAIRS | OTHERS)[pair]
    wire, well = WIRES[one], WIRES[other]
    targets = [("a", "m1")] if fault.one_target else [("a", "m1"), ("b", "m2")]
    changes: dict[str, Any] = {"on_break": fault.on_break, "retries": 2}
    with tempfile.TemporaryDirectory(prefix="v") as folder:
        async with Upstream() as first, Upstream() as second:
            _failing(one, partial(fault.play, wire), first)
            _failing(other, partial(fault.second, well), second)
            providers = [_first(fault, one, first), _second(fault, well, second)]
            async with running_gateway(
                Path(folder), *providers, routes=[route(MODEL, *targets, **changes)]
            ) as gateway:
                return await _judged(fault, pair, gateway, [first, second], stream=stream)


def _second(fault: Fault, wire: Wire, upstream: Upstream) -> ProviderSettings:
    if fault.place == "all refused":
        url = f"http://127.0.0.1:{closed_port()}/v1"
        return provider("b", url, timeouts=QUICK, api_key="k")
    return settings_of(wire.dialect, upstream, name="b", timeouts=QUICK)


async def _judged(
    fault: Fault, pair: str, gateway: RunningGateway, upstreams: Sequence[Upstream], *, stream: bool
) -> Run:
    started = time.monotonic()
    told, error = await _asked(gateway, stream=stream)
    seconds = time.monotonic() - started
    span = await gateway.span()
    posts = sum(request.method == "POST" for one in upstreams for request in one.requests)
    attempts = tuple(attempt.error for attempt in span.payload.attempts)
    sees = "answer" if error is None else _kind(error)
    return Run(
        fault, pair, stream, sees, _short(told, error), attempts, seconds,
        max(0, posts - len(attempts)), _lie(told, span),
    )  # fmt: skip


async def _asked(gateway: RunningGateway, *, stream: bool) -> tuple[Told | None, Exception | None]:
    """What the official client returns, or raises."""
    try:
        return await ChatTalk(gateway.url.removesuffix("/v1")).ask(stream=stream), None
    except (openai.APIError, ValueError) as error:
        return None, error
    except AssertionError:
        # The client's own: a stream that ended well and said nothing.
        return Told(), None


def _kind(error: Exception) -> str:
    return "error" if isinstance(error, openai.APIStatusError) else "broken"


def _short(told: Told | None, error: Exception | None) -> str:
    if isinstance(error, openai.APIStatusError):
        return f"HTTP {error.status_code}"
    return type(error).__name__ if error is not None else (told.text if told else "")


def _lie(told: Told | None, span: Span) -> str:
    """Where a part passes for the whole: to the client, by the reason of its end, on the span."""
    is_whole = told is not None and told.text == SAID.text
    if told is not None and not is_whole:
        return f"the client takes {told.text!r} for an answer that ended with {told.stop!r}"
    if told is None and span.status == "ok" and SAID.text not in str(span.payload.output):
        return "the span of a truncated answer is ok"
    if told is None and span.status == "error" and span.finish_reason:
        return f"the span of a failure has the finish reason {span.finish_reason!r}"
    return ""


async def play_all(chosen: Iterable[Fault], pair: str, *, stream: bool) -> list[Run]:
    """Several at a time, in the order given."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(fault: Fault) -> Run:
        async with places:
            return await play(fault, pair, stream=stream)

    fitting = [fault for fault in chosen if stream in fault.modes]
    return list(await asyncio.gather(*map(one, fitting)))


def recovered(runs: Sequence[Run]) -> tuple[int, int]:
    """Recoverable faults that the client got its whole answer in spite of, and all recoverable."""
    hopeful = [run for run in runs if run.fault.is_recoverable(run.pair)]
    return sum(run.sees == "answer" and not run.lies for run in hopeful), len(hopeful)


# ---- the tables of docs/faults.md -------------------------------------------------------------

SEEN = {"answer": "the answer", "error": "an error", "broken": "an error in the stream"}
HEAD = "| what the first target does | mode | the client gets | attempts | within |"


def rows(chosen: Iterable[Fault], pair: str) -> list[str]:
    """What is expected of each fault, as rows of a table."""
    return [_row(fault, pair) for fault in chosen]


def _row(fault: Fault, pair: str) -> str:
    sees, attempts = fault.expected(pair)
    mode = "both" if len(fault.modes) == 2 else "streamed" if fault.modes[0] else "whole"
    told = ", ".join(f"`{words.partition('|')[0] or 'ok'}`" for words in attempts)
    return f"| {fault.name} | {mode} | {SEEN[sees]} | {told} | {fault.within_s:g} s |"


def table(chosen: Iterable[Fault], pair: str) -> str:
    return "\n".join([HEAD, "|---|---|---|---|---|", *rows(chosen, pair)])


async def main() -> None:
    chosen = faults()
    runs: list[Run] = []
    for pair in PAIRS:
        print(f"\n## {pair}\n\n{table(chosen, pair)}\n")
        for stream in (False, True):
            runs += await play_all(chosen, pair, stream=stream)
    for run in runs:
        print(f"{run.seconds:6.2f} s  {run.label}: {run.sees}, {run.detail}; {run.attempts}")
    print(*(f"WRONG {run.label}: {run.wrong}" for run in runs if run.wrong), sep="\n")
    count, of = recovered(runs)
    lies, probes = sum(bool(run.lies) for run in runs), sum(run.billed_probes for run in runs)
    print(f"{len(runs)} runs: {count} of {of} recoverable ones recovered, {lies} truncated answers")
    print(f"reported as success, {probes} billed probes")


if __name__ == "__main__":
    asyncio.run(main())
