"""`observe`: a span for every call of a function, whatever kind of function it is."""

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any, Literal, TypeVar, cast, get_args, overload

from opentelemetry.context import Context, attach, detach, get_current
from opentelemetry.trace import Span, set_span_in_context

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import SettingsError
from vedette_sdk.watch import Watch

Kind = Literal["chain", "agent", "tool", "retriever", "guard", "evaluator", "other"]
Observed = TypeVar("Observed", bound=Callable[..., Any] | type)
_YIELDED = 1_000
"""Items of a generator that are kept as its output."""


@overload
def observe(target: Observed) -> Observed: ...


@overload
def observe(
    *, name: str = "", kind: Kind = "chain", input: bool = True, output: bool = True
) -> Callable[[Observed], Observed]: ...


def observe(
    target: Observed | None = None, *, name: str = "", kind: Kind = "chain", input: bool = True,
    output: bool = True,
) -> Observed | Callable[[Observed], Observed]:  # fmt: skip
    """Make spans of a function, a coroutine function, a generator of either kind, or of all public
    methods of a class.

    `input` and `output`: whether arguments and results are kept, in the privacy modes that keep
    texts at all.
    """
    if kind not in get_args(Kind):
        raise SettingsError(f"Unknown kind {kind!r}. Known: {', '.join(get_args(Kind))}.")
    how = _How(name, kind, input, output)

    def decorate(found: Observed) -> Observed:
        if inspect.isclass(found):
            _observe_class(found, how)
            return found
        return cast(Observed, _observe_function(found, how))

    return decorate if target is None else decorate(target)


class _How:
    def __init__(self, name: str, kind: Kind, keeps_input: bool, keeps_output: bool) -> None:
        self.name = name
        self.kind = kind
        self.keeps_input = keeps_input
        self.keeps_output = keeps_output

    def start(
        self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> "_Work | None":
        watch = CURRENT.active
        if watch is None:
            return None
        return CURRENT.faults.shield(_Work, watch, self, function, args, kwargs)


class _Work:
    """One run of an observed function."""

    def __init__(
        self, watch: Watch, how: _How, function: Callable[..., Any], args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:  # fmt: skip
        self._watch = watch
        self._how = how
        name = how.name or function.__qualname__.replace("<locals>.", "")
        self.span: Span = watch.start_work("observe", name, how.kind)
        self._inside: Context = set_span_in_context(self.span)
        if how.keeps_input and watch.keeper.keeps_texts and self.span.is_recording():
            kept = watch.keeper.value(_arguments(function, args, kwargs))
            self.span.set_attribute("input.value", kept or "")

    def enter(self) -> Any:
        return attach(self._inside)

    def suspend(self, token: Any) -> None:
        """Leave for a while, keeping what was set inside for the next time."""
        self._inside = get_current()
        detach(token)

    def finish(self, result: Any = None, error: BaseException | None = None) -> None:
        CURRENT.faults.shield(self._finish, result, error)

    def _finish(self, result: Any, error: BaseException | None) -> None:
        if error is None and self._how.keeps_output and self._watch.keeper.keeps_texts:
            self.span.set_attribute("output.value", self._watch.keeper.value(result) or "")
        self._watch.end_work(self.span, error)


def _observe_class(found: type, how: _How) -> None:
    for name, value in list(vars(found).items()):
        if name.startswith("_"):
            continue
        if isinstance(value, staticmethod | classmethod):
            wrapped = _observe_function(value.__func__, how)
            setattr(found, name, type(value)(wrapped))
        elif inspect.isfunction(value):
            setattr(found, name, _observe_function(value, how))


def _observe_function(function: Callable[..., Any], how: _How) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(function):
        return _async_generator(function, how)
    if inspect.isgeneratorfunction(function):
        return _generator(function, how)
    if inspect.iscoroutinefunction(function):
        return _coroutine(function, how)
    return _plain(function, how)


def _plain(function: Callable[..., Any], how: _How) -> Callable[..., Any]:
    @functools.wraps(function)
    def observed(*args: Any, **kwargs: Any) -> Any:
        work = how.start(function, args, kwargs)
        if work is None:
            return function(*args, **kwargs)
        token = work.enter()
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            work.finish(error=error)
            raise
        finally:
            detach(token)
        work.finish(result)
        return result

    return observed


def _coroutine(function: Callable[..., Any], how: _How) -> Callable[..., Any]:
    @functools.wraps(function)
    async def observed(*args: Any, **kwargs: Any) -> Any:
        work = how.start(function, args, kwargs)
        if work is None:
            return await function(*args, **kwargs)
        token = work.enter()
        try:
            result = await function(*args, **kwargs)
        except BaseException as error:
            work.finish(error=error)
            raise
        finally:
            detach(token)
        work.finish(result)
        return result

    return observed


def _generator(function: Callable[..., Any], how: _How) -> Callable[..., Any]:
    @functools.wraps(function)
    def observed(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        work = how.start(function, args, kwargs)
        inner = function(*args, **kwargs)
        if work is None:
            return (yield from inner)
        yielded: list[Any] = []
        step: Callable[[], Any] = functools.partial(next, inner)
        while True:
            # The span is the current one while the generator runs, not while its user does.
            token = work.enter()
            try:
                item = step()
            except StopIteration as stop:
                work.finish(yielded if stop.value is None else stop.value)
                return stop.value
            except BaseException as error:
                work.finish(error=error)
                raise
            finally:
                work.suspend(token)
            if len(yielded) < _YIELDED:
                yielded.append(item)
            try:
                sent = yield item
                step = functools.partial(inner.send, sent)
            except GeneratorExit:
                inner.close()
                work.finish(yielded)
                raise
            except BaseException as error:
                step = functools.partial(inner.throw, error)

    return observed


def _async_generator(function: Callable[..., Any], how: _How) -> Callable[..., Any]:
    @functools.wraps(function)
    async def observed(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        work = how.start(function, args, kwargs)
        inner = function(*args, **kwargs)
        if work is None:
            async for item in inner:
                yield item
            return
        yielded: list[Any] = []
        step: Callable[[], Any] = inner.__anext__
        while True:
            token = work.enter()
            try:
                item = await step()
            except StopAsyncIteration:
                work.finish(yielded)
                return
            except BaseException as error:
                work.finish(error=error)
                raise
            finally:
                work.suspend(token)
            if len(yielded) < _YIELDED:
                yielded.append(item)
            try:
                sent = yield item
                step = functools.partial(inner.asend, sent)
            except GeneratorExit:
                await inner.aclose()
                work.finish(yielded)
                raise
            except BaseException as error:
                step = functools.partial(inner.athrow, error)

    return observed


def _arguments(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """Arguments by name, without `self` and `cls`."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):
        return {"args": list(args), **kwargs}
    return {name: value for name, value in bound.items() if name not in ("self", "cls")}
