"""Names and values become a typed filter."""

import pytest

from vedette.model.query import Filter, Position
from vedette.query.cursors import encode_cursor
from vedette.query.filters import PageQuery, check_span_id, check_trace_id, page_query
from vedette.query.parameters import ParameterError

NOW_NS = 1_700_000_000_000_000_000


def query(**given: str) -> PageQuery:
    return page_query(given.items(), now_ns=NOW_NS)


def test_nothing_given_is_no_condition() -> None:
    assert query() == PageQuery(filter=Filter(), after=None, limit=50)


def test_everything_given_is_all_conditions() -> None:
    assert query(
        **{"from": "now-1h", "to": "now"},
        model="m",
        provider="p",
        status="error",
        kind="tool",
        session="s",
        user="u",
        tag="t",
        trace_id="AB" * 16,
        min_cost="0.5",
        min_latency_ms="12.5",
        q=" a phrase ",
        limit="1000",
        cursor=encode_cursor(Position(5, "ab")) or "",
    ) == PageQuery(
        filter=Filter(
            from_ns=NOW_NS - 3_600 * 10**9,
            to_ns=NOW_NS,
            model="m",
            provider="p",
            status="error",
            kind="tool",
            session_id="s",
            user_id="u",
            tag="t",
            trace_id="ab" * 16,
            min_cost_nano_usd=500_000_000,
            min_latency_ms=12.5,
            text="a phrase",
        ),
        after=Position(5, "ab"),
        limit=1_000,
    )


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ParameterError, match="a time after `from`"):
        query(**{"from": "now", "to": "now-1h"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "soon"),
        ("status", "fine"),
        ("kind", "LLM"),
        ("min_cost", "-1"),
        ("min_latency_ms", "fast"),
        ("limit", "0"),
        ("cursor", "zzz"),
        ("trace_id", "12"),
    ],
)
def test_a_bad_value_names_its_parameter(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as caught:
        query(**{name: value})
    assert caught.value.name == name
    assert caught.value.value == value


def test_ids_have_their_length() -> None:
    assert check_trace_id("A" * 32) == "a" * 32
    assert check_span_id("A" * 16) == "a" * 16
    with pytest.raises(ValueError, match="32 hex"):
        check_trace_id("a" * 16)
    with pytest.raises(ValueError, match="16 hex"):
        check_span_id("g" * 16)
