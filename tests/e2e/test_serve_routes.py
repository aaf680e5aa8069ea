"""Routes made in the console: live in two seconds, there after a restart, gone when deleted."""

import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.served import Served, serving, until
from vedette.app.snapshot import run_paths
from vedette.config.schema import Config

pytestmark = pytest.mark.slow

BASE: dict[str, Any] = {
    "providers": [
        {"name": "first", "kind": "sim"},
        {"name": "dead", "kind": "openai", "base_url": "http://127.0.0.1:9/v1", "api_key": "k"},
    ],
    "gateway": {"listen": "127.0.0.1:0"},
    "routes": [{"model": "old", "targets": [{"provider": "first", "model": "chat"}]}],
}
LIVE_S = 2.0


def asked(served: Served, model: str) -> httpx2.Response:
    body = {"model": model, "messages": [{"role": "user", "content": "x"}]}
    return httpx2.post(f"{served.gateway}/v1/chat/completions", json=body, timeout=10)


def routes(served: Served) -> str:
    return f"{served.console}/api/v1/routes"


def body(*targets: dict[str, str], name: str = "team/new") -> dict[str, Any]:
    return {"model": name, "targets": list(targets) or [{"provider": "first", "model": "chat"}]}


def wait_status(served: Served, model: str, status: int) -> None:
    def is_so() -> bool | None:
        return True if asked(served, model).status_code == status else None

    until(is_so, LIVE_S, lambda: f"{model} is not {status} after {LIVE_S} s:\n{served.output}")


def test_a_route_of_the_console_is_served_without_a_restart(tmp_path: Path) -> None:
    with serving(
        tmp_path, config=BASE | {"gateway": {"listen": "127.0.0.1:0", "workers": 2}}
    ) as served:
        made = httpx2.post(routes(served), json=body())
        assert made.status_code == 201, made.text
        wait_status(served, "team/new", 200)
        assert served.api("/routes/team%2Fnew")["problem"] is None
        assert asked(served, "old").status_code == 200
        gone = httpx2.delete(
            f"{routes(served)}/team%2Fnew", headers={"if-match": made.headers["etag"]}
        )
        assert gone.status_code == 204
        wait_status(served, "team/new", 502)  # The default provider has all other names.


def test_it_is_there_after_a_restart_and_yields_to_the_file(tmp_path: Path) -> None:
    with serving(tmp_path, config=BASE) as served:
        assert httpx2.post(routes(served), json=body()).status_code == 201
    with serving(tmp_path, name="again") as served:
        assert asked(served, "team/new").status_code == 200
        own = {"model": "team/new", "targets": [{"provider": "dead", "model": "m"}]}
        served.write_config(BASE | {"routes": [*BASE["routes"], own]})
        served.wait_log("configuration reloaded")
        wait_status(served, "team/new", 502)
        of_file, hidden = served.api("/routes")["items"][1:]
        assert (of_file["origin"], hidden["origin"]) == ("file", "managed")
        assert "that one counts" in hidden["problem"]


def test_routes_need_no_configuration_file(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        target = {"provider": "sim", "model": "chat"}
        assert httpx2.post(routes(served), json=body(target)).status_code == 201
        wait_status(served, "team/new", 200)


def test_in_memory_nothing_is_left(tmp_path: Path) -> None:
    where = {"listen": "127.0.0.1:0"}
    storage = {"profile": "memory", "path": str(tmp_path / "d")}
    config = BASE | {"storage": storage, "gateway": where, "console": where}
    state_file = run_paths(Config.model_validate(config)).state
    for name in ("once", "again"):
        served = Served(tmp_path, config=config, name=name)
        try:
            served.state_file = state_file
            served.ready()
            assert [one["origin"] for one in served.api("/routes")["items"]] == ["file"]
            assert httpx2.post(routes(served), json=body()).status_code == 201
            wait_status(served, "team/new", 200)
        finally:
            served.close()


def test_a_target_that_fails_is_seen_and_explained(tmp_path: Path) -> None:
    route = body({"provider": "dead", "model": "m"}, {"provider": "first", "model": "chat"})
    with serving(tmp_path, config=BASE | {"routes": [route]}) as served:
        # By its own name it is asked even where a probe found it dead before any call did.
        assert asked(served, "dead/m").status_code == 502
        for _ in range(4):
            answer = asked(served, "team/new")
            assert (answer.status_code, answer.headers["x-vedette-provider"]) == (200, "first")

        def opened() -> dict[str, Any] | None:
            """The worker tells the state, records tell the errors: each comes in its time."""
            detail: dict[str, Any] = served.api("/providers/dead")
            (target,) = detail["provider"]["targets"]
            errors = sum(point["errors"] for point in detail["history"])
            if detail["provider"]["state"] != "open":
                # Or its rest is over before all was told: it fails once more and rests for longer.
                asked(served, "team/new")
            elif target["last_error"] and errors:
                return detail
            return None

        detail = until(opened, 60, lambda: f"not open:\n{served.output}")
        (target,) = detail["provider"]["targets"]
        assert (target["last_error"], target["routes"]) == ("connect_refused", ["team/new"])
        assert target["timeline"][-1]["state"] == "open"
        assert detail["provider"]["outcomes"][0]["outcome"] == "connect_refused"
        question = {"model": "team/new", "client": "anthropic"}
        told = httpx2.post(f"{routes(served)}/explain", json=question).json()
        assert [(one["provider"], one["position"]) for one in told["targets"]] == [
            ("first", 1), ("dead", 2),
        ]  # fmt: skip
        assert told["targets"][1]["health"]["state"] == "open"
        assert told["targets"][0]["translated"] is True


def test_a_change_is_live_in_two_seconds(tmp_path: Path) -> None:
    with serving(tmp_path, config=BASE) as served:
        made = httpx2.post(routes(served), json=body({"provider": "dead", "model": "m"}))
        wait_status(served, "team/new", 502)
        started = time.monotonic()
        changed = httpx2.put(
            f"{routes(served)}/team%2Fnew", json=body(), headers={"if-match": made.headers["etag"]}
        )
        assert changed.status_code == 200, changed.text
        wait_status(served, "team/new", 200)
        assert time.monotonic() - started < LIVE_S + 1
