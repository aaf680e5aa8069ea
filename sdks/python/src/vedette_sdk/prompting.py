"""The doors to prompts: `prompt` and `prompt_async`."""

import asyncio
from collections.abc import Sequence
from typing import Any

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import PromptUnavailable
from vedette_sdk.prompts import Prompt
from vedette_sdk.templates import Content


def prompt(
    name: str, *, label: str = "production", fallback: Content | Sequence[Any] | None = None,
    ttl_s: float = 60.0,
) -> Prompt:  # fmt: skip
    """The prompt of this name, or `fallback` (a text or messages) where it is not to be had."""
    watch = CURRENT.watch
    content = fallback if fallback is None or isinstance(fallback, str) else list(fallback)
    if watch is None:
        if content is None:
            raise PromptUnavailable(f"Prompt {name!r}: call vedette_sdk.init() first.")
        return Prompt(name, content, label=label, is_fallback=True)
    return watch.prompts.get(name, label, content, ttl_s=ttl_s, may_wait=not _on_loop())


async def prompt_async(
    name: str, *, label: str = "production", fallback: Content | None = None, ttl_s: float = 60.0
) -> Prompt:
    """The same for coroutines: the first use waits without blocking the loop."""
    return await asyncio.to_thread(prompt, name, label=label, fallback=fallback, ttl_s=ttl_s)


def _on_loop() -> bool:
    return asyncio._get_running_loop() is not None
