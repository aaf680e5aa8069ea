"""Long files read by other processes."""

import json
from collections.abc import Iterator

import pytest

from vedette.drift.ahead import BATCH, observations
from vedette.errors import BadRequest

KEY = b"a key for the tests"
LINES = [json.dumps({"input": f"Is {n} so?", "output": "[Yes]"}).encode() for n in range(2_300)]


@pytest.mark.slow
def test_other_processes_read_the_same_in_the_same_order() -> None:
    alone = list(observations(LINES, KEY, workers=0))
    assert len(alone) == len(LINES)
    assert list(observations(iter(LINES), KEY, workers=2)) == alone


@pytest.mark.slow
def test_a_broken_line_is_named_by_its_number_in_the_file() -> None:
    broken = [*LINES[:2_100], b"nonsense", *LINES[:50]]
    with pytest.raises(BadRequest, match="Line 2101 "):
        list(observations(broken, KEY, workers=1))


@pytest.mark.slow
def test_an_endless_file_is_not_read_to_its_end() -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield LINES[0]

    found = observations(endless(), KEY, workers=1)
    for _ in range(10):
        next(found)
    found.close()  # type: ignore[attr-defined]
    assert read <= 10 * BATCH


def test_a_short_file_is_read_at_once() -> None:
    assert len(list(observations(LINES[:100], KEY, workers=4))) == 100
    assert list(observations([], KEY, workers=4)) == []
