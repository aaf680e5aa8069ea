"""Batches as they go into a file."""

from collections.abc import Iterator

import pytest

from tests.support.span_stores import NOW, span
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite.codec import Row, encode_row
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.schema import Opening
from vedette.stores.spans.sqlite.writing import find_traces, group_rows, write_groups


@pytest.fixture
def file() -> Iterator[SpanFile]:
    opened = SpanFile(None, Opening())
    yield opened
    opened.close()


def rows(*spans: Span) -> list[Row]:
    return [encode_row(one) for one in spans]


def write(file: SpanFile, *spans: Span) -> int:
    return write_groups(file, group_rows(rows(*spans)), minutes_from_ns=0)


def count(file: SpanFile, table: str) -> int:
    return int(file.writer.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_rows_are_grouped_by_project_and_trace() -> None:
    groups = group_rows(rows(span(1), span(2, trace=1), span(1, project_id="p"), span(1, name="x")))
    assert [len(group) for group in groups.values()] == [2, 1]
    assert (
        groups["default", bytes.fromhex(span(1).trace_id)][bytes.fromhex(span(1).span_id)].span.name
        == "span 1"
    )


def test_every_table_follows(file: SpanFile) -> None:
    assert write(file, span(1, model="m", payload=Payload(input="x")), span(2, trace=1)) == 2
    sizes = {table: count(file, table) for table in ("span", "payload", "trace", "zone", "roll")}
    assert sizes == {"span": 2, "payload": 1, "trace": 1, "zone": 1, "roll": 6}
    assert count(file, "facet") == 3 + 3 + 1
    stat = read_stat(file.writer)
    assert (stat.spans, stat.next_id, stat.max_trace_ns) == (2, 3, 10**9)
    assert (stat.min_start_ns, stat.max_start_ns) == (span(1).start_ns, span(2).start_ns)


def test_terms_are_counted_and_found_again_after_forgetting(file: SpanFile) -> None:
    write(file, span(1, model="m"))
    file.forget()
    write(file, span(2, model="m"), span(1, model="other"))
    terms = file.writer.execute("SELECT value, n FROM term WHERE facet = 1").fetchall()
    assert terms == [("m", 2)]


def test_traces_are_looked_up_by_project(file: SpanFile) -> None:
    write(file, span(1), span(2, start_ns=NOW, end_ns=NOW))
    keys = [("default", bytes.fromhex(span(n).trace_id)) for n in range(1_200)]
    assert find_traces(file.writer, keys) == set(keys[1:3])
    assert find_traces(file.writer, [("other", keys[1][1])]) == set()


def test_a_damaged_roll_up_refuses_only_its_trace(file: SpanFile) -> None:
    write(file, span(1), span(2))
    file.writer.execute("UPDATE trace SET roll = x'00' WHERE id = 1")
    with pytest.raises(ValueError, match=r"."):
        write(file, span(11, trace=1))
    assert write(file, span(12, trace=2)) == 1
