"""The values that filter menus offer."""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from vedette.model.query import Facets
from vedette.stores.spans.sqlite.docs import ID_BITS, MAX_ID, MODEL, PROVIDER, TAG, doc_of, tick_of
from vedette.stores.spans.sqlite.files import SpanFile

_LISTED = 100
_LOOKED_AT = 300
_COUNTED = 1_000


def list_facets(files: Iterable[SpanFile], project_id: str, from_ns: int, to_ns: int) -> Facets:
    """Values in the time range (to about 0.1 s), most frequent first.

    In each file the `_LOOKED_AT` most frequent values are considered. Counting stops at
    `_COUNTED` spans a value; beyond that the frequency in the whole file decides.
    """
    totals: dict[int, Counter[str]] = {facet: Counter() for facet in (MODEL, PROVIDER, TAG)}
    low, high = doc_of(from_ns, 0), tick_of(to_ns - 1) << ID_BITS | MAX_ID
    for file in files:
        with file.reading() as conn:
            for facet, total in totals.items():
                total.update(_counts(conn, project_id, facet, (low, high)))
    models, providers, tags = (
        tuple(value for value, _ in total.most_common(_LISTED)) for total in totals.values()
    )
    return Facets(models=models, providers=providers, tags=tags)


def _counts(
    conn: sqlite3.Connection, project_id: str, facet: int, docs: tuple[int, int]
) -> dict[str, int]:
    terms = conn.execute(
        "SELECT id, value, n FROM term WHERE project = ? AND facet = ? AND n > 0"
        " ORDER BY n DESC LIMIT ?",
        (project_id, facet, _LOOKED_AT),
    ).fetchall()
    counts = {}
    for key, value, n in terms:
        seen = conn.execute(
            "SELECT count(*) FROM"
            " (SELECT 1 FROM facet WHERE key = ? AND doc BETWEEN ? AND ? LIMIT ?)",
            (key, *docs, _COUNTED),
        ).fetchone()[0]
        if seen:
            counts[value] = int(seen if seen < _COUNTED else max(seen, n))
    return counts
