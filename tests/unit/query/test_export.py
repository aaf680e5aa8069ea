"""Spans as files."""

import csv
import io
import json

from tests.support.console import make_span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.query.export import CSV_COLUMNS, csv_lines, export_pieces, jsonl_lines
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_json_lines_hold_whole_spans() -> None:
    [line] = jsonl_lines([make_span(1)])
    span = json.loads(line)
    assert line.endswith(b"\n")
    assert span["output"][0]["parts"][0]["content"] == "grün 木"
    assert span["raw_response"] == "{}"


def test_csv_has_a_heading_even_when_empty() -> None:
    assert b"".join(csv_lines([])).decode().strip().split(",") == list(CSV_COLUMNS)


def test_csv_rows_read_back() -> None:
    text = b"".join(csv_lines([make_span(1, name='a "b",\nc')])).decode()
    [row] = csv.DictReader(io.StringIO(text))
    assert row["name"] == 'a "b",\nc'
    assert row["cost_usd"] == "0.001250"
    assert row["input_tokens"] == "14"
    assert row["tags"] == "blue"


def test_no_csv_cell_starts_a_formula() -> None:
    span = make_span(1, name='=HYPERLINK("http://x")', user_id="@SUM(A1)", model="-1+1")
    [row] = csv.DictReader(io.StringIO(b"".join(csv_lines([span])).decode()))
    assert (row["name"][0], row["user_id"][0], row["model"][0]) == ("'", "'", "'")


def test_pieces_join_to_the_whole() -> None:
    store = SqliteSpanStore(None, FakeClock())
    assert list(export_pieces(store, Filter(), "jsonl")) == []
    store.write_batch([make_span(number) for number in range(1, 301)])
    pieces = list(export_pieces(store, Filter(), "jsonl"))
    assert len(pieces) > 2
    assert len(b"".join(pieces).splitlines()) == 300
    store.close()


def test_json_is_one_array() -> None:
    import json

    from tests.support.span_stores import span
    from vedette.query.export import file_name, json_pieces

    assert json.loads(b"".join(json_pieces([]))) == []
    found = json.loads(b"".join(json_pieces([span(1), span(2)])))
    assert [each["span_id"] for each in found] == [f"{1:016x}", f"{2:016x}"]
    assert file_name("otlp") == "vedette-spans.otlp.json"
