"""Trouble with the disk and the database while calls come in: they are answered all the same."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.load import Load
from tests.support.served import WAIT_S, Served, serving, until

pytestmark = pytest.mark.slow

LOCK = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


def span_file(served: Served) -> Path:
    """The month's file, once the first call is recorded."""
    (path,) = (served.folder / "vedette-data").glob("spans-*.db")
    return path


def store_health(served: Served) -> dict[str, object]:
    _, body = served.ready_of(served.console)
    parts = {part["name"]: part for part in body.get("subsystems", ())}
    store: dict[str, object] = parts.get("store", {})
    return store


def wait_recorded(served: Served, load: Load) -> None:
    """All answered calls are in the list, each once."""
    found: list[str] = []

    def complete() -> bool | None:
        found[:] = [trace["session_id"] for trace in served.traces()]
        return True if set(load.tally.answered) <= set(found) else None

    until(complete, 30, lambda: f"{len(found)} of {len(load.tally.answered)}\n{served.output}")
    assert len(found) == len(set(found))


def check_unharmed(load: Load) -> None:
    assert (load.tally.broken, load.tally.wrong, load.tally.refused) == ([], [], [])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as running:
        with Load(running.gateway, threads=1) as first:
            first.wait(1)
        running.wait_traces(1)
        yield running


def test_a_lock_of_another_program_delays_records_only(served: Served) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(span_file(served))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "locked\n"
        with Load(served.gateway, threads=2) as load:
            load.wait(20)
            served.wait_log("tried again: The span store failed: database is locked", 12)
            load.wait(20)
        assert "locked" in str(store_health(served)["message"])
        holder.stdin.close()
    check_unharmed(load)
    wait_recorded(served, load)
    until(lambda: store_health(served)["ok"] or None, 10, lambda: str(store_health(served)))


def test_a_database_overwritten_with_noise_is_moved_aside(served: Served) -> None:
    path = span_file(served)
    with path.open("r+b") as file:
        size = path.stat().st_size
        file.write(os.urandom(max(size, 65_536)))
    (path.with_name(path.name + "-wal")).write_bytes(b"")
    with Load(served.gateway, threads=2) as load:
        served.wait_log("is damaged", 15)
        load.wait(30)
    check_unharmed(load)
    assert list(path.parent.glob(f"{path.name}.corrupt-*"))
    after = load.tally.answered.keys()

    def newest_there() -> bool | None:
        return (
            True if set(list(after)[-20:]) <= {t["session_id"] for t in served.traces()} else None
        )

    until(newest_there, 20, lambda: served.output)
    assert "moved aside" in str(store_health(served)["message"])


def test_nobody_else_reads_what_is_kept(served: Served) -> None:
    data = served.folder / "vedette-data"
    with Load(served.gateway) as load:
        load.wait(5)
    wait_recorded(served, load)
    files = [path for path in data.rglob("*") if path.is_file() and path.name != "audit.pub"]
    assert {path.name for path in files} >= {"records.db", "access.keys"}
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def work_of(served: Served) -> str:
    """What the health of the core says of its background work."""
    _, body = served.ready_of(served.console)
    parts = {part["name"]: str(part["message"]) for part in body.get("subsystems", ())}
    return parts.get("work", "")


def test_a_damaged_record_store_costs_saved_views_only(served: Served) -> None:
    assert served.stop() == 0
    (served.folder / "vedette-data" / "records.db").write_bytes(b"noise" * 5000)
    with serving(served.folder, name="again") as again:
        with Load(again.gateway) as load:
            load.wait(5)
        check_unharmed(load)
        wait_recorded(again, load)
        status, body = again.ready_of(again.console)
        parts = {part["name"]: part for part in body["subsystems"]}
        assert (status, body["status"]) == (200, "degraded")
        assert "not a database" in parts["records"]["message"]
        assert "not a database" in again.output
        assert "Traceback" not in again.output
        # What is tried again each second is not said each second.
        until(
            lambda: "what was spent before" in work_of(again) or None, WAIT_S, lambda: again.output
        )
        assert again.output.count("callbacks wait") <= 1
        assert again.output.count("what was spent before") <= 1


def test_a_deleted_data_directory_is_told(served: Served) -> None:
    subprocess.run(["rm", "-rf", str(served.folder / "vedette-data")], check=True)
    with Load(served.gateway, threads=1) as load:
        load.wait(20)
        until(
            lambda: True if served.ready_of(served.console)[0] == 503 else None, 10,
            lambda: str(served.ready_of(served.console)),
        )  # fmt: skip
        load.wait(5)
    check_unharmed(load)
    assert "is gone" in str(store_health(served)["message"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.getuid() or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True
    ).returncode:  # fmt: skip
        pytest.skip("needs the right to mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_costs_no_call_and_recovers(tmp_path: Path, small_disk: Path) -> None:
    env = {"VEDETTE_STORAGE__PATH": str(small_disk / "vedette-data")}
    served = Served(tmp_path, env=env)
    served.state_file = small_disk / "vedette-data" / "serve.json"
    ballast = small_disk / "ballast"
    try:
        served.ready()
        with Load(served.gateway, threads=1) as load:
            load.wait(2)
            served.wait_traces(2)
            fill(ballast)
            load.wait(50)
            served.wait_log("is full", 15)
            load.wait(10)
            assert served.ready_of(served.gateway)[0] == 200
            assert "full" in str(store_health(served)["message"]) or "free" in str(
                store_health(served)["message"]
            )
            ballast.unlink()
            load.wait(10)
        check_unharmed(load)
        wait_recorded(served, load)
        assert served.stop() == 0
        for path in (small_disk / "vedette-data").glob("*.db"):
            database = sqlite3.connect(path)
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.close()
    finally:
        served.close()


def fill(path: Path) -> None:
    """Write until the disk takes no more."""
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
