"""Times in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.query.times import EXPECTED, format_time, parse_time

NOW_NS = 1_700_000_000_000_000_000


def test_times_are_shown_in_utc_with_microseconds() -> None:
    assert format_time(0) == "1970-01-01T00:00:00.000000Z"
    assert format_time(NOW_NS + 1_999) == "2023-11-14T22:13:20.000001Z"


@given(st.integers())
def test_any_integer_can_be_shown(time_ns: int) -> None:
    assert format_time(time_ns).endswith("Z")


@given(st.integers(-(10**18), 2 * 10**18))
def test_what_is_shown_reads_back_to_the_microsecond(time_ns: int) -> None:
    assert parse_time(format_time(time_ns), now_ns=0) == time_ns // 1_000 * 1_000


@pytest.mark.parametrize(
    ("text", "expected_ns"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000_000),
        ("1970-01-01t00:00:01.5z", 1_500_000_000),
        ("1970-01-01T00:00:00.123456789Z", 123_456_789),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1970-01-01T02:00:00 02:00", 0),
        ("1969-12-31T23:59:59.25Z", -750_000_000),
        ("now", NOW_NS),
        ("now-15m", NOW_NS - 900 * 10**9),
        ("now-7d", NOW_NS - 604_800 * 10**9),
        ("now-999999999w", 0),
    ],
)
def test_times_are_read(text: str, expected_ns: int) -> None:
    assert parse_time(text, now_ns=NOW_NS) == expected_ns


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "1700000000", "2023-02-30T00:00:00Z", "2023-01-01", "now+1h",
        "2023-01-01T00:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59",
        "2023-01-01T25:00:00Z", "2023-01-01T00:00:00+99:99", "now-1y",
    ],
)  # fmt: skip
def test_anything_else_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="RFC 3339") as caught:
        parse_time(text, now_ns=NOW_NS)
    assert str(caught.value) == EXPECTED
