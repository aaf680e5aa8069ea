"""Spans as Parquet."""

import io

import pytest

from tests.support.span_stores import span
from vedette.model.span import Payload
from vedette.query.parquet import ROWS, parquet_pieces


def test_a_file_of_several_groups_reads_back() -> None:
    reading = pytest.importorskip("pyarrow.parquet")
    spans = [
        span(n, tags=("a",), cost_nano_usd=10**9, payload=Payload(input="héllo"))
        for n in range(1, ROWS + 11)
    ]
    pieces = list(parquet_pieces(spans))
    assert len(pieces) == 3
    table = reading.read_table(io.BytesIO(b"".join(pieces)))
    assert table.num_rows == ROWS + 10
    first = table.slice(0, 1).to_pylist()[0]
    assert (first["span_id"], first["cost_usd"], first["tags"]) == (f"{1:016x}", 1.0, ["a"])
    assert first["input"] == "héllo"


def test_nothing_is_an_empty_table() -> None:
    reading = pytest.importorskip("pyarrow.parquet")
    assert reading.read_table(io.BytesIO(b"".join(parquet_pieces([])))).num_rows == 0
