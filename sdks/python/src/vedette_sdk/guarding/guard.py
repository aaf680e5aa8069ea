"""`Guard`: what is looked for, by whom, and what follows; decorator and context manager."""

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeVar, cast, get_args

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import Blocked, GuardUnavailable, SettingsError
from vedette_sdk.guarding.local import Found, evaluate, find_detectors
from vedette_sdk.sending import Answer

OnFail = Literal["block", "redact", "flag"]
Where = Literal["input", "output"]
Guarded = TypeVar("Guarded", bound=Callable[..., Any])
_REMOTE_TIMEOUT_S = 2.0
_BLOCKS = ("block", "retry", "reask", "reroute", "escalate")
"""Actions of a policy after which the text does not go on."""


class Guard:
    """Looks at texts. Local detectors know no network; `remote` asks Vedette's policy.

    `fail` says what happens when Vedette does not answer in time: `open` lets the text through,
    `closed` raises GuardUnavailable.
    """

    def __init__(
        self, *detectors: str, on_fail: OnFail = "block", remote: bool = False, policy: str = "",
        fail: Literal["open", "closed"] = "open", timeout_s: float = _REMOTE_TIMEOUT_S,
    ) -> None:  # fmt: skip
        if on_fail not in get_args(OnFail) or fail not in ("open", "closed"):
            raise SettingsError("on_fail is block, redact or flag; fail is open or closed.")
        self._remote = remote or bool(policy)
        self._names = detectors
        self._local = () if self._remote else find_detectors(detectors or ("pii", "secrets"))
        self._on_fail = on_fail
        self._policy = policy
        self._fail = fail
        self._timeout_s = timeout_s

    def check(self, text: str, *, where: Where = "input") -> str:
        """The text as it may go on. Raises Blocked, or GuardUnavailable where it fails closed."""
        found, is_blocked = self._look(text, where)
        if not found.kinds:
            return text
        _tell(found.kinds, where, self._on_fail)
        if self._on_fail == "block" or is_blocked:
            raise Blocked(found.kinds, where)
        return found.text if self._on_fail == "redact" else text

    async def check_async(self, text: str, *, where: Where = "input") -> str:
        """The same without blocking the loop."""
        if not self._remote and len(text) < 20_000:
            return self.check(text, where=where)
        return await asyncio.to_thread(self.check, text, where=where)

    def _look(self, text: str, where: Where) -> tuple[Found, bool]:
        """What was found, and whether Vedette's policy itself says no."""
        if not text:
            return Found((), text), False
        if not self._remote:
            return evaluate(text, self._local), False
        answer = self._ask(text, where)
        said = answer.json if answer.status == 200 else None
        if not isinstance(said, dict):
            if self._fail == "closed":
                raise GuardUnavailable(
                    f"The guard did not answer within {self._timeout_s:g} s "
                    f"(status {answer.status}); it fails closed."
                )
            return Found((), text), False
        fired = [rule for rule in said.get("rules") or () if rule.get("mode") == "enforce"]
        kinds = tuple(dict.fromkeys(str(rule.get("detector")) for rule in fired))
        return Found(kinds, str(said.get("text", text))), said.get("action") in _BLOCKS

    def _ask(self, text: str, where: Where) -> Answer:
        watch = CURRENT.watch
        if watch is None:
            return Answer(0)
        body: dict[str, Any] = {"text": text, "where": where}
        if self._names:
            body["detectors"] = list(self._names)
        if self._policy:
            body["policy"] = self._policy
        return watch.post_json("/api/v1/guard/evaluate", body, timeout_s=self._timeout_s)

    def __call__(self, function: Guarded) -> Guarded:
        """Guard the texts among a function's arguments and the text that it returns."""
        if inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function):
            raise SettingsError("A generator cannot be guarded: guard the texts it is made from.")
        if inspect.iscoroutinefunction(function):
            return cast(Guarded, self._guard_coroutine(function))

        @functools.wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            look = functools.partial(self.check, where="input")
            args = tuple(_each(value, look) for value in args)
            kwargs = {name: _each(value, look) for name, value in kwargs.items()}
            return _each(function(*args, **kwargs), functools.partial(self.check, where="output"))

        return cast(Guarded, guarded)

    def _guard_coroutine(
        self, function: Callable[..., Awaitable[Any]]
    ) -> Callable[..., Awaitable[Any]]:
        @functools.wraps(function)
        async def guarded(*args: Any, **kwargs: Any) -> Any:
            seen = [await self._each_async(value, "input") for value in args]
            named = {n: await self._each_async(value, "input") for n, value in kwargs.items()}
            return await self._each_async(await function(*seen, **named), "output")

        return guarded

    async def _each_async(self, value: Any, where: Where) -> Any:
        if isinstance(value, str):
            return await self.check_async(value, where=where)
        if isinstance(value, list | dict):
            check = functools.partial(self.check, where=where)
            return await asyncio.to_thread(_each, value, check)
        return value


def guard(*detectors: str, **how: Any) -> Guard:
    """A guard, to decorate functions with: `@guard("pii", on_fail="redact")`."""
    return Guard(*detectors, **how)


@contextmanager
def guarded(*detectors: str, **how: Any) -> Iterator[Guard]:
    """A guard for a block of code: `with guarded("pii") as g: text = g.check(text)`."""
    yield Guard(*detectors, **how)


def _each(value: Any, check: Callable[[str], str], depth: int = 0) -> Any:
    """Texts, and texts in lists and objects (messages), as they may go on."""
    if isinstance(value, str):
        return check(value)
    if depth < 6:
        if isinstance(value, list):
            return [_each(item, check, depth + 1) for item in value]
        if isinstance(value, dict):
            return {
                name: item if name in ("role", "type", "id", "name") else
                _each(item, check, depth + 1)
                for name, item in value.items()
            }  # fmt: skip
    return value


def _tell(kinds: tuple[str, ...], where: str, action: str) -> None:
    """A span of what the guard did; never what it looked at."""
    watch = CURRENT.active
    if watch is not None:
        CURRENT.faults.shield(watch.tell_guard, kinds, where, action)
