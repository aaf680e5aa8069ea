"""The drift rows of TARGETS.md on real answers of two versions of GPT-4 (LLMDrift)."""

import gzip
import json
import random
from pathlib import Path

import msgspec
import pytest

from bench.drift import CASES, DATA, Answers, load_answers, replay, streams, to_row
from vedette.cli import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the data set is not in this checkout"),
]
PRIME = CASES[0]


@pytest.fixture(scope="module")
def answers() -> Answers:
    return load_answers()


def test_a_new_gpt_4_is_found_within_25_calls(answers: Answers) -> None:
    found = [replay(*streams(answers, PRIME, seed)) for seed in range(10)]
    assert max(outcome.delay or 999 for outcome in found) <= 25
    assert sum(outcome.false_alarms for outcome in found) == 0


@pytest.mark.timeout(240)
def test_ten_thousand_quiet_calls_raise_one_false_alarm_at_most(answers: Answers) -> None:
    chance = random.Random(7)
    series = chance.choices(answers[PRIME.task, PRIME.old], k=10_100)
    assert replay(series[:100], series[100:], []).false_alarms <= 1


def test_the_command_finds_it_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(3)
    with gzip.open(DATA / "llmdrift_prime.jsonl.gz", "rb") as lines:
        rows = [row for row in map(json.loads, lines) if row["model"].startswith("gpt-4")]
    old = [row for row in rows if row["model"] == PRIME.old]
    new = [row for row in rows if row["model"] == PRIME.new]
    series = [*chance.sample(old, 300), *chance.sample(new, 60)]
    path = tmp_path / "prime.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(to_row(row)) + b"\n" for row in series))
    assert run(["drift", "backtest", str(path), "--reference", "100", "--change-at", "300"]) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert summary["alarms_before_change"] == 0
    assert summary["delay"] <= 25
