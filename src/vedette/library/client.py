"""`async with vedette.open(...) as llm:`"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from vedette.clock import SystemClock
from vedette.costs.tokenizers import find_tokenizer
from vedette.dialects import openai_chat, openai_embeddings
from vedette.dialects.reading import as_mapping, as_text, decode
from vedette.gateway.counting import count_tokens
from vedette.gateway.handler import Gateway
from vedette.http1.memory import MemoryResponse, memory_request
from vedette.library.errors import CallFailed
from vedette.library.home import Home
from vedette.library.options import Options, header_fields, options_of
from vedette.library.results import (
    Call,
    ChatResult,
    Embeddings,
    TargetState,
    UsageReport,
    spoken,
)
from vedette.library.stream import Stream
from vedette.model.exchange import ExchangeRecord
from vedette.tasks import Tasks

Messages = str | Sequence[Mapping[str, Any]]
Settings = str | Path | Mapping[str, Any] | None

_OPTIONS = frozenset(Options.__struct_fields__)
_DEFAULT_OUTPUT_TOKENS = 4096


@asynccontextmanager
async def open_vedette(settings: Settings = None) -> "AsyncIterator[Vedette]":
    """Vedette for this program: a configuration file, settings as a mapping, or what is found in
    the environment. Raises ConfigError."""
    home = Home(settings)
    await home.open()
    llm = Vedette(home)
    try:
        yield llm
    finally:
        await llm.aclose()


class Vedette:
    """Routes, failover, translation, cost and records as in the gateway; see `docs/library.md`."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._clock = SystemClock()
        self._tasks = Tasks()

    async def chat(self, messages: Messages, *, model: str, **parameters: Any) -> ChatResult:
        """Ask and wait for the whole answer.

        `messages` is a text or messages in OpenAI's form; `parameters` are fields of OpenAI's chat
        API (`temperature`, `tools`, ...) and options of the call (`library.options.Options`).
        Raises CallFailed with the status and words that a client over HTTP would get.
        """
        body, options = self._request(messages, model, parameters, stream=False)
        response = await self._send("/v1/chat/completions", body, options)
        raw = await self._whole(response)
        answer = openai_chat.read_answer(raw)
        reasons = answer.finish_reasons
        return ChatResult(
            **spoken(answer.messages), finish_reason=reasons[0] if reasons else "",
            usage=answer.usage, id=answer.id, model=answer.model, call=_call(response),
            raw=as_mapping(decode(raw)),
        )  # fmt: skip

    def stream(self, messages: Messages, *, model: str, **parameters: Any) -> Stream:
        """Ask and read the answer as it comes: `async for delta in llm.stream(...)`.

        The call is made when reading begins. CallFailed is raised then, where no answer begins,
        and later where one breaks off.
        """
        body, options = self._request(messages, model, parameters, stream=True)
        request = _request("/v1/chat/completions", body, options)

        def start(response: MemoryResponse) -> "asyncio.Task[None]":
            return self._tasks.spawn(self._gateway(request, response), name="call in process")

        return Stream(start, told=self._priced, failed=_failure)

    async def embed(
        self, input: str | Sequence[str], *, model: str, **parameters: Any
    ) -> Embeddings:
        """The vectors of one or several texts."""
        fields = {k: v for k, v in parameters.items() if k not in _OPTIONS}
        options = options_of({k: v for k, v in parameters.items() if k in _OPTIONS})
        body = msgspec.json.encode({"model": model, "input": input, **fields})
        response = await self._send("/v1/embeddings", body, options)
        answer = openai_embeddings.read_embedding_answer(await self._whole(response))
        return Embeddings(
            vectors=answer.vectors, usage=answer.usage, model=answer.model, call=_call(response)
        )

    def health(self) -> tuple[TargetState, ...]:
        """How the targets are doing that have been asked so far."""
        now = self._clock.monotonic()
        return tuple(
            TargetState(
                provider=provider, model=model, state=health.state(now),
                in_flight=health.in_flight, last_error=health.last_error,
            )
            for (provider, model), health in self._home.targets.items()
        )  # fmt: skip

    def usage(self) -> UsageReport:
        """Tokens and cost of this process so far."""
        return self._home.ledger.report()

    def models(self) -> tuple[str, ...]:
        """Names that work here without asking anybody: routes, and `provider/...`."""
        directory = self._home.gateway.runtime.directory
        return (*directory.routes, *(f"{name}/..." for name in directory.upstreams))

    async def aclose(self) -> None:
        """Finish what is under way and hand over the records."""
        await self._tasks.drain()
        await self._home.close()

    @property
    def _gateway(self) -> Gateway:
        return self._home.gateway

    def _request(
        self, messages: Messages, model: str, parameters: Mapping[str, Any], *, stream: bool
    ) -> tuple[bytes, Options]:
        fields = {k: v for k, v in parameters.items() if k not in _OPTIONS}
        options = options_of({k: v for k, v in parameters.items() if k in _OPTIONS})
        said = [{"role": "user", "content": messages}] if isinstance(messages, str) else messages
        asked = {"model": model, "messages": list(said), **fields}
        if stream:
            asked |= {"stream": True, "stream_options": {"include_usage": True}}
        body = msgspec.json.encode(asked)
        if options.budget_usd is not None:
            self._check_budget(body, model, options.budget_usd)
        return body, options

    def _check_budget(self, body: bytes, model: str, budget_usd: float) -> None:
        """Raises CallFailed where the call may cost more, by the dearest target it may reach."""
        request = openai_chat.read_request(body)
        most = request.settings.get("max_tokens")
        output = most if isinstance(most, int) else _DEFAULT_OUTPUT_TOKENS
        tokens = count_tokens(request, find_tokenizer(model))
        estimate = self._home.estimate_nano_usd(model, tokens, output)
        if estimate is None:
            raise CallFailed(
                f"The price of {model!r} is not known, so no budget can be kept. Set `prices`.",
                status=400, code="unknown_price", source="gateway",
            )  # fmt: skip
        if estimate > budget_usd * 1e9:
            raise CallFailed(
                f"This call may cost {estimate / 1e9:.6f} USD, more than its budget of "
                f"{budget_usd:g} USD. Set a smaller max_tokens.",
                status=429, code="insufficient_quota", source="gateway",
            )  # fmt: skip

    async def _send(self, path: str, body: bytes, options: Options) -> MemoryResponse:
        response = MemoryResponse()
        work = self._tasks.spawn(
            self._gateway(_request(path, body, options), response), name="call in process"
        )
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            response.hang_up()
            raise
        return response

    @staticmethod
    async def _whole(response: MemoryResponse) -> bytes:
        body = await response.read_all()
        if response.status >= 400 or response.broken or not response.status:
            raise _failure(response, body)
        return body

    def _priced(self, response: MemoryResponse) -> Call:
        """Of a stream the cost is known at its end: from the record."""
        call = _call(response)
        cost = self._home.ledger.cost_of(call.request_id)
        return msgspec.structs.replace(call, cost_usd=cost) if cost is not None else call


def _request(path: str, body: bytes, options: Options) -> Any:
    fields = [
        (b"host", b"localhost"), (b"content-type", b"application/json"), *header_fields(options),
    ]  # fmt: skip
    return memory_request(path, fields, body)


def _call(response: MemoryResponse) -> Call:
    facts = response.facts
    cost, dropped = facts.get("cost-usd"), facts.get("dropped", "")
    return Call(
        request_id=facts.get("request-id", ""),
        trace_id=facts.get("trace-id", ""),
        provider=facts.get("provider", ""),
        model=facts.get("model", ""),
        attempts=int(facts.get("attempts", "0")),
        is_fallback=facts.get("fallback") == "true",
        cache=facts.get("cache", "off"),
        cost_usd=None if cost is None else Decimal(cost),
        dropped=tuple(dropped.split(",")) if dropped else (),
    )


def _failure(response: MemoryResponse, body: bytes) -> CallFailed:
    error = as_mapping(as_mapping(decode(body)).get("error"))
    source = next(
        (v.decode() for n, v in response.headers if n == b"x-vedette-error-source"), "gateway"
    )
    return CallFailed(
        as_text(error.get("message")) or "The call failed.", status=response.status or 502,
        code=as_text(error.get("code")) or as_text(error.get("type")), source=source,
    )  # fmt: skip


def record_cost(record: ExchangeRecord) -> Decimal | None:
    """Cost of a recorded exchange in USD."""
    nano = record.cost_nano_usd
    return None if nano is None else Decimal(nano) / 1_000_000_000
