from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.readers import MAX_NAME, MAX_TAGS, READERS, Table
from vedette.model.semconv import Source


@pytest.mark.parametrize(
    ("reader", "value", "found"),
    [("text", " a ", "a"), ("text", 3, "3"), ("text", True, None), ("text", "", None),
     ("text", ["a"], None), ("text", "x" * 999, "x" * MAX_NAME),
     ("bare", '"a"', "a"), ("bare", "a", "a"), ("first", ["a", "b"], "a"), ("first", "a", "a"),
     ("first", '["a"]', "a"), ("first", [], None), ("tags", "a, b,a", ("a", "b")),
     ("tags", '["a"]', ("a",)), ("tags", ["a", 1], ("a", "1")), ("tags", {}, None),
     ("tags", [str(n) for n in range(99)], tuple(map(str, range(MAX_TAGS)))),
     ("count", 5, 5), ("count", "5", 5), ("count", 5.0, 5), ("count", 5.5, 0), ("count", -5, 0),
     ("count", "x", None), ("count", True, None), ("count", float("nan"), None), ("count", 0, 0),
     ("usd", 0.000123, 123_000), ("usd", "0.5", 500_000_000), ("usd", 0, None),
     ("usd", -1, None), ("usd", "NaN", None), ("usd", 1e300, None), ("usd", "x", None),
     ("seconds", 0.25, 250.0), ("seconds", "0.25", 250.0), ("millis", -1, None),
     ("millis", True, None), ("moment", "2023-11-14T22:13:20+00:00", 1.7e12),
     ("moment", "2023-11-14T22:13:20", 1.7e12), ("moment", "noon", None)],
)  # fmt: skip
def test_a_value_is_read(reader: Any, value: Any, found: Any) -> None:
    assert READERS[reader](value) == found


def test_the_first_source_with_a_value_wins() -> None:
    table = Table({"fact": (Source("a"), Source("b", "count"), Source("c")),
                   "other": (Source("c"),)})  # fmt: skip
    assert table.read({"a": "", "b": "x", "c": "found"}) == {"fact": "found", "other": "found"}
    assert table.read({"c": "late", "a": "first"}) == {"fact": "first", "other": "late"}
    assert table.read({"a": None, "x": 1}) == {}


@given(
    st.sampled_from(sorted(READERS)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    ),
)
def test_a_reader_never_raises(reader: Any, value: Any) -> None:
    READERS[reader](value)
