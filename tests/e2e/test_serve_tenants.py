"""Keys and credentials in a running Vedette: in force at once, everywhere, whatever dies."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from tests.support.served import WAIT_S, Served, serving, until
from tests.support.upstream import Upstream
from vedette.model.tenant import AccessSnapshot

pytestmark = pytest.mark.slow

TWO: dict[str, Any] = {
    "gateway": {"listen": "127.0.0.1:0", "workers": 2}, "console": {"listen": "127.0.0.1:0"},
}  # fmt: skip
BODY = {"model": "sim/chat", "messages": [{"role": "user", "content": "x"}]}
SECOND_S = 1.0


def ask(method: str, served: Served, path: str, body: Any = None) -> Any:
    answer = httpx2.request(
        method, f"{served.console}/api/v1{path}", json=body, headers=served.headers, timeout=10
    )
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def make(served: Served, **body: Any) -> tuple[str, str]:
    """(id, key)"""
    made = ask("POST", served, "/keys", {"project": "default", "name": "k"} | body)
    return made["id"], made["key"]


def status(gateway: "httpx2.Client | Served", key: str) -> int:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    path = "/v1/chat/completions"
    if isinstance(gateway, httpx2.Client):
        return gateway.post(path, json=BODY, headers=headers).status_code
    url = gateway.gateway + path
    return httpx2.post(url, json=BODY, headers=headers, timeout=10).status_code


def wait_status(served: Served, key: str, wanted: int) -> None:
    until(
        lambda: status(served, key) == wanted or None, WAIT_S,
        lambda: f"no {wanted}:\n{served.output}",
    )  # fmt: skip


@contextmanager
def each_worker(served: Served) -> Iterator[list[httpx2.Client]]:
    """A connection to each of two workers: while one is halted the other takes what comes."""
    clients = []
    workers = served.children("worker")
    assert len(workers) == 2
    try:
        for halted in workers:
            os.kill(halted, signal.SIGSTOP)
            try:
                client = httpx2.Client(base_url=served.gateway, timeout=10)
                clients.append(client)
                assert client.get("/health/live").status_code == 200
            finally:
                os.kill(halted, signal.SIGCONT)
        yield clients
    finally:
        for client in clients:
            client.close()


def test_a_revocation_reaches_both_workers_within_a_second(tmp_path: Path) -> None:
    with serving(tmp_path, config=TWO) as served, each_worker(served) as workers:
        keys = [make(served) for _ in range(4)]
        for _, key in keys:
            for worker in workers:
                until(lambda: status(worker, key) == 200 or None, SECOND_S, lambda: "not known")  # noqa: B023
        revocations = (
            ("DELETE", f"/keys/{keys[0][0]}", None),
            ("PATCH", f"/keys/{keys[1][0]}", {"disabled": True}),
            ("POST", f"/keys/{keys[2][0]}/rotate", {"overlap_s": 0}),
            ("DELETE", f"/keys/{keys[3][0]}", None),
        )
        for (method, path, body), (_, key) in zip(revocations, keys, strict=True):
            ask(method, served, path, body)
            started = time.monotonic()
            for worker in workers:
                until(lambda: status(worker, key) == 401 or None, SECOND_S, lambda: "still good")  # noqa: B023
            assert time.monotonic() - started < SECOND_S


def test_a_key_is_good_as_soon_as_it_is_made(tmp_path: Path) -> None:
    with serving(tmp_path, config={**TWO, "access": {"require_key": True}}) as served:
        assert status(served, "") == 401
        for number in range(3):
            _, key = make(served, name=f"k{number}")
            assert status(served, key) == 200
            _, key = make(served, name=f"l{number}")
            headers = {"authorization": f"Bearer {key}"}
            url = f"{served.gateway}/v1/models"
            assert httpx2.get(url, headers=headers, timeout=10).status_code == 200


def test_the_last_key_that_goes_leaves_the_door_shut(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert status(served, "") == 200
        id, key = make(served)
        wait_status(served, "", 401)
        ask("DELETE", served, f"/keys/{id}")
        wait_status(served, key, 401)
        assert status(served, "") == 401
        ask("POST", served, "/keys/open")
        wait_status(served, "", 200)


def test_calls_belong_to_the_project_of_their_key(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        project = ask("POST", served, "/projects", {"name": "search"})
        _, here = make(served)
        id, there = make(served, project="search", models=["sim/*"])
        wait_status(served, "", 401)
        wait_status(served, there, 200)
        assert status(served, here) == 200

        def traces(**query: str) -> list[Any]:
            found: list[Any] = served.api("/traces", **query)["items"]
            return found

        until(lambda: traces(project="search") or None, 10, lambda: served.output)
        until(lambda: traces() or None, 10, lambda: served.output)
        (mine,), (other, *_) = traces(project=project["id"]), traces()
        assert mine["trace_id"] != other["trace_id"]
        assert status(served, f"{there}x") == 401
        listed = served.run("keys", "list", "--project", "search")
        assert id in listed.stdout
        _, elsewhere = make(served, models=["gpt-*"])
        wait_status(served, elsewhere, 403)


def test_keys_go_on_working_while_the_core_is_down(tmp_path: Path) -> None:
    with serving(tmp_path, "--role", "core", config=TWO) as core:
        gateway_of = Served(tmp_path, "--role", "gateway", name="gateway")
        try:
            gateway = gateway_of.ready()
            (good_id, good), (bad_id, bad) = make(core), make(core)
            ask("DELETE", core, f"/keys/{bad_id}")
            wait_status(gateway, good, 200)
            wait_status(gateway, bad, 401)
            assert core.stop() == 0
            assert status(gateway, good) == 200
            workers = gateway.children("worker")
            for dead in workers:
                os.kill(dead, signal.SIGKILL)
                gateway.wait_child("worker", dead)
            until(lambda: len(gateway.children("worker")) == 2 or None, 10, lambda: gateway.output)
            for _ in range(10):
                assert (status(gateway, good), status(gateway, bad), status(gateway, "")) == (
                    200, 401, 401,
                )  # fmt: skip
            with serving(tmp_path, "--role", "core", name="again") as again:
                assert ask("GET", again, f"/keys/{good_id}")["status"] == "active"
                ask("DELETE", again, f"/keys/{good_id}")
                wait_status(gateway, good, 401)
        finally:
            gateway_of.close()


def test_kill_9_of_everything_loses_no_key_that_was_answered(tmp_path: Path) -> None:
    made: list[tuple[str, str]] = []
    with serving(tmp_path, config=TWO) as served:
        stopping = threading.Event()

        def make_many() -> None:
            while not stopping.is_set():
                try:
                    made.append(make(served))
                except httpx2.TransportError:
                    return

        threads = [threading.Thread(target=make_many) for _ in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: len(made) >= 40 or None, 20, lambda: served.output)
        served.kill_everything()
        stopping.set()
        for thread in threads:
            thread.join(20)
    file = tmp_path / "vedette-data" / "access.keys"
    snapshot = msgspec.msgpack.decode(file.read_bytes(), type=AccessSnapshot)
    assert {id for id, _ in made} <= {key.id for key in snapshot.keys}
    with serving(tmp_path) as served:
        kept = {key["id"] for key in served.api("/keys", limit=1000)["items"]}
        assert {id for id, _ in made} <= kept
        for _, key in made[:3] + made[-3:]:
            assert status(served, key) == 200


def test_in_profile_memory_keys_live_as_long_as_the_program(tmp_path: Path) -> None:
    served = Served(tmp_path, env={"VEDETTE_STORAGE__PROFILE": "memory"})
    try:
        served.wait_log("is ready")
        lines = served.output.splitlines()
        gateway, console = (
            next(line.split("http://")[1].split()[0] for line in lines if name in line)
            for name in ("gateway  http", "console  http")
        )
        served.state = {"gateway": gateway.removesuffix("/v1"), "console": console}
        _, key = make(served)
        wait_status(served, "", 401)
        assert status(served, key) == 200
        assert not (tmp_path / "vedette-data").exists()
    finally:
        served.close()


async def test_a_credential_of_the_vault_is_exchanged_without_a_restart(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        config = {
            "providers": [{
                "name": "p", "kind": "openai", "base_url": upstream.url, "models": ["sim/chat"],
                "api_key": "vault:p",
            }],
            "routes": [{"model": "sim/chat", "targets": [{"provider": "p", "model": "m"}]}],
            "gateway": {"sim": False},
        }  # fmt: skip
        env = {"MY_KEY": "sk-first"}
        refused = Served(tmp_path, config=config, env=env)
        assert await asyncio.to_thread(refused.process.wait, 20) == 1
        assert "There is no credential 'p'" in refused.output
        done = await asyncio.to_thread(refused.run, "credentials", "set", "p", "--env", "MY_KEY")
        assert done.returncode == 0, done.stderr

        def sent(served: Served, key: str) -> bool | None:
            used = status(served, "") == 200 and upstream.requests[-1].header("authorization")
            return used == f"Bearer {key}" or None

        with serving(tmp_path, config=config, env=env) as served:

            async def wait_sent(key: str) -> None:
                await asyncio.to_thread(until, lambda: sent(served, key), 10, lambda: served.output)

            await wait_sent("sk-first")
            path = f"{served.console}/api/v1/credentials/p"
            answer = await asyncio.to_thread(httpx2.put, path, json={"value": "sk-second"})
            assert answer.status_code == 200
            await wait_sent("sk-second")
            done = await asyncio.to_thread(served.run, "credentials", "rekey")
            assert done.returncode == 0, done.stderr
            await asyncio.to_thread(httpx2.delete, path)
            await asyncio.to_thread(served.wait_log, "There is no credential 'p'")
            await wait_sent("sk-second")
            _, key = await asyncio.to_thread(make, served)
            secrets = ("sk-first", "sk-second", key.rpartition("_")[2])
            assert not any(secret in served.output + refused.output for secret in secrets)
        for file in (tmp_path / "vedette-data").rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            assert not any(secret.encode() in content for secret in secrets), file
