"""The same for every client: a call is begun, made and taken; a stream is seen passing by."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from vedette_sdk.calls import Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Wrapper, finish_on_error
from vedette_sdk.watch import Watch

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.context import Context

Begin = Callable[[Watch, Any, tuple[Any, ...], Mapping[str, Any]], Call | None]
"""The call of a client's arguments; None where nothing of it is watched."""
Take = Callable[[Call, Any], Any]
"""Looks at what came back; gives what the caller gets in its place, or None for the answer."""


def watched(begin: Begin, take: Take) -> Wrapper:
    """A wrapper for a method that answers at once or with an iterator."""

    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        def call_watched(self: Any, *args: Any, **kwargs: Any) -> Any:
            call = _begun(begin, self, args, kwargs)
            if call is None:
                return original(self, *args, **kwargs)
            with Asking(call):
                answer = original(self, *args, **kwargs)
            instead = CURRENT.faults.shield(take, call, answer)
            return answer if instead is None else instead

        return call_watched

    return wrap


def watched_async(begin: Begin, take: Take) -> Wrapper:
    """A wrapper for a coroutine function."""

    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        async def call_watched(self: Any, *args: Any, **kwargs: Any) -> Any:
            call = _begun(begin, self, args, kwargs)
            if call is None:
                return await original(self, *args, **kwargs)
            with Asking(call):
                answer = await original(self, *args, **kwargs)
            instead = CURRENT.faults.shield(take, call, answer)
            return answer if instead is None else instead

        return call_watched

    return wrap


def _begun(
    begin: Begin, client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Call | None:
    watch = CURRENT.active
    return None if watch is None else CURRENT.faults.shield(begin, watch, client, args, kwargs)


class Asking:
    """While the client works for a call, its span is the current one; an error ends the call."""

    __slots__ = ("_call", "_token")

    def __init__(self, call: Call) -> None:
        self._call = call

    def __enter__(self) -> None:
        self._token: Token[Context] = self._call.enter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if error is not None:
            finish_on_error(self._call, error)
        self._call.leave(self._token)


class Passing:
    """While chunks pass a generator: the call ends with them, by an error, or given up."""

    __slots__ = ("_call",)

    def __init__(self, call: Call) -> None:
        self._call = call

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if error is None or isinstance(error, GeneratorExit):
            CURRENT.faults.shield(self._call.finish, abandoned=error is not None)
        else:
            finish_on_error(self._call, error)


def tap(call: Call, chunks: Iterator[Any], take: Callable[[Call, Any], None]) -> Iterator[Any]:
    """The same chunks, each shown to `take` as it passes."""
    with Passing(call):
        for chunk in chunks:
            CURRENT.faults.shield(take, call, chunk)
            yield chunk


async def tap_async(
    call: Call, chunks: AsyncIterator[Any], take: Callable[[Call, Any], None]
) -> AsyncIterator[Any]:
    """`tap` for a loop."""
    with Passing(call):
        async for chunk in chunks:
            CURRENT.faults.shield(take, call, chunk)
            yield chunk
