"""The stored spans for commands that run beside the server, or without it."""

from pathlib import Path

from vedette.clock import Clock
from vedette.config.schema import Config
from vedette.errors import StoreError
from vedette.ports.stores import SpanStore
from vedette.stores.spans.sqlite import SqliteSpanStore


def open_spans(config: Config, clock: Clock) -> SpanStore:
    """Open the store read-only; a running core is not disturbed. Raises StoreError."""
    return open_ledger(config, clock)


def open_ledger(config: Config, clock: Clock) -> SqliteSpanStore:
    """The same, with its ledger."""
    if config.storage.profile == "memory":
        raise StoreError(
            "With storage.profile memory the traces live inside the running core: ask its API "
            f"(http://{config.console.listen}/api/v1/traces)."
        )
    path = Path(config.storage.path)
    if not path.is_dir():
        raise StoreError(
            f"There are no traces in {str(path)!r} yet. Start `vedette serve` and send a call, "
            "or name the configuration with --config."
        )
    return SqliteSpanStore(path, clock, readonly=True)
