"""A worker dies between an answer and what a judge says of it: said it is all the same, once."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.served import Served, serving, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


class Judge:
    """Models behind one door: `m` answers, `j` judges as soon as it may."""

    def __init__(self) -> None:
        self.may_say = threading.Event()
        self.asked = 0
        outer = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                text = "Acme is fine."
                if body["model"] == "j":
                    outer.asked += 1
                    outer.may_say.wait(60)
                    text = '{"verdict": "block", "score": 0.9, "reason": "no"}'
                message = {"role": "assistant", "content": text}
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                answer = {"id": "c", "object": "chat.completion", "created": 1, "model": "m"}
                raw = json.dumps({**answer, "choices": [choice]}).encode()
                try:
                    self.send_response(200)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)
                except OSError:
                    pass

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator["Judge"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.may_say.set()
            self._server.shutdown()
            self._server.server_close()


def config(folder: Path, judge: Judge, capture: str) -> dict[str, Any]:
    rule = {
        "name": "late", "detector": "judge", "where": ["output"], "when": "after",
        "options": {"model": "p/j", "criteria": "no rivals", "timeout_s": 30},
        "timeout_ms": 40_000, "actions": [{"kind": "alert", "target": "us"}],
    }  # fmt: skip
    (folder / "late.yaml").write_text(json.dumps({"name": "late", "rules": [rule]}))
    provider = {"name": "p", "kind": "openai", "base_url": judge.url, "api_key": "sk-x"}
    return {
        "providers": [{**provider, "models": ["m", "j"]}],
        "guard": {"policy": str(folder / "late.yaml")},
        "capture": {"mode": capture},
    }


def call(served: Served) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "What of Acme?"}]}
    answer = httpx2.post(f"{served.gateway}/v1/chat/completions", json=body, timeout=20)
    assert answer.json()["choices"][0]["message"]["content"] == "Acme is fine."


def pending(served: Served) -> list[Path]:
    return list((served.folder / "vedette-data" / "after").glob("*/*.call"))


def told(served: Served) -> list[dict[str, Any]]:
    """Attributes of the calls that the guard looked at."""
    found = []
    for trace in served.traces():
        for span in served.api(f"/traces/{trace['trace_id']}")["spans"]:
            whole = served.api(f"/traces/{trace['trace_id']}/spans/{span['span_id']}")
            said = whole.get("attributes") or whole["payload"]["attributes"]
            if "vedette.guard.afterwards" in said:
                found.append(said)
    return found


@pytest.mark.parametrize(
    ("end", "capture", "state"),
    [("kill", "full", "alert"), ("kill", "hash", "lost"), ("stop", "full", "alert")],
)
def test_what_a_dead_worker_had_to_say_is_said_once(
    tmp_path: Path, capture: str, state: str, end: str
) -> None:
    with Judge().running() as judge:
        with serving(tmp_path, config=config(tmp_path, judge, capture)) as served:
            call(served)
            until(lambda: pending(served) or None, 20, lambda: served.output)
            assert told(served) == []
            (worker,) = served.children("worker")
            os.kill(worker, signal.SIGKILL if end == "kill" else signal.SIGTERM)
            judge.may_say.set()
            until(lambda: told(served) or None, 60, lambda: served.output)
            served.wait_child("worker", worker)
            assert [one["vedette.guard.afterwards"] for one in told(served)] == [state]
            until(lambda: not pending(served) or None, 20, lambda: served.output)
            found = served.api("/guard/findings")["items"]
            assert [one["rule"] for one in found] == ["late"][: state == "alert"]
