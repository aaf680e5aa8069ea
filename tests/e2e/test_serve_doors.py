"""Who may come in, what is said when the door cannot open, and what must never be printed."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.load import Load
from tests.support.served import (
    COMMAND,
    START_S,
    STOP_S,
    Served,
    environment,
    serving,
    until,
    vedette,
)

pytestmark = pytest.mark.slow

CLIENT_KEY = "client-key-4711-abcdef"
CONSOLE_TOKEN = "console-token-0815-ghijkl"
PROVIDER_KEY = "sk-provider-9999-mnopqr"
PROMPT = "xylophone quagmire zeppelin"
SECRETS = (CLIENT_KEY, CONSOLE_TOKEN, PROVIDER_KEY, PROMPT)

LOCKED: dict[str, Any] = {
    "gateway": {"listen": "127.0.0.1:0", "api_keys": ["${CLIENT_KEY}"], "workers": 2},
    "console": {"listen": "127.0.0.1:0", "token": "${CONSOLE_TOKEN}"},
    "providers": [
        {"name": "dead", "kind": "openai", "base_url": "http://127.0.0.1:9/v1",
         "api_key": "${PROVIDER_KEY}"},
    ],
    "routes": [{"model": "broken", "retries": 0, "targets": [{"provider": "dead", "model": "m"}]}],
    "logging": {"level": "debug", "format": "json"},
}  # fmt: skip
KEYS = {
    "CLIENT_KEY": CLIENT_KEY,
    "CONSOLE_TOKEN": CONSOLE_TOKEN,
    "PROVIDER_KEY": PROVIDER_KEY,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("doors"), config=LOCKED, env=KEYS) as running:
        running.headers = {"authorization": f"Bearer {CONSOLE_TOKEN}"}
        yield running


def chat(served: Served, key: str, model: str = "sim/chat", **options: Any) -> httpx2.Response:
    return httpx2.post(
        f"{served.gateway}/v1/chat/completions",
        json={"model": model, "messages": [{"role": "user", "content": PROMPT}], **options},
        headers={"authorization": f"Bearer {key}"} if key else {},
        timeout=10,
    )


def test_the_gateway_asks_for_a_key(served: Served) -> None:
    assert chat(served, "").status_code == 401
    assert chat(served, "wrong").status_code == 401
    assert chat(served, CLIENT_KEY).status_code == 200


def test_the_console_asks_for_its_token(served: Served) -> None:
    url = f"{served.console}/api/v1/traces"
    assert httpx2.get(url).status_code == 401
    assert httpx2.get(url, headers={"authorization": "Bearer wrong"}).status_code == 401
    assert httpx2.get(url, headers=served.headers).status_code == 200


def test_both_workers_serve_and_their_numbers_are_added_up(served: Served) -> None:
    first, second = served.children("worker")
    before = len(served.wait_traces(1))
    for _ in range(20):
        assert chat(served, CLIENT_KEY).status_code == 200
    until(
        lambda: True if requests_counted(served) == before + 20 else None, 5,
        lambda: f"{requests_counted(served)} is not {before} + 20",
    )  # fmt: skip
    dead = served.kill_child("worker", 0)
    assert dead == first
    for _ in range(10):
        assert chat(served, CLIENT_KEY).status_code == 200
    until(lambda: True if len(served.children("worker")) == 2 else None, 10, lambda: served.output)
    assert second in served.children("worker")
    until(
        lambda: True if requests_counted(served) == before + 30 else None, 5,
        lambda: f"{requests_counted(served)} is not {before} + 30",
    )  # fmt: skip


def requests_counted(served: Served) -> int:
    text = httpx2.get(f"{served.console}/metrics", headers=served.headers).text
    pattern = r'http_server_requests_total\{operation="chat",status_code="200"\} (\d+)'
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def test_nothing_secret_is_printed(served: Served) -> None:
    chat(served, CLIENT_KEY, model="broken")
    chat(served, CLIENT_KEY, metadata={"sim_error": "500"})
    chat(served, CLIENT_KEY, model="nobody/knows")
    served.kill_child("core")
    until(
        lambda: True if served.ready_of(served.console)[0] == 200 else None, 10, lambda: "no core"
    )
    shown = [served.run("config", "show"), served.run("validate"), served.run("traces", "list")]
    for command in shown:
        assert command.returncode == 0, command.stderr
    printed = served.output + "".join(done.stdout + done.stderr for done in shown)
    assert [secret for secret in SECRETS if secret in printed] == []
    lines = [line for line in served.output.splitlines() if line.startswith("{")]
    assert lines
    assert all(json.loads(line)["level"] for line in lines)
    state = (served.folder / "vedette-data" / "serve.json").read_text()
    assert [secret for secret in SECRETS if secret in state] == []
    command_lines = Path("/proc")
    if command_lines.is_dir():
        pids = [served.process.pid, *served.children("worker"), *served.children("core")]
        for pid in pids[1:]:
            environ = (command_lines / str(pid) / "environ").read_bytes()
            assert [key for key in SECRETS if key.encode() in environ] == []


def test_commands_work_beside_the_server(served: Served) -> None:
    assert chat(served, CLIENT_KEY).status_code == 200
    items = served.wait_traces(1)
    listed = served.run("traces", "list", "--format", "json", "--limit", "5")
    assert listed.returncode == 0, listed.stderr
    newest = json.loads(listed.stdout)["items"][0]["trace_id"]
    shown = served.run("traces", "show", newest)
    assert (shown.returncode, newest in shown.stdout) == (0, True)
    exported = served.run("traces", "export")
    assert len(exported.stdout.splitlines()) >= len(items)
    demo = served.run(
        "demo", "--url", f"{served.gateway}/v1", "--key", CLIENT_KEY, "--requests", "20",
        "--rate", "100",
    )  # fmt: skip
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "requests sent" in demo.stdout


def test_a_port_in_use_is_said_and_nothing_is_left_running(tmp_path: Path, served: Served) -> None:
    env = environment() | {"VEDETTE_GATEWAY__LISTEN": served.state["gateway"]}
    done = vedette(tmp_path, "serve", env=env)
    assert done.returncode == 1
    assert f"Cannot listen on {served.state['gateway']} (gateway.listen)" in done.stderr
    assert "already" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_directory_in_use_is_said(served: Served) -> None:
    done = served.run("serve")
    assert done.returncode == 1
    assert "is in use by another Vedette" in done.stderr
    assert "Traceback" not in done.stderr
    with Load(served.gateway, threads=1) as load:
        until(lambda: load.tally.wrong or None, 5, lambda: "the running one is gone")
    assert served.ready_of(served.console)[0] == 200


def test_an_unusable_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    env = environment() | {
        "VEDETTE_STORAGE__PATH": "./file/data",
        "VEDETTE_GATEWAY__LISTEN": "127.0.0.1:0",
        "VEDETTE_CONSOLE__LISTEN": "127.0.0.1:0",
    }
    done = vedette(tmp_path, "serve", env=env)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "Cannot use the directory" in done.stderr


@pytest.mark.parametrize(
    ("setting", "needs"),
    [
        ("GATEWAY", "gateway.api_keys (or access.require_key) is not set"),
        ("CONSOLE", "console.token is not set"),
    ],
)
def test_an_open_door_to_the_network_is_refused(tmp_path: Path, setting: str, needs: str) -> None:
    env = environment() | {f"VEDETTE_{setting}__LISTEN": "0.0.0.0:0"}
    done = vedette(tmp_path, "serve", env=env)
    assert done.returncode == 1
    assert needs in done.stderr
    assert "from other machines" in done.stderr


@pytest.mark.parametrize("how", ["gone", "full"])
def test_a_log_that_nobody_takes_costs_no_call(tmp_path: Path, how: str) -> None:
    if how == "gone":
        reader, output = os.pipe()
        os.close(reader)
    else:
        output = os.open("/dev/full", os.O_WRONLY)
    config = {"gateway": {"listen": "127.0.0.1:0"}, "console": {"listen": "127.0.0.1:0"},
              "otlp": {"http": None, "grpc": None}}  # fmt: skip
    (tmp_path / "vedette.yaml").write_text(json.dumps(config))
    state = tmp_path / "vedette-data" / "serve.json"
    process = subprocess.Popen(
        [*COMMAND, "serve"], cwd=tmp_path, env=environment(), stdin=subprocess.DEVNULL,
        stdout=output, stderr=output, start_new_session=True,
    )  # fmt: skip
    os.close(output)
    try:
        until(lambda: state.exists() or None, START_S, lambda: f"ended: {process.poll()}")
        process.send_signal(signal.SIGHUP)
        gateway = json.loads(state.read_bytes())["gateway"]
        body = {"model": "sim/chat", "messages": [{"role": "user", "content": "x"}]}
        answer = httpx2.post(f"http://{gateway}/v1/chat/completions", json=body)
        assert answer.status_code == 200
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(STOP_S)


def test_every_line_of_a_log_in_json_is_json(tmp_path: Path) -> None:
    with serving(tmp_path, config={"logging": {"format": "json"}}) as served:
        served.process.send_signal(signal.SIGHUP)
        served.wait_log("configuration reloaded")
        assert served.stop() == 0
        lines = [json.loads(line) for line in served.output.splitlines()]
    messages = [line["message"] for line in lines]
    assert messages[0].startswith("Configuration: ")
    assert "Vedette is ready" in messages
