"""Recorded calls as the reporting commands read them."""

from pathlib import Path

from tests.support.recorded import CALLS, record_calls
from vedette.cli.observed import read_calls


def test_the_newest_calls_come_oldest_first(tmp_path: Path) -> None:
    calls, hasher = read_calls([("model", "=m")], 50, record_calls(tmp_path))
    numbers = [int(call.trace_id, 16) for call in calls]
    assert numbers == list(range(CALLS - 49, CALLS + 1))
    prompt = calls[0].observation.fingerprint.input
    assert prompt is not None
    assert prompt.hash == hasher.text(f"Is {(numbers[0] - 1) % 15} a prime number?")
