"""The worker of a program, its configuration, and where its records go.

Records go to the core of the same data directory, if one runs. If none does they wait in spill
files, and this process puts them into the store itself: now and then, and when it ends. A core
that starts meanwhile finds the store free and what is left in the spill files.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from vedette.app.secret import local_secret
from vedette.app.snapshot import gateway_settings, load_config, prepare, run_paths
from vedette.app.worker import Worker
from vedette.clock import SystemClock
from vedette.config.load import LoadedConfig
from vedette.errors import StoreError, VedetteError
from vedette.gateway.handler import Gateway
from vedette.gateway.health import TargetHealth
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.library.ledger import Ledger
from vedette.metrics import Totals
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

IMPORT_S = 5.0
"""How often spilled records are put into the store while no core does it."""


class Home:
    """Everything behind one open Vedette."""

    def __init__(self, settings: str | Path | Mapping[str, Any] | None) -> None:
        self._loaded = _load(settings)
        self._paths = run_paths(self._loaded.config)
        self._clock = SystemClock()
        self._tasks = Tasks()
        self._worker: Worker | None = None
        self.ledger = Ledger()
        self.gateway: Gateway

    async def open(self) -> None:
        """Start the worker. Raises VedetteError or OSError."""
        prepare(self._paths)
        key = await asyncio.to_thread(local_secret, self._paths.data)
        settings = gateway_settings(self._loaded.config, version=1, hash_key=key)
        # In process there is no foreign page and no client that must be told apart.
        settings = msgspec.structs.replace(
            settings, allowed_hosts=(), api_keys=(), access_file="",
            access=msgspec.structs.replace(settings.access, require_key=False),
        )  # fmt: skip
        self._worker = Worker(f"lib{os.getpid()}", settings, on_record=self.ledger.note)
        self.gateway = await self._worker.open()
        if self._paths.spill is not None:
            self._tasks.keep(self._import_now_and_then, name="import of records")

    async def close(self) -> None:
        """Hand over the records: to a core, else to the store."""
        await self._tasks.drain()
        if self._worker is not None:
            await self._worker.stop()
        await self._import()

    @property
    def targets(self) -> Mapping[tuple[str, str], TargetHealth]:
        """Health by provider and model."""
        return {} if self._worker is None else self._worker.targets

    def estimate_nano_usd(self, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """What a call may cost at the dearest target; None where a price is not known."""
        assert self._worker is not None
        usage = Usage(input_uncached=input_tokens, output_text=output_tokens)
        costs = [
            self._worker.estimate(target, usage)
            for target in self.gateway.runtime.directory.plan(model).targets
        ]
        known = [cost for cost in costs if cost is not None]
        return max(known) if len(known) == len(costs) and known else None

    async def _import_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(IMPORT_S)
            await self._import()

    async def _import(self) -> None:
        """Put what waits in spill files into the store, unless a core has it."""
        spill, data = self._paths.spill, self._paths.data
        if spill is None or data is None or await self._core_answers():
            return
        if not await asyncio.to_thread(lambda: spill.is_dir() and any(spill.iterdir())):
            return
        try:
            store = await asyncio.to_thread(SqliteSpanStore, data, self._clock)
        except StoreError as error:
            log.debug("the store is in use: %s", error.message)
            return
        writer = Writer(store, clock=self._clock, on_committed=lambda spans: None)
        collector = Collector(
            path=self._paths.collector, spill_dir=None, writer=writer,
            reduce=_never, totals=Totals([]), clock=self._clock,
        )  # fmt: skip
        try:
            await collector.import_from(spill)
        finally:
            await writer.close()
            await asyncio.to_thread(store.close)

    async def _core_answers(self) -> bool:
        try:
            async with asyncio.timeout(0.5):
                _, writer = await asyncio.open_unix_connection(str(self._paths.collector))
        except (OSError, TimeoutError):
            return False
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        return True


def _never(record: object) -> Any:
    raise VedetteError("spill files hold spans, no records")


def _load(settings: str | Path | Mapping[str, Any] | None) -> LoadedConfig:
    if settings is None or isinstance(settings, str | Path):
        path = None if settings is None else Path(settings)
        return load_config(path, os.environ)
    return load_config(None, os.environ, given=settings)
