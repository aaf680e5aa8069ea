"""Starting, steering and ending: `init` and what goes with it."""

import asyncio
import sys
from collections.abc import Mapping
from typing import Any, TypeVar

from opentelemetry.sdk.trace import SpanProcessor

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import SettingsError
from vedette_sdk.instruments.registry import Instruments, State, wrap_client
from vedette_sdk.settings import Settings, read_settings
from vedette_sdk.version import __version__
from vedette_sdk.watch import Processor, Watch

Client = TypeVar("Client")
_INSTRUMENTS = Instruments()
_WORDS = {
    "watched": "watched", "waits": "watched once imported", "absent": "not installed",
    "off": "left alone", "unknown": "NOT watched",
}  # fmt: skip


def init(**options: Any) -> None:
    """Start, and say what is watched and what is not (`quiet=True`: only what went wrong).

    Options are the fields of `Settings`, each also to be had as `VEDETTE_<NAME>`. A second `init`
    takes the place of the first. Raises SettingsError for options that cannot be.
    """
    _start(read_settings(options))


def configure(options: Mapping[str, Any]) -> None:
    """Change options while running, or start with them."""
    watch = CURRENT.watch
    _start(read_settings(options, base=None if watch is None else watch.settings))


def _start(settings: Settings) -> None:
    before = CURRENT.watch
    CURRENT.watch = Watch(settings, CURRENT.faults)
    try:
        states = _INSTRUMENTS.install(settings.instrument)
    except SettingsError:
        CURRENT.watch = before
        raise
    if before is not None:
        before.stop(0.0 if _on_loop() else None)
    if not settings.quiet:
        print(_announcement(settings, states), file=sys.stderr)


def _announcement(settings: Settings, states: list[State]) -> str:
    lines = [
        f"vedette-sdk {__version__}: to {settings.endpoint}, privacy {settings.privacy}"
        + ("" if settings.enabled else ", switched off")
    ]
    for state, words in _WORDS.items():
        found = [str(each) for each in states if each.state == state]
        if found:
            lines.append(f"  {words}: {', '.join(found)}")
    if settings.privacy == "hash" and not settings.hash_key_is_shared:
        lines.append("  hashes compare on this machine; set VEDETTE_HASH_KEY for several")
    return "\n".join(lines)


def wrap(client: Client) -> Client:
    """Watch this client alone, where `instrument=False`; returns it."""
    wrap_client(client)
    return client


def enable() -> None:
    """Go on after `disable`."""
    if CURRENT.watch is not None:
        CURRENT.watch.enabled = True


def disable() -> None:
    """Watch nothing until `enable`: patched methods are the originals."""
    if CURRENT.watch is not None:
        CURRENT.watch.enabled = False


def flush(timeout_s: float = 2.0) -> bool:
    """Wait until what was seen so far is sent; False when that takes longer.

    On an event loop nobody waits: sending starts, and False says that it may not be over.
    """
    watch = CURRENT.watch
    if watch is None:
        return True
    if _on_loop():
        watch.nudge()
        return False
    return watch.flush(timeout_s)


async def flush_async(timeout_s: float = 2.0) -> bool:
    """The same for coroutines."""
    return await asyncio.to_thread(flush, timeout_s)


def shutdown(timeout_s: float | None = None) -> bool:
    """Send what waits, within `exit_s` or this time, and end; False when something is left."""
    watch, CURRENT.watch = CURRENT.watch, None
    return True if watch is None else watch.stop(timeout_s)


def status() -> dict[str, Any]:
    """What is watched, and counters: taken, sent, dropped, lost, faults of our own."""
    watch = CURRENT.watch
    if watch is None:
        return {"enabled": False}
    clients = {name: state.state for name, state in _INSTRUMENTS.states.items()}
    return {**watch.status(), "clients": clients}


def span_processor() -> SpanProcessor:
    """For a tracer provider of your own: its spans go to Vedette too, as far as the privacy mode
    lets them."""
    if CURRENT.watch is None:
        raise SettingsError("Call vedette_sdk.init() first.")
    return Processor(CURRENT.watch)


def _on_loop() -> bool:
    return asyncio._get_running_loop() is not None
