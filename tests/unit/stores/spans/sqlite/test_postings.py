"""Facet rows of a batch."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.support.span_stores import span
from vedette.stores.spans.sqlite.docs import facets_of
from vedette.stores.spans.sqlite.postings import Postings
from vedette.stores.spans.sqlite.schema import Opening, open_writer

SPANS = [
    span(1, model="m", session_id="s", tags=("a", "b")),
    span(2, model="m", session_id="s", tags=("a", "b"), status="error"),
    span(3, kind="tool", user_id="s", cost_nano_usd=3),
    span(4, kind="tool", user_id="s", project_id="other"),
]


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    opened = open_writer(None, Opening())
    yield opened
    opened.close()


def test_every_span_is_found_by_each_of_its_facets(conn: sqlite3.Connection) -> None:
    for batch in (SPANS[:3], SPANS[3:]):
        postings = Postings(conn, {})
        for one in batch:
            postings.add(one, int(one.span_id, 16))
        postings.flush()
    found = conn.execute(
        "SELECT term.project, term.facet, term.value, doc FROM facet JOIN term ON term.id = key"
    ).fetchall()
    expected = [
        (one.project_id, *facet, int(one.span_id, 16)) for one in SPANS for facet in facets_of(one)
    ]
    assert sorted(found) == sorted(expected)
    counts = conn.execute("SELECT n, (SELECT count(*) FROM facet WHERE key = id) FROM term")
    assert all(n == rows for n, rows in counts)


def test_terms_keep_their_ids(conn: sqlite3.Connection) -> None:
    first = Postings(conn, {}).term("default", 1, "m")
    assert Postings(conn, {}).term("default", 1, "m") == first
    assert Postings(conn, {}).term("other", 1, "m") != first
