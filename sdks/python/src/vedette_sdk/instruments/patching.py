"""Replacing methods of others, on their class or on one object."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from vedette_sdk.current import CURRENT

MARK = "__vedette_original__"
Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


class Unpatchable(Exception):
    """What should be patched is not there: the version is not known."""


class Method(NamedTuple):
    """A method to replace: its class (or `A|B`, as versions call it), its name and by what."""

    owner: str
    name: str
    wrapper: Wrapper


def patch_methods(module: Any, methods: "tuple[Method, ...]") -> list[str]:
    """Patch all or none; returns their names. Raises Unpatchable where one is not there."""
    found = []
    for method in methods:
        names = method.owner.split("|")
        owner = next((getattr(module, name) for name in names if hasattr(module, name)), None)
        original = getattr(owner, method.name, None)
        if owner is None or original is None:
            raise Unpatchable(f"no {method.owner}.{method.name}")
        found.append((owner, method, original))
    for owner, method, original in found:
        if not hasattr(original, MARK):
            setattr(owner, method.name, marked(original, method.wrapper))
    return [f"{method.owner}.{method.name}" for method in methods]


def marked(original: Callable[..., Any], wrapper: Wrapper) -> Callable[..., Any]:
    """The replacement, which looks like the original and remembers it."""
    made = functools.wraps(original)(wrapper(original))
    setattr(made, MARK, original)
    return made


def patch_object(target: Any, name: str, wrapper: Wrapper) -> bool:
    """Patch the method of one object; False where its class or itself is patched already."""
    method = getattr(target, name, None)
    if method is None or hasattr(method, MARK):
        return False
    function = method.__func__

    def bound(*args: Any, **kwargs: Any) -> Any:
        return replacement(target, *args, **kwargs)

    replacement = wrapper(function)
    made = functools.wraps(method)(bound)
    setattr(made, MARK, method)
    setattr(target, name, made)
    return True


def finish_on_error(call: Any, error: BaseException) -> None:
    """The call failed: tell, and let the error go its way."""
    CURRENT.faults.shield(call.finish, error=error)
