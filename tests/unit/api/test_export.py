"""Exports over HTTP."""

import csv
import io
import json

from tests.support.console import Console, make_span


def test_json_lines_hold_every_matching_span(console: Console) -> None:
    spans = [make_span(n, model="m2" if n % 2 else "gpt-5") for n in range(1, 301)]
    console.services.store.write_batch(spans)
    answer = console.client.get("/api/v1/export", params={"model": "m2"})
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert answer.headers["transfer-encoding"] == "chunked"
    assert 'filename="vedette-spans.jsonl"' in answer.headers["content-disposition"]
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [int(span["span_id"], 16) for span in found] == list(range(1, 301, 2))
    assert found[0]["input"]


def test_csv_is_a_table(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    answer = console.client.get("/api/v1/export", params={"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert row["cost_usd"] == "0.001250"


def test_an_empty_export_is_empty(console: Console) -> None:
    assert console.client.get("/api/v1/export").text == ""


def test_an_unknown_format_is_refused(console: Console) -> None:
    problem = console.problem("/api/v1/export", 400, format="xml")
    assert problem["errors"][0]["expected"] == "one of jsonl, json, csv, parquet, otlp"
