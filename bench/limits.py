"""Microseconds of Python per call for keys, limits and budgets.

`python -m bench.limits` finds a virtual key, holds what a call may come to in the counters that all
workers share, and settles it: what the gateway does beside forwarding. Process CPU time, the best
of several rounds. The first line is of a client whose head the worker knows, as of one that keeps
its connection; the call of the last line falls under no limit at all.
"""

import hashlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.hotpath import MESSAGES, MODEL, request_bytes
from vedette.clock import SystemClock
from vedette.costs.counters import Counters
from vedette.costs.prices import PriceIndex
from vedette.dialects.openai_head import peek
from vedette.gateway.breaker import Breaker
from vedette.gateway.directory import Directory, Upstream
from vedette.gateway.exchange import Exchange
from vedette.gateway.fetching import Fetcher
from vedette.gateway.identify import Admission, Gatekeeper
from vedette.gateway.limits import Limiter
from vedette.gateway.routes import Endpoint
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.tenants import Tenants
from vedette.gateway.tokens import Tokens
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.http1.request import Head
from vedette.http1.server import Body, Request, Response
from vedette.model.settings import GatewaySettings, ProviderSettings
from vedette.model.tenant import AccessSnapshot, Allowance, Budget, Limits, Project, VirtualKey
from vedette.model.usage import Usage
from vedette.providers.openai import Provider
from vedette.tasks import Tasks

CALLS = 20_000
ROUNDS = 7
SECRET = "vdt_0123456789ab_" + "0" * 48
PLENTY = 10**15
CHAT = Endpoint("chat", "openai_chat", "/chat/completions")
USAGE = Usage(input_uncached=25, output_text=60)


class _Nobody:
    """Where a connection would be."""

    keeps_open = True

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


def allowance(*, budgets: int) -> Allowance:
    return Allowance(
        budgets=(Budget(limit_nano_usd=PLENTY, window="month"),) * budgets,
        limits=Limits(rpm=PLENTY, tpm=PLENTY) if budgets else Limits(),
    )


class Bench:
    """One worker's limiter over a file of counters, and one call."""

    def __init__(self, folder: Path, *, budgets: int) -> None:
        """`budgets`: of the key, then of the project; without any there are no limits either."""
        clock, tasks = SystemClock(), Tasks()
        deadlines = Deadlines(clock)
        fetcher = Fetcher(clock, deadlines)
        counters = Counters.at(str(folder / f"counters-{budgets}"))
        counters.join()
        services = Services(
            clock=clock, deadlines=deadlines, tasks=tasks, prices=PriceIndex.load(),
            tee_breaker=Breaker("tee", clock), answer_breaker=Breaker("answer", clock),
            price_breaker=Breaker("price", clock),
            tokens=Tokens(clock, fetcher, deadlines, tasks), counters=counters,
        )  # fmt: skip
        provider = ProviderSettings(
            name="p", kind="openai", base_url="http://127.0.0.1:1/v1", price_provider="openai"
        )
        settings = GatewaySettings(version=1, providers=(provider,), default_provider="p")
        origin = Origin.of(provider.base_url, True, "")
        pool = Pool(origin, max_connections=1, deadlines=deadlines, clock=clock)
        directory = Directory(settings, {"p": Upstream(Provider(provider), pool)})
        of_key = allowance(budgets=min(budgets, 1))
        of_project = Allowance(budgets=of_key.budgets[: budgets - 1])
        key = VirtualKey(
            id="0123456789ab", sha256=hashlib.sha256(SECRET.encode()).hexdigest(),
            project_id="prj", allowance=of_key,
        )  # fmt: skip
        project = Project(id="prj", name="P", allowance=of_project)
        tenants = Tenants(AccessSnapshot(version=1, keys=(key,), projects=(project,)))
        self.runtime = Runtime(settings, Gatekeeper(settings, tenants), directory)
        self.clock = clock
        self.limiter = Limiter(services)
        self.body = request_bytes(max_tokens=500).partition(b"\r\n\r\n")[2]
        self.head = peek(self.body)
        self.plan = directory.plan(MODEL)
        headers = [(b"authorization", b"Bearer " + SECRET.encode())]
        self.request = Request(
            Head("POST", b"/v1/chat/completions", headers), peer="127.0.0.1",
            body=Body(_Nobody(), 0),
        )  # fmt: skip
        self.request.head.is_known = True

    def exchange(self) -> Exchange:
        response = Response(_Nobody(), method="POST", minor=1, keep_alive=True)
        exchange = Exchange(self.request, response, CHAT)
        exchange.body, exchange.head, exchange.plan = self.body, self.head, self.plan
        exchange.requested_model = MODEL
        exchange.started_ns = self.clock.now_ns()
        return exchange

    def without(self) -> None:
        """What the measured call needs beside what is measured."""
        exchange = self.exchange()
        exchange.usage, exchange.cost_nano_usd, exchange.status = USAGE, 39_750, 200

    def call_again(self) -> None:
        """The same, by a client whose head is known."""
        gatekeeper = self.runtime.gatekeeper
        admission = gatekeeper.recall(self.request.head, self.clock)
        if admission is None:
            key = gatekeeper.check_key(self.request, self.clock.now_ns())
            admission = gatekeeper.admit(self.request.head, Admission(CHAT, key))
        self._pass(admission.key)

    def call(self) -> None:
        """Find the key, hold, settle."""
        self._pass(self.runtime.gatekeeper.check_key(self.request, self.clock.now_ns()))

    def _pass(self, key: VirtualKey | None) -> None:
        exchange = self.exchange()
        exchange.tenant = key
        gatekeeper = self.runtime.gatekeeper
        exchange.project_id = gatekeeper.project_of(self.request, exchange.tenant)
        assert self.limiter.admit(exchange, self.runtime) is None
        exchange.usage, exchange.cost_nano_usd, exchange.status = USAGE, 39_750, 200
        if exchange.lease is not None:
            self.limiter.settle(exchange)


def cpu_us(step: Callable[[], None]) -> float:
    """The best round, per call."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(CALLS):
            step()
        best = min(best, time.process_time() - started)
    return best / CALLS * 1e6


def main() -> None:
    """Print the figures."""
    assert MESSAGES
    with tempfile.TemporaryDirectory() as folder:
        for budgets, name in (
            (1, "key, requests and tokens a minute, a budget"),
            (2, "the same and a budget of the project"),
            (0, "key, no limits"),
        ):
            bench = Bench(Path(folder), budgets=budgets)
            bench.call()
            if budgets == 1:
                known = cpu_us(bench.call_again) - cpu_us(bench.without)
                print(f"{known:6.2f} us  key of a known head, the rest as below")
            print(f"{cpu_us(bench.call) - cpu_us(bench.without):6.2f} us  {name}")


if __name__ == "__main__":
    main()
