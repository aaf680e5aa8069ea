"""`vedette savings`."""

import json
from pathlib import Path

import pytest

from tests.support.span_stores import span as make_span
from vedette.cli import run
from vedette.clock import SystemClock
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_savings_come_with_their_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now_ns = SystemClock().now_ns()
    store = SqliteSpanStore(tmp_path / "data", SystemClock())
    usage = Usage(input_uncached=1_000_000)
    called = make_span(
        1, None, start_ns=now_ns - 10**9, end_ns=now_ns, provider="mine", model="gpt-5",
        usage=usage, cost_nano_usd=1_250_000_000,
    )  # fmt: skip
    store.write_batch([called])
    store.close()
    config = tmp_path / "vedette.yaml"
    config.write_text(
        f"storage: {{path: {tmp_path / 'data'}}}\n"
        "providers: [{name: mine, kind: openai, api_key: sk-x}]\n"
    )
    assert run(["savings", "--config", str(config), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    saved = {one["kind"]: one["saves_nano_usd"] for one in told}
    assert (saved["prompt_caching"], saved["flex"], saved["batch"]) == (
        1_125_000_000, 625_000_000, 625_000_000,
    )  # fmt: skip
    assert "mini" in next(one["other"] for one in told if one["kind"] == "smaller_model")
    assert run(["savings", "--config", str(config)]) == 0
    assert "<1.125000" in capsys.readouterr().out
    assert run(["savings", "--config", str(config), "--from", "yesterday"]) == 1
