"""The same for programs without an event loop: a loop of its own in a background thread."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from vedette.library.client import Messages, Settings, Vedette, open_vedette
from vedette.library.results import ChatResult, Embeddings, TargetState, UsageReport
from vedette.library.stream import Stream
from vedette.model.chat import Delta, TextDelta

Result = TypeVar("Result")


@contextmanager
def open_sync(settings: Settings = None) -> "Iterator[SyncVedette]":
    """As `open_vedette`, for `with`. Safe to use from several threads."""
    with _Loop() as loop:
        manager = open_vedette(settings)
        llm = loop.run(manager.__aenter__())
        try:
            yield SyncVedette(llm, loop)
        finally:
            loop.run(manager.__aexit__(None, None, None))


class SyncVedette:
    """`library.client.Vedette` without `await`."""

    def __init__(self, llm: Vedette, loop: "_Loop") -> None:
        self._llm = llm
        self._loop = loop

    def chat(self, messages: Messages, *, model: str, **parameters: Any) -> ChatResult:
        return self._loop.run(self._llm.chat(messages, model=model, **parameters))

    def stream(self, messages: Messages, *, model: str, **parameters: Any) -> "SyncStream":
        stream = self._llm.stream(messages, model=model, **parameters)
        return SyncStream(stream, self._loop)

    def embed(self, input: str | Sequence[str], *, model: str, **parameters: Any) -> Embeddings:
        return self._loop.run(self._llm.embed(input, model=model, **parameters))

    def health(self) -> tuple[TargetState, ...]:
        return self._llm.health()

    def usage(self) -> UsageReport:
        return self._llm.usage()

    def models(self) -> tuple[str, ...]:
        return self._llm.models()


class SyncStream:
    """`for delta in stream`; leaving the loop early and then `close` ends the answer."""

    def __init__(self, stream: Stream, loop: "_Loop") -> None:
        self._stream = stream
        self._loop = loop
        self._deltas = aiter(stream)

    def __iter__(self) -> Iterator[Delta]:
        return self

    def __next__(self) -> Delta:
        delta = self._loop.run(_next(self._deltas))
        if delta is None:
            raise StopIteration
        return delta

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def texts(self) -> Iterator[str]:
        """Only the text of the first choice."""
        for delta in self:
            if isinstance(delta, TextDelta) and delta.choice == 0:
                yield delta.text

    @property
    def result(self) -> ChatResult:
        return self._stream.result

    def close(self) -> None:
        self._loop.run(self._stream.aclose())


async def _next(deltas: Any) -> Delta | None:
    # A StopAsyncIteration cannot travel through a future.
    return await anext(deltas, None)


class _Loop:
    """An event loop in a thread."""

    def __init__(self) -> None:
        self._loop = _new_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="vedette", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        future: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            raise


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
