"""`prompt`: a named prompt of Vedette, from memory where it is there, with a fallback where not.

A prompt that is older than its time is given all the same while a fresh one is fetched, so only
the first use waits. Nobody who runs an event loop is made to wait at all: `prompt` then gives what
it has, or the fallback, and `prompt_async` waits without blocking.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from vedette_sdk.errors import PromptUnavailable
from vedette_sdk.sending import Sender
from vedette_sdk.templates import Content, fill

_MAX_PROMPTS = 1_000
_AGAIN_S = 10.0
"""After a failure the server is left alone for so long."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text, or messages as `{"role": ..., "content": ...}`, with `{{names}}` to be filled."""

    name: str
    content: Content
    version: str = ""
    label: str = ""
    config: Mapping[str, Any] | None = None
    """Settings that were kept with it: model, temperature."""
    is_fallback: bool = False

    def compile(self, **values: Any) -> Content:
        """The content with the names replaced; names without a value stay."""
        return fill(self.content, values)


@dataclass(slots=True)
class _Entry:
    prompt: Prompt | None = None
    """None where the server had none, or did not answer."""
    fetched_at: float = 0.0
    is_fetching: bool = False


class Prompts:
    """The memory of prompts of one server."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._lock = threading.Lock()

    def after_fork(self) -> None:
        self._lock = threading.Lock()
        for entry in self._entries.values():
            entry.is_fetching = False

    def get(
        self, name: str, label: str, fallback: Content | None, *, ttl_s: float, may_wait: bool
    ) -> Prompt:
        """The prompt; raises PromptUnavailable where there is none and no fallback."""
        entry = self._entry(name, label)
        now = time.monotonic()
        is_old = not entry.fetched_at or now - entry.fetched_at > (
            ttl_s if entry.prompt is not None else min(ttl_s, _AGAIN_S)
        )
        if is_old:
            if entry.prompt is None and may_wait and not entry.fetched_at:
                self._fetch(name, label, entry)
            else:
                self._refresh(name, label, entry)
        if entry.prompt is not None:
            return entry.prompt
        if fallback is None:
            raise PromptUnavailable(
                f"Prompt {name!r} ({label}) is not to be had now, and no fallback was given."
            )
        return Prompt(name, fallback, label=label, is_fallback=True)

    def _entry(self, name: str, label: str) -> _Entry:
        with self._lock:
            entry = self._entries.get((name, label))
            if entry is None:
                while len(self._entries) >= _MAX_PROMPTS:
                    self._entries.pop(next(iter(self._entries)))
                entry = self._entries[name, label] = _Entry()
            return entry

    def _refresh(self, name: str, label: str, entry: _Entry) -> None:
        """Fetch beside the caller; one at a time."""
        with self._lock:
            if entry.is_fetching:
                return
            entry.is_fetching = True
        thread = threading.Thread(
            target=self._fetch, args=(name, label, entry), name="vedette-prompt", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:
            entry.is_fetching = False

    def _fetch(self, name: str, label: str, entry: _Entry) -> None:
        path = f"/api/v1/prompts/{quote(name, safe='')}?label={quote(label, safe='')}"
        found = None
        try:
            answer = self._sender.request("GET", path)
            found = _read(name, label, answer.json) if answer.status == 200 else None
        finally:
            with self._lock:
                if found is not None:
                    entry.prompt = found
                entry.fetched_at = time.monotonic()
                entry.is_fetching = False


def _read(name: str, label: str, said: Any) -> Prompt | None:
    """A prompt from `{"content": text or messages, "version": ..., "config": {...}}`."""
    if not isinstance(said, dict):
        return None
    content = said.get("content", said.get("text", said.get("messages")))
    if not isinstance(content, str) and not (
        isinstance(content, list) and all(isinstance(each, dict) for each in content)
    ):
        return None
    config = said.get("config")
    version = said.get("version")
    found = Prompt(name, content, label=label, version="" if version is None else str(version))
    return replace(found, config=config) if isinstance(config, dict) else found
