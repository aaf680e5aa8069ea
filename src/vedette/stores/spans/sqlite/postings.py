"""The facet rows of a batch: under which keys each new span can be found.

Most spans of a batch share their caller (project, session, user, tags) and their kind of call
(kind, model, provider, outcome) with others, so the keys of both are looked up once each.
"""

import sqlite3
from collections.abc import Hashable, Sequence

from vedette.model.span import Span
from vedette.stores.spans.sqlite.docs import call_facets, caller_facets, sum_facets
from vedette.stores.spans.sqlite.files import Terms


class Postings:
    """Docs by key, gathered span by span and written at once."""

    def __init__(self, conn: sqlite3.Connection, terms: Terms) -> None:
        self._conn = conn
        self._terms = terms
        self._docs: dict[int, list[int]] = {}
        self._shared: dict[Hashable, list[list[int]]] = {}

    def add(self, span: Span, doc: int) -> None:
        """Take a new span in."""
        project = span.project_id
        caller = (project, span.session_id, span.user_id, span.tags)
        call = (project, span.kind, span.model, span.provider, span.status == "error")
        lists = (
            *(self._shared.get(caller) or self._share(caller, project, caller_facets(span))),
            *(self._shared.get(call) or self._share(call, project, call_facets(span))),
            *self._lists(project, sum_facets(span)),
        )
        for docs in lists:
            docs.append(doc)

    def _share(
        self, what: Hashable, project: str, facets: Sequence[tuple[int, str]]
    ) -> list[list[int]]:
        lists = self._shared[what] = self._lists(project, facets)
        return lists

    def _lists(self, project: str, facets: Sequence[tuple[int, str]]) -> list[list[int]]:
        return [self._docs.setdefault(self.term(project, *facet), []) for facet in facets]

    def term(self, project: str, facet: int, value: str) -> int:
        """The id of a term, made when it is not there."""
        known = self._terms.setdefault(project, {})
        id = known.get((facet, value))
        if id is None:
            (id,) = self._conn.execute(
                "INSERT INTO term (project, facet, value, n) VALUES (?, ?, ?, 0)"
                " ON CONFLICT DO UPDATE SET n = n RETURNING id",
                (project, facet, value),
            ).fetchone()
            known[facet, value] = id
        return id

    def flush(self) -> None:
        """Write the rows in the order of their key, and how many each term got."""
        self._conn.executemany(
            "INSERT INTO facet VALUES (?, ?)",
            ((key, doc) for key in sorted(self._docs) for doc in sorted(self._docs[key])),
        )
        self._conn.executemany(
            "UPDATE term SET n = n + ? WHERE id = ?",
            [(len(docs), key) for key, docs in self._docs.items()],
        )
