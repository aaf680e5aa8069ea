"""The audit log of an installation: its key, its store, its files, put together."""

import asyncio
import getpass
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from vedette.app.audit_rules import FOLDER, audit_settings
from vedette.audit.configured import configuration_event
from vedette.audit.desk import AuditDesk
from vedette.audit.keys import find_signature, open_signature
from vedette.audit.outbox import Outbox
from vedette.audit.outside import Outside
from vedette.audit.signing import Signer
from vedette.audit.verdicts import verdict_events
from vedette.clock import Clock
from vedette.config.schema import Config
from vedette.errors import StoreError
from vedette.model.audit import Actor, AuditEvent
from vedette.model.settings import AuditSettings, CoreSettings
from vedette.model.span import Span
from vedette.ports.audit import AuditStore, acting
from vedette.query.times import format_time
from vedette.stores.records.sql import SqlRecords

log = logging.getLogger(__name__)

STEP_S = 1.0


class SpanWriter(Protocol):
    """Makes spans durable."""

    async def write(self, spans: Sequence[Span]) -> int: ...


class Audit:
    """Everything about the log in one process: records are opened with it, for their seals."""

    def __init__(
        self, directory: Path | None, settings: AuditSettings, clock: Clock, *, busy_s: float = 5.0
    ) -> None:
        """Raises StoreError where the signing key cannot be read or made."""
        self.signature = open_signature(directory, given=settings.key)
        self.records = SqlRecords(
            directory, clock, busy_s=busy_s, sealing=self.signature.sealing
        )  # fmt: skip
        self.store: AuditStore = self.records.audit
        folder = directory / FOLDER if directory else None
        checkpoints = Path(settings.checkpoints) if settings.checkpoints else None
        outside = Outside(checkpoints, folder / "heads.json" if folder else None, settings.webhook)
        self.signer = Signer(
            self.store, self.signature, outside, clock, every_s=settings.checkpoint_s,
            format_time=format_time,
        )  # fmt: skip
        outbox = Outbox(folder / "pending" if folder else None, self.store, clock)
        self.desk = AuditDesk(
            self.store, self.signature.key, outside, sealing=self.signature.sealing,
            outbox=outbox,
        )  # fmt: skip

    def step(self, *, last: bool = False) -> None:
        """Take in what waits, sign what is new. Raises StoreError."""
        try:
            self.desk.outbox.drain()
        finally:
            self.signer.step(last=last)

    async def keep_up(self) -> None:
        """Step for ever; trouble is told once, until it is over."""
        told = ""
        while True:
            try:
                await asyncio.to_thread(self.step)
                told = ""
            except StoreError as error:
                if error.message != told:
                    log.warning("the audit log is not signed at the moment: %s", error.message)
                told = error.message
            await asyncio.sleep(STEP_S)

    def note_configuration(self, settings: CoreSettings, *, starts: bool) -> None:
        """Log what was configured. Where the log cannot be read that is said, and no more."""
        try:
            self.desk.note(configuration_event(self.store, settings, starts=starts))
        except StoreError as error:
            log.error("the audit log does not have this configuration: %s", error.message)

    def problem(self) -> str:
        """Why a log is not signed any more, or was altered; empty while all is well."""
        found = {**self.signer.altered, **self.signer.broken}
        return "; ".join(f"{name}: {why}" for name, why in sorted(found.items()))

    def close(self) -> None:
        """Sign and export the rest, let go of the database."""
        try:
            self.step(last=True)
        except StoreError as error:
            log.warning("the audit log is not signed to its end: %s", error.message)
        self.records.close()


class AuditedWriter:
    """Has verdicts in the log before their calls are kept, so that no call is without its verdict
    whenever the process ends: what fails is written again, and nothing is logged twice."""

    def __init__(self, writer: SpanWriter, store: AuditStore) -> None:
        self._writer = writer
        self._store = store

    async def write(self, spans: Sequence[Span]) -> int:
        events = list(verdict_events(spans))
        if events:
            await asyncio.to_thread(self._store.append, events)
        return await self._writer.write(spans)


def open_beside(config: Config, clock: Clock) -> Audit:
    """The log of an installation for a command, whether Vedette runs or not. Raises StoreError."""
    directory = _directory(config)
    return Audit(directory, audit_settings(config.audit, directory, os.environ), clock)


class AuditBeside:
    """The log for a command that only looks: no key is made. Raises StoreError."""

    def __init__(self, config: Config, clock: Clock) -> None:
        directory = _directory(config)
        settings = audit_settings(config.audit, directory, os.environ)
        signature = find_signature(directory, given=settings.key)
        sealing = signature.sealing if signature else b""
        self.records = SqlRecords(directory, clock, sealing=sealing)
        store = self.records.audit
        self.desk = AuditDesk(
            store, signature.key if signature else None,
            Outside(Path(settings.checkpoints), directory / FOLDER / "heads.json"),
            sealing=sealing, outbox=Outbox(directory / FOLDER / "pending", store, clock),
        )  # fmt: skip

    def close(self) -> None:
        self.records.close()


@contextmanager
def noting(config: Config, clock: Clock, event: AuditEvent) -> Iterator[None]:
    """Log what a command does to files of the installation, in its user's name."""
    if config.storage.profile == "memory":
        yield
        return
    directory = Path(config.storage.path)
    audit = Audit(directory, audit_settings(config.audit, directory, os.environ), clock)
    try:
        with acting_as_command(), audit.desk.outbox.noting(event):
            yield
    finally:
        audit.close()


@contextmanager
def acting_as_command() -> Iterator[None]:
    """What is done is done by whoever runs this command."""
    actor = acting.set(Actor(kind="command", name=_user()))
    try:
        yield
    finally:
        acting.reset(actor)


def _user() -> str:
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return str(os.getuid())


def _directory(config: Config) -> Path:
    if config.storage.profile == "memory":
        raise StoreError(
            "With storage.profile memory the audit log lives inside the running core: ask its API "
            f"(http://{config.console.listen}/api/v1/audit)."
        )
    path = Path(config.storage.path)
    if not (path / "records.db").is_file():
        raise StoreError(
            f"There is no audit log in {str(path)!r} yet. Start `vedette serve`, or name the "
            "configuration with --config."
        )
    return path
