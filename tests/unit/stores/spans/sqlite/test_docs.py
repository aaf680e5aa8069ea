"""Places in time and the facets that lead to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.span_stores import span
from vedette.model.query import Filter
from vedette.stores.spans.sqlite.docs import (
    ALL,
    COST,
    ID_BITS,
    LATENCY,
    MAX_ID,
    MODEL,
    STATUS,
    TAG,
    class_of,
    doc_of,
    facets_of,
    tick_end_ns,
    tick_start_ns,
    value_of,
    wanted,
)

starts = st.integers(0, 2**63 - 1)
ids = st.integers(1, MAX_ID)


@given(starts, ids)
def test_a_doc_names_its_span_and_bounds_its_start(start_ns: int, id: int) -> None:
    doc = doc_of(start_ns, id)
    assert 0 < doc < 2**63
    assert doc & MAX_ID == id
    assert tick_start_ns(doc) <= start_ns <= tick_end_ns(doc)


@given(starts, ids, starts, ids)
def test_docs_sort_by_time(one_ns: int, one: int, two_ns: int, two: int) -> None:
    if doc_of(one_ns, one) >> ID_BITS > doc_of(two_ns, two) >> ID_BITS:
        assert one_ns > two_ns


@given(st.integers(-(10**15), 10**15), st.integers(0, 10**15))
def test_classes_keep_order(one: int, more: int) -> None:
    assert class_of(one) <= class_of(one + more)


def test_facets_name_all_that_can_be_asked() -> None:
    found = facets_of(span(1, model="m", status="error", cost_nano_usd=5, tags=("a", "b", "a")))
    assert len(found) == len(set(found))
    assert {(ALL, ""), (MODEL, "m"), (STATUS, "error"), (TAG, "a"), (TAG, "b")} <= set(found)
    assert {facet for facet, _ in found} >= {COST, LATENCY}
    assert STATUS not in {facet for facet, _ in facets_of(span(1, status="ok"))}


@pytest.mark.parametrize(
    ("filter", "count"),
    [(Filter(), 0), (Filter(status="ok"), 0), (Filter(status="error"), 1),
     (Filter(model="m", kind="llm", tag="t", text="x", min_latency_ms=1), 3)],
)  # fmt: skip
def test_conditions_on_terms(filter: Filter, count: int) -> None:
    assert len(wanted(filter)) == count


def test_long_values_are_cut_but_never_mixed_up() -> None:
    one, two = "x" * 10_000 + "1", "x" * 10_000 + "2"
    assert len(value_of(one)) < 400
    assert value_of(one) != value_of(two)
    assert value_of("x" * 256) == "x" * 256


def test_endless_tags_are_bounded() -> None:
    tags = tuple(f"t{number}" for number in range(1_000))
    found = [value for facet, value in facets_of(span(1, tags=tags)) if facet == TAG]
    assert found == [f"t{number}" for number in range(64)]
