"""Cells of minutes and hours."""

import sqlite3

from tests.support.span_stores import NOW, S, span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.cells import cells_of, lessen_cells, prune_minutes, save_cells
from vedette.stores.spans.sqlite.schema import Opening, open_writer


def rows(conn: sqlite3.Connection) -> list[tuple[int, int, int]]:
    return conn.execute(
        "SELECT width_s, start_s, requests FROM roll WHERE width_s > 0 ORDER BY 1, 2"
    ).fetchall()


def test_only_model_calls_count() -> None:
    spans = [span(1), span(2, kind="embedding"), span(3, kind="agent"), span(4, kind="tool")]
    cells = cells_of(spans, widths=(3600,), minutes_from_ns=0)
    assert [key.width_s for key in cells] == [3600, -3600]
    assert [cell.sums[0] for cell in cells.values()] == [2, 2]


def test_a_cell_adds_up() -> None:
    spans = [
        span(1, usage=Usage(5, cache_read=2, output_text=3), cost_nano_usd=7, status="error"),
        span(1, usage=Usage(1)),
    ]
    cell, total = cells_of(spans, widths=(3600,), minutes_from_ns=0).values()
    assert (total.sums, total.latency) == (cell.sums, cell.latency)
    assert cell.sums == [2, 1, 8, 3, 2, 1, 7]
    assert sum(cell.latency.values()) == 2
    assert cell.ttft == {}


def test_old_spans_make_no_minutes() -> None:
    cells = cells_of([span(1)], widths=(60, 3600), minutes_from_ns=NOW)
    assert [key.width_s for key in cells] == [3600, -3600]


def test_saving_adds_to_what_is_there_and_pruning_leaves_hours() -> None:
    conn = open_writer(None, Opening())
    conn.execute("INSERT INTO term (project, facet, value, n) VALUES ('default', 0, '', 1)")
    for number in (1, 1, 61):
        save_cells(conn, cells_of([span(number)], widths=(60, 3600), minutes_from_ns=0))
    start_s = span(1).start_ns // S
    assert rows(conn) == [
        (60, start_s // 60 * 60, 2),
        (60, start_s // 60 * 60 + 60, 1),
        (3600, start_s // 3600 * 3600, 3),
    ]
    prune_minutes(conn, (start_s // 60 * 60 + 60) * S)
    assert [row[0] for row in rows(conn)] == [60, 3600]
    conn.close()


def test_what_is_taken_off_leaves_the_rest() -> None:
    conn = open_writer(None, Opening())
    first = cells_of([span(1, cost_nano_usd=7)], widths=(3600,), minutes_from_ns=0)
    both = cells_of(
        [span(1, cost_nano_usd=7), span(2, ttft_ms=3.0)], widths=(3600,), minutes_from_ns=0
    )
    save_cells(conn, both)
    lessen_cells(conn, first)
    read = "SELECT requests, priced, cost, length(latency), length(ttft) FROM roll"
    assert conn.execute(read).fetchall() == [(1, 0, 0, 6, 6)] * 2
    lessen_cells(conn, first)
    lessen_cells(conn, first)
    assert conn.execute(read).fetchall() == []
    conn.close()
