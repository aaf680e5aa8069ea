"""Real small applications: forks, servers, task queues, notebooks; nothing lost, nothing twice.

They run in this Python, or in the one that `VEDETTE_SDK_PYTHON` names (openai, gunicorn, uvicorn,
celery, nbclient with ipykernel); what is not installed there is skipped.
"""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sdks.python.tests.programs import PYTHON, environment, need, run_python
from sdks.python.tests.provider import Provider
from sdks.python.tests.started import Started

pytestmark = pytest.mark.slow
WAIT_S = 40.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
START = """
import sys, os
import vedette_sdk
from sdks.python.tests import talks
vedette_sdk.init(endpoint={url!r}, interval_s=0.1, quiet=True)
PROVIDER = {provider!r}
"""


def start_of(sdk: Started, provider: Provider) -> str:
    return START.format(url=sdk.collector.url, provider=provider.url)


def distinct(spans: list[dict[str, Any]]) -> set[str]:
    return {span["spanId"] for span in spans}


def test_a_fork_with_calls_on_both_sides(sdk: Started, provider: Provider) -> None:
    code = (
        start_of(sdk, provider)
        + """
talks.chat(PROVIDER, "gpt-4o")
child = os.fork()
talks.chat(PROVIDER, "gpt-4o")
if child:
    os.waitpid(child, 0)
else:
    vedette_sdk.flush(20)
    os._exit(0)
"""
    )
    run_python(code)
    spans = sdk.collector.wait_spans(3)
    assert len(spans) == len(distinct(spans)) == 3
    assert len({span["resource"].get("service.instance.id") for span in spans}) >= 1


def test_a_fork_while_calls_are_made_in_threads(sdk: Started, provider: Provider) -> None:
    code = (
        start_of(sdk, provider)
        + """
import threading
stop = threading.Event()
def busy():
    watch = vedette_sdk.current.CURRENT.watch
    while not stop.is_set():
        watch.begin("openai", lambda *_: None, {}, "chat", {}).finish()
threads = [threading.Thread(target=busy) for _ in range(3)]
for thread in threads: thread.start()
children = []
for _ in range(8):
    child = os.fork()
    if not child:
        talks.chat(PROVIDER, "from-child")
        vedette_sdk.flush(20)
        os._exit(0)
    children.append(child)
stop.set()
print([os.waitpid(child, 0)[1] for child in children])
"""
    )
    assert json.loads(run_python(code)) == [0] * 8
    spans = sdk.collector.spans()
    assert len([span for span in spans if span["name"] == "chat from-child"]) == 8
    assert len(spans) == len(distinct(spans))


def test_a_pool_of_processes(sdk: Started, provider: Provider) -> None:
    code = (
        start_of(sdk, provider)
        + """
import multiprocessing
def work(number):
    talks.chat(PROVIDER, f"gpt-{number}")
with multiprocessing.get_context("fork").Pool(2) as pool:
    pool.map(work, range(6))
    pool.close()
    pool.join()
"""
    )
    run_python(code)
    assert len(sdk.collector.wait_spans(6)) == 6


@contextmanager
def running(folder: Path, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [PYTHON, "-m", *command], cwd=folder, env=environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(5)


def address(log: Path) -> str:
    """Where a server that was given port 0 says that it listens."""
    deadline = time.monotonic() + WAIT_S
    while not (found := ADDRESS.search(log.read_text())):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    return found[0]


def ask(url: str) -> str:
    with urllib.request.urlopen(url, timeout=WAIT_S) as answer:
        return str(answer.read(), "utf-8")


def test_gunicorn_that_loads_the_application_before_it_forks(
    sdk: Started, provider: Provider, tmp_path: Path
) -> None:
    need("gunicorn", "openai")
    (tmp_path / "shop.py").write_text(
        start_of(sdk, provider)
        + """
talks.chat(PROVIDER, "before-the-fork")
def app(environ, start_response):
    talks.chat(PROVIDER, f"gpt-{os.getpid()}")
    start_response("200 OK", [("content-type", "text/plain")])
    return [str(os.getpid()).encode()]
"""
    )
    with running(tmp_path, "gunicorn", "--preload", "-w", "2", "-b", "127.0.0.1:0", "shop:app"):
        url = address(tmp_path / "log")
        for _ in range(8):
            ask(url)
    spans = sdk.collector.wait_spans(9)
    assert len(spans) == len(distinct(spans)) == 9
    assert [span["name"] for span in spans].count("chat before-the-fork") == 1


def test_uvicorn_with_an_async_application(
    sdk: Started, provider: Provider, tmp_path: Path
) -> None:
    need("uvicorn", "openai")
    (tmp_path / "shop.py").write_text(
        start_of(sdk, provider)
        + """
import openai
client = openai.AsyncOpenAI(base_url=f"{PROVIDER}/v1", api_key="x")
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    stream = await client.chat.completions.create(
        model="gpt-4o", messages=talks.MESSAGES, stream=True)
    text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": text.encode()})
"""
    )
    with running(tmp_path, "uvicorn", "--port", "0", "--workers", "1", "shop:app"):
        url = address(tmp_path / "log")
        assert "noon" in ask(url)
        ask(url)
    assert len(sdk.collector.wait_spans(2)) == 2


def test_celery_with_its_prefork_pool(sdk: Started, provider: Provider, tmp_path: Path) -> None:
    need("celery", "openai")
    (tmp_path / "queue").mkdir()
    (tmp_path / "shop.py").write_text(
        start_of(sdk, provider)
        + """
from celery import Celery
folder = {"data_folder_in": "queue", "data_folder_out": "queue", "control_folder": "queue"}
app = Celery("shop", broker="filesystem://")
app.conf.broker_transport_options = folder
@app.task
def work(number):
    talks.chat(PROVIDER, f"gpt-{number}")
"""
    )
    with running(
        tmp_path, "celery", "-A", "shop", "worker", "-P", "prefork", "-c", "2", "--without-mingle",
        "--without-gossip", "--without-heartbeat",
    ):  # fmt: skip
        code = "import shop; [shop.work.delay(number) for number in range(6)]"
        subprocess.run([PYTHON, "-c", code], cwd=tmp_path, env=environment(), check=True)
        spans = sdk.collector.wait_spans(6)
    assert {span["name"] for span in spans} == {f"chat gpt-{number}" for number in range(6)}


def test_a_notebook(sdk: Started, provider: Provider, tmp_path: Path) -> None:
    need("nbclient", "ipykernel", "openai")
    cells = [
        start_of(sdk, provider),
        'talks.chat(PROVIDER, "gpt-4o")',
        "client = talks.async_openai(PROVIDER)\n"
        'await client.chat.completions.create(model="gpt-4o", messages=talks.MESSAGES)\n'
        "await vedette_sdk.flush_async(20)",
    ]
    code = f"""
import nbformat, nbclient
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in {cells!r}])
nbclient.NotebookClient(book, timeout=50).execute()
"""
    run_python(code, python=PYTHON)
    assert len(sdk.collector.wait_spans(2)) == 2


FORKING = """
import os, sys, threading
import vedette_sdk
vedette_sdk.init(endpoint="http://127.0.0.1:9", quiet=True)
begun = []
start = threading.Thread.start
threading.Thread.start = lambda thread: begun.append(thread) or start(thread)
child = os.fork()
if child == 0:
    os._exit(len(begun))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_fork_starts_no_thread_in_the_child() -> None:
    """Under gevent a thread is a greenlet, and to wait for one runs all that the parent had."""
    run_python(FORKING)
