"""A streamed answer, read delta by delta."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from types import TracebackType
from typing import Self

from vedette.dialects import openai_chat
from vedette.dialects.assemble import assemble
from vedette.dialects.framing import SSEReader
from vedette.http1.memory import MemoryResponse
from vedette.library.errors import CallFailed
from vedette.library.results import Call, ChatResult, spoken
from vedette.model.chat import Delta, ErrorDelta, TextDelta


class Stream:
    """`async for delta in stream`, then `stream.result`. Leaving early ends the provider's answer.

    Use it with `async with`, or read it to its end, or call `aclose`.
    """

    def __init__(
        self,
        start: "Callable[[MemoryResponse], asyncio.Task[None]]",
        *,
        told: Callable[[MemoryResponse], Call],
        failed: Callable[[MemoryResponse, bytes], CallFailed],
    ) -> None:
        self._start = start
        self._told = told
        self._failed = failed
        self._response = MemoryResponse()
        self._work: asyncio.Task[None] | None = None
        self._framing = SSEReader()
        self._reader = openai_chat.StreamReader()
        self._deltas: list[Delta] = []
        self._iterator = self._read()
        self._result: ChatResult | None = None

    def __aiter__(self) -> AsyncIterator[Delta]:
        return self._iterator

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    @property
    def result(self) -> ChatResult:
        """The whole answer; only after the stream has ended."""
        if self._result is None:
            raise RuntimeError("the stream has not ended yet")
        return self._result

    async def texts(self) -> AsyncIterator[str]:
        """Only the text of the first choice."""
        async for delta in self._iterator:
            if isinstance(delta, TextDelta) and delta.choice == 0:
                yield delta.text

    async def aclose(self) -> None:
        """End the answer, wherever it is. Idempotent."""
        self._response.hang_up()
        await self._iterator.aclose()
        if self._work is not None:
            await asyncio.wait({self._work})

    async def _read(self) -> AsyncGenerator[Delta, None]:
        response = self._response
        work = self._work = self._start(response)
        try:
            await response.has_head.wait()
            if response.status >= 400 or response.broken:
                await asyncio.wait({work})
                raise self._failed(response, await response.read_all())
            while data := await response.read():
                for event in self._framing.feed(data):
                    for delta in self._heard(event.data):
                        yield delta
            for event in self._framing.close():
                for delta in self._heard(event.data):
                    yield delta
            if response.broken:
                raise CallFailed("The answer broke off.", status=502, code="stream_broken")
            await asyncio.wait({work})
            self._result = self._whole()
        finally:
            response.hang_up()

    def _heard(self, data: bytes) -> list[Delta]:
        deltas: list[Delta] = self._reader.read(data)
        self._deltas += deltas
        for delta in deltas:
            self._check(delta)
        return deltas

    @staticmethod
    def _check(delta: Delta) -> None:
        if isinstance(delta, ErrorDelta):
            raise CallFailed(delta.message, status=502, code=delta.code or delta.type)

    def _whole(self) -> ChatResult:
        answer = assemble(self._deltas)
        reasons = answer.finish_reasons
        return ChatResult(
            **spoken(answer.messages), finish_reason=reasons[0] if reasons else "",
            usage=answer.usage, id=answer.id, model=answer.model, call=self._told(self._response),
        )  # fmt: skip
