"""kill -9 of the core, of a worker, of the supervisor and of everything, under load."""

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import httpx2
import pytest

from tests.support.load import Load
from tests.support.served import WAIT_S, Served, alive, serving, until

pytestmark = pytest.mark.slow

SETTLED_S = 0.1
"""An answer older than this has its record out of the worker's hands."""


def recorded(served: Served, calls: Collection[str]) -> Counter[str]:
    """How often each call is recorded, once all of `calls` are; only those may be missing."""
    found: Counter[str] = Counter()

    def complete() -> Counter[str] | None:
        found.clear()
        found.update(trace["session_id"] for trace in served.traces())
        return found if set(calls) <= set(found) else None

    def complaint() -> str:
        lost = [call for call in calls if call not in found]
        gateway = served.ready_of(served.gateway)[1] if served.state["gateway"] else {}
        spilled = [path.name for path in (served.folder / "vedette-data" / "spill").iterdir()]
        return (
            f"{len(lost)} of {len(calls)} lost: {lost[:3]} to {lost[-3:]}; {gateway=} {spilled=}\n"
            f"{served.output[-2000:]}"
        )

    return until(complete, 20.0, complaint)


def check_exactly_once(served: Served, load: Load) -> None:
    """Every answered call is there, and none twice, neither in the list nor in the totals."""
    found = recorded(served, load.tally.answered)
    assert max(found.values()) == 1
    assert served.api("/metrics/summary")["current"]["requests"] == len(found)


def test_the_death_of_the_core_costs_no_call_and_no_record(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with Load(served.gateway) as load:
            load.wait(50)
            for _ in range(2):
                dead = served.kill_child("core")
                load.wait(100)
                served.wait_child("core", dead)
                load.wait(50)
        assert (load.tally.broken, load.tally.refused, load.tally.wrong) == ([], [], [])
        check_exactly_once(served, load)
        assert served.stop() == 0


def test_a_dead_worker_is_replaced_and_what_it_answered_is_recorded(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with Load(served.gateway, fresh=True) as load:
            load.wait(50)
            (worker,) = served.children("worker")
            killed_at = time.monotonic()
            os.kill(worker, signal.SIGKILL)
            answered = dict(load.tally.answered)
            before = {name for name, at in answered.items() if at < killed_at - SETTLED_S}
            served.wait_child("worker", worker)
            of_the_dead = set(load.tally.answered)
            load.wait(50)
        assert load.tally.refused == []
        assert load.tally.wrong == []
        assert len(load.tally.broken) <= 4
        out_of_hand = before | (set(load.tally.answered) - of_the_dead)
        assert max(recorded(served, out_of_hand).values()) == 1


def test_no_counter_falls_when_the_core_dies_after_a_worker_did(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with Load(served.gateway) as load:
            load.wait(50)
        counted = until(lambda: calls_of(served) or None, WAIT_S, lambda: "nothing is counted")
        served.wait_child("worker", served.kill_child("worker"))
        with Load(served.gateway) as load:
            load.wait(5)
        until(lambda: calls_of(served) > counted or None, WAIT_S, lambda: "no more is counted")
        counted = calls_of(served)
        served.wait_child("core", served.kill_child("core"))
        again = until(
            lambda: calls_of(served) or None, WAIT_S, lambda: "the console does not answer"
        )  # fmt: skip
        assert again >= counted


def calls_of(served: Served) -> float:
    """How many calls the console counts; 0 while nobody answers."""
    try:
        text = httpx2.get(f"{served.console}/metrics", timeout=10).text
    except httpx2.TransportError:
        return 0
    lines = [line for line in text.splitlines() if line.startswith("http_server_requests_total")]
    return sum(float(line.rpartition(" ")[2]) for line in lines)


def test_after_the_death_of_everything_nothing_recorded_is_lost(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with Load(served.gateway) as load:
            load.wait(100)
            acknowledged = {trace["session_id"] for trace in served.wait_traces(50)}
            load.wait(20)
            served.kill_everything()
    for path in (tmp_path / "vedette-data").glob("*.db"):
        database = sqlite3.connect(path)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
    with serving(tmp_path, name="again") as served:
        assert max(recorded(served, acknowledged).values()) == 1
        with Load(served.gateway) as load:
            load.wait(10)
        assert load.tally.wrong == []


def test_children_do_not_outlive_the_supervisor(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as served:
        orphans = [*served.children("core"), *served.children("worker")]
        assert len(orphans) == 3
        with Load(served.gateway) as load:
            load.wait(20)
            os.kill(served.process.pid, signal.SIGKILL)
            served.process.wait()
            until(
                lambda: True if not alive(orphans) else None, 5.0,
                lambda: f"{alive(orphans)} live on:\n{served.output}",
            )  # fmt: skip
        assert load.tally.wrong == []
    with serving(tmp_path, name="again") as served:
        check_exactly_once(served, load)


def test_the_gateway_serves_without_a_core_and_the_core_catches_up(tmp_path: Path) -> None:
    spill = tmp_path / "vedette-data" / "spill"
    with serving(tmp_path, "--role", "gateway", name="gateway") as gateway:
        with Load(gateway.gateway) as load:
            load.wait(100)
            until(
                lambda: list(spill.iterdir()) or None, WAIT_S, lambda: "nothing was spilled"
            )  # fmt: skip
            load.wait(100)
        status, body = gateway.ready_of(gateway.gateway)
        assert (status, body["status"], body["core"]) == (200, "degraded", "away")
        with serving(tmp_path, "--role", "core", name="core") as core:
            check_exactly_once(core, load)
            until(
                lambda: True if not list(spill.iterdir()) else None, WAIT_S,
                lambda: f"left: {list(spill.iterdir())}",
            )  # fmt: skip
            with Load(gateway.gateway) as more:
                more.wait(20)
            recorded(core, more.tally.answered)
        assert load.tally.broken + load.tally.wrong == []
        assert gateway.stop() == 0


def test_spilled_records_survive_the_death_of_their_worker(tmp_path: Path) -> None:
    spill = tmp_path / "vedette-data" / "spill"
    with serving(tmp_path, "--role", "gateway", name="gateway") as gateway:
        with Load(gateway.gateway) as load:
            load.wait(50)
            until(lambda: list(spill.iterdir()) or None, WAIT_S, lambda: "nothing was spilled")
        until(
            lambda: True if gateway.ready_of(gateway.gateway)[1]["records_waiting"] == 0 else None,
            WAIT_S, lambda: "records stay in memory",
        )  # fmt: skip
        gateway.kill_everything()
    with serving(tmp_path, name="all") as served:
        check_exactly_once(served, load)
