"""`vedette demo`."""

import http.client
import json
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.remote import running_console, running_gateway
from vedette.clock import Clock, SystemClock
from vedette.errors import VedetteError
from vedette.sim.traffic import MODEL, Visit, visits
from vedette.sim.visitor import Outcome, Visitor

THREADS: Final = 16
PROBE_S: Final = 5.0
_MOST_BYTES: Final = 16_777_216
_WANTED: Final = frozenset({MODEL, MODEL.partition("/")[2]})
"""Of the gateway, and of the provider itself."""


class NoGateway(VedetteError):
    """Nothing that looks like a gateway answers."""

    code = "no_gateway"
    status = 503


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    *,
    url: Annotated[
        str,
        typer.Option(
            help="Base URL of the gateway, with its /v1. Else that of the Vedette running here.",
            show_default=False,
        ),
    ] = "",
    requests: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many to send.")] = 150,
    rate: Annotated[float, typer.Option(min=0.1, max=1000, help="Requests a second.")] = 10.0,
    seed: Annotated[int, typer.Option(help="The same seed asks the same questions.")] = 1,
    key: Annotated[
        str, typer.Option(envvar="VEDETTE_DEMO_KEY", help="Key, where the gateway asks for one.")
    ] = "",
    console: Annotated[
        str,
        typer.Option(
            help="Where the console is; shown at the end. Else that of the Vedette running here.",
            show_default=False,
        ),
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Send varied traffic through a running gateway to its simulated provider.

    Chats of several users and turns, streams, tool calls, structured answers, embeddings, slow
    answers and failures. No key of a provider is needed and nothing is billed.
    """
    clock = SystemClock()
    if not (url and console):
        loaded = load_config(config)
        url = url or f"{running_gateway(loaded)}/v1"
        console = console or running_console(loaded)
    check_gateway(url, key)
    screen = Console()
    show = Show(clock=clock, rate=rate, url=url, key=key)
    planned = list(visits(seed, requests, run=clock.span_id()[:6]))
    with _progress(screen) as progress:
        task = progress.add_task("Sending", total=requests)
        outcomes = show.run(planned, lambda: progress.advance(task))
    screen.print(summary(outcomes))
    screen.print(f"See them in the console: [link={console}]{console}[/link]")


def check_gateway(url: str, key: str) -> None:
    """Raise NoGateway, saying what to do, unless `url` lists models of the sim provider."""
    split = urlsplit(url)
    if split.scheme not in ("http", "https") or not split.hostname:
        raise NoGateway(f"--url must be an http address such as http://127.0.0.1:4000/v1: {url!r}")
    try:
        status, models = _probe(url, key)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoGateway(
            f"No gateway answers at {url} ({type(error).__name__}). "
            "Start one in another terminal with `vedette serve`, then run `vedette demo` again."
        ) from None
    if status in (401, 403):
        raise NoGateway(f"The gateway at {url} asks for a key: pass one with --key.")
    if status != 200:
        raise NoGateway(
            f"What answers at {url} is not a Vedette gateway with its simulated provider "
            f"(GET /models gave {status}). Check --url, and `gateway.sim` in the configuration."
        )
    if _WANTED.isdisjoint(models):
        raise NoGateway(
            f"What answers at {url} has no simulated provider for this key: the model {MODEL} is "
            "not in its list. Check --url and --key, and `gateway.sim` in the configuration."
        )


def _probe(url: str, key: str) -> tuple[int, list[str]]:
    """The status, and the models that are listed."""
    split = urlsplit(url)
    kind = http.client.HTTPSConnection if split.scheme == "https" else http.client.HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=PROBE_S)
    try:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        connection.request("GET", split.path.rstrip("/") + "/models", headers=headers)
        answer = connection.getresponse()
        return answer.status, _models_in(answer.read(_MOST_BYTES))
    finally:
        connection.close()


def _models_in(body: bytes) -> list[str]:
    """Names out of a list of models; none out of anything else."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return []
    listed = told.get("data") if isinstance(told, dict) else None
    return [
        str(one.get("id"))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    ]


class Show:
    """Plays visits in threads, requests spread over time at `rate` a second."""

    def __init__(self, *, clock: Clock, rate: float, url: str, key: str) -> None:
        self._clock = clock
        self._gap_s = 1 / rate
        self._url = url
        self._key = key
        self._next_at = clock.monotonic()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._outcomes: list[Outcome] = []

    def run(self, planned: list[Visit], advance: Callable[[], None]) -> list[Outcome]:
        """Play all visits and return how each request went; Ctrl-C stops early."""
        waiting: queue.SimpleQueue[Visit] = queue.SimpleQueue()
        for visit in planned:
            waiting.put(visit)
        threads = [
            threading.Thread(target=self._play_all, args=(waiting, advance), daemon=True)
            for _ in range(min(THREADS, len(planned)))
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.1)
        except KeyboardInterrupt:
            self._stopped.set()
        return self._outcomes

    def _play_all(self, waiting: queue.SimpleQueue[Visit], advance: Callable[[], None]) -> None:
        visitor = Visitor(self._url, key=self._key, clock=self._clock, wait_turn=self._wait_turn)
        try:
            while not self._stopped.is_set():
                visit = waiting.get_nowait()
                for outcome in visitor.play(visit):
                    self._outcomes.append(outcome)
                    advance()
        except queue.Empty:
            return
        finally:
            visitor.close()

    def _wait_turn(self) -> bool:
        """Sleep until this request is due; false when the show is over."""
        with self._lock:
            now = self._clock.monotonic()
            at = max(self._next_at, now)
            self._next_at = at + self._gap_s
        return not self._stopped.wait(at - now)


def summary(outcomes: Sequence[Outcome]) -> Table:
    """What was sent and how it went, a row for each kind of visit."""
    by_kind: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind].append(outcome)
    table = Table(title=f"{len(outcomes)} requests sent", title_justify="left")
    table.add_column("kind")
    for title in ("requests", "streamed", "failed", "tokens in", "tokens out", "median s"):
        table.add_column(title, justify="right")
    for kind, some in sorted(by_kind.items()):
        table.add_row(kind, *_figures(some))
    table.add_section()
    table.add_row("all", *_figures(outcomes))
    return table


def _figures(outcomes: Sequence[Outcome]) -> list[str]:
    seconds = sorted(outcome.seconds for outcome in outcomes)
    return [
        str(len(outcomes)),
        str(sum(outcome.streamed for outcome in outcomes)),
        str(sum(not outcome.went_well for outcome in outcomes)),
        f"{sum(outcome.input_tokens for outcome in outcomes):,}",
        f"{sum(outcome.output_tokens for outcome in outcomes):,}",
        f"{seconds[len(seconds) // 2]:.2f}" if seconds else "-",
    ]


def _progress(screen: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
    )
