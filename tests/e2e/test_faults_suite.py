"""The fault suite: whatever a provider does, the client gets an answer or hears the truth.

`tests/support/faults.py` has the faults, docs/faults.md shows them; this compares the two.
"""

from pathlib import Path

import pytest

from tests.support.fault_runs import HEAD, Run, play_all, recovered, rows
from tests.support.faults import OTHERS, PAIRS, faults

PAGE = Path(__file__).resolve().parents[2] / "docs" / "faults.md"
LEAST_RECOVERED = 0.95


@pytest.mark.slow
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("pair", PAIRS)
async def test_every_fault_ends_as_the_table_says(pair: str, stream: bool) -> None:
    runs = await play_all(faults(), pair, stream=stream)
    assert [f"{run.label}: {run.wrong}" for run in runs if run.wrong] == []
    assert_promises(runs)


@pytest.mark.slow
@pytest.mark.parametrize("pair", OTHERS)
async def test_the_promises_hold_for_other_providers(pair: str) -> None:
    """Their words for what went wrong differ; what the client gets does not."""
    for stream in (False, True):
        assert_promises(await play_all(faults(), pair, stream=stream))


def assert_promises(runs: list[Run]) -> None:
    """What is promised whatever the table says."""
    count, of = recovered(runs)
    assert of > 20
    assert count / of >= LEAST_RECOVERED
    assert not [run.lies for run in runs if run.lies], "no truncated answer is reported as success"
    assert sum(run.billed_probes for run in runs) == 0
    assert max(run.seconds for run in runs) < 8


def test_the_page_shows_what_is_tested() -> None:
    told = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    told = [line for line in told if line != HEAD]
    assert told == [row for pair in PAIRS for row in rows(faults(), pair)]
