"""Golden probes in the core: who looks for what is due, who runs it, and how models are asked.

One thread looks, a few run: a probe that waits for a slow model holds up nobody but itself.
"""

import logging
import os
import queue
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from vedette.access.tenants import Projects
from vedette.app.allowances import nano_usd
from vedette.app.models import OwnGateway
from vedette.clock import Clock
from vedette.detectors.format import FORMATS
from vedette.detectors.matching.json_schema import own_schema
from vedette.detectors.matching.patterns import compile_pattern
from vedette.dialects import openai_chat
from vedette.drift.probes.asking import Asked
from vedette.drift.probes.book import ProbeBook
from vedette.drift.probes.checks import check_probe
from vedette.drift.probes.desk import ProbeDesk
from vedette.drift.probes.expecting import Judges, Said
from vedette.drift.probes.running import Runner, Surroundings
from vedette.drift.shelf import Shelf
from vedette.errors import ConfigError, VedetteError
from vedette.features.hashing import TextHasher
from vedette.model.alert import Event
from vedette.model.chat import Message, RefusalPart, TextPart, ToolCallPart
from vedette.model.probe import TAG, Probe, ProbeRun
from vedette.model.settings import CoreSettings
from vedette.outbound import Reply
from vedette.ports.stores import Records, SpanStore
from vedette.tasks import Troubles

log = logging.getLogger(__name__)

EVERY_S: Final = 5.0
_RUNNERS: Final = 4
_JOIN_S: Final = 2.0


def judges() -> Judges:
    """The checks of the detectors, for probes."""
    return Judges(
        schema_problems=lambda schema, value: own_schema(schema).problems(value),
        formats=FORMATS,
        finds=lambda pattern, text: compile_pattern(pattern).search(text) is not None,
    )


class GatewayAsks:
    """`asking.Asks` through our own gateway, past the cache, tagged as a probe."""

    def __init__(self, gateway: OwnGateway, clock: Clock) -> None:
        self._gateway = gateway
        self._clock = clock

    def __call__(
        self, project_id: str, body: Mapping[str, Any], *, probe: str, trace_id: str,
        timeout_s: float,
    ) -> Asked:  # fmt: skip
        if not self._gateway.is_there:
            return Asked(error="there is no gateway to ask")
        headers = {
            "x-vedette-cache": "off",
            "x-vedette-tags": f"{TAG},probe:{probe}".encode().decode("latin-1"),
            "traceparent": f"00-{trace_id}-{self._clock.span_id()}-01",
            "x-vedette-timeout-s": f"{timeout_s:g}",
        }  # fmt: skip
        begun = self._clock.monotonic()
        try:
            reply = self._gateway.post(
                project_id, "/v1/chat/completions", body, timeout_s=timeout_s, headers=headers
            )
        except TimeoutError:
            return Asked(error=f"no answer within {timeout_s:g} s")
        except VedetteError as error:
            return Asked(error=error.message)
        return _read(reply, 1_000 * (self._clock.monotonic() - begun))


def _read(reply: Reply, latency_ms: float) -> Asked:
    cost = _cost(reply.headers.get("x-vedette-cost-usd", ""))
    if reply.status != 200:
        code = reply.headers.get("x-vedette-error-source", "")
        whose = f" ({code})" if code else ""
        return Asked(error=f"the answer has the status {reply.status}{whose}", cost_nano_usd=cost)
    try:
        answer = openai_chat.read_answer(reply.body)
    except VedetteError:
        return Asked(error="the answer is no chat completion", cost_nano_usd=cost)
    if answer.error:
        return Asked(error="the provider reports an error", cost_nano_usd=cost)
    said = answer.messages[:1]
    return Asked(
        said=Said(
            text=_text(said), refused=any(_has_refusal(one) for one in said),
            tools=tuple(
                part.name for one in said for part in one.parts if isinstance(part, ToolCallPart)
            ),
            latency_ms=round(latency_ms, 3),
            output_tokens=answer.usage.output_total if answer.usage else None,
        ),
        cost_nano_usd=cost, version=answer.model,
        finish_reason=next(iter(answer.finish_reasons), ""),
    )  # fmt: skip


def _text(said: Sequence[Message]) -> str:
    return "".join(
        part.content
        for one in said
        for part in one.parts
        if isinstance(part, TextPart | RefusalPart)
    )


def _has_refusal(message: Message) -> bool:
    return any(isinstance(part, RefusalPart) for part in message.parts)


def _cost(usd: str) -> int | None:
    try:
        return nano_usd(Decimal(usd)) if usd else None
    except ArithmeticError:
        return None


class Probing:
    """Start `start` once the gateway may be there; `desk` is for the API."""

    def __init__(
        self, records: Records, store: SpanStore, projects: Projects, gateway: OwnGateway,
        clock: Clock, *,
        settings: Callable[[], CoreSettings], report: Callable[[Event], None],
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._troubles = troubles or Troubles()
        self._projects = projects
        self._checks = judges()
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._queue: queue.Queue[tuple[Probe, ProbeRun] | None] = queue.Queue()
        self._free = threading.Semaphore(_RUNNERS)
        self._threads: list[threading.Thread] = []
        self.book = ProbeBook(records, clock, self._configured)
        self.desk = ProbeDesk(self.book, self._checks, clock, wake=self._awake.set, report=report)
        around = Surroundings(
            asks=GatewayAsks(gateway, clock), judges=self._checks,
            hasher=TextHasher(settings().hash_key), shelf=Shelf(records), report=report,
            cost_of=lambda project, trace: _cost_of(store, project, trace),
            usd_per_day=lambda: settings().drift.probe_usd_per_day,
            keeps_text=lambda: settings().capture == "full",
        )  # fmt: skip
        owner = f"{socket.gethostname()}:{os.getpid()}"
        self._runner = Runner(self.book, clock, around, owner=owner, stopping=self._stopping)

    def start(self) -> None:
        """Look for what is due from now on."""
        if not self._settings().drift.run_probes:
            return
        for one in self._settings().drift.probes:
            try:
                check_probe(one.probe, self._checks)
            except ConfigError as error:
                raise ConfigError(f"drift.probes: {one.probe.name!r}: {error.message}") from None
        work = [("probes", self._look), *((f"probe {n}", self._work) for n in range(_RUNNERS))]
        for name, target in work:
            thread = threading.Thread(target=target, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Ask nothing more; a question that is under way is left to itself."""
        self._stopping.set()
        self._awake.set()
        for _ in range(_RUNNERS):
            self._queue.put(None)
        for thread in self._threads:
            thread.join(_JOIN_S / len(self._threads))

    def _configured(self, project_id: str) -> tuple[Probe, ...]:
        return tuple(
            one.probe
            for one in self._settings().drift.probes
            if self._named(one.project) == project_id
        )

    def _named(self, project: str) -> str:
        """What is no name of a project is taken for an id."""
        try:
            return self._projects.find(project).value.id
        except VedetteError:
            return project

    def _look(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            with self._troubles.noted("probes"):
                self._claim_due()
            self._awake.wait(EVERY_S)

    def _claim_due(self) -> None:
        for project_id in dict.fromkeys(("default", *self._projects.recorded_ids())):
            for kept in self.book.list(project_id):
                # No claim without somebody who runs it now: it would expire in the queue.
                if self._stopping.is_set() or not self._free.acquire(blocking=False):
                    return
                run = None
                try:
                    run = self._runner.claim(project_id, kept)
                finally:
                    if run is None:
                        self._free.release()
                if run is not None:
                    self._queue.put((kept.probe, run))

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            probe, run = item
            with self._troubles.noted("runs of probes"):
                self._runner.run(probe, run)
            self._free.release()
            self._awake.set()


def _cost_of(store: SpanStore, project_id: str, trace_id: str) -> int | None:
    row = store.trace(project_id, trace_id)
    return None if row is None else row.cost_nano_usd
