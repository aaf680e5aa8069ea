"""The facet rows of a batch: under which keys each new span can be found.

Most spans of a batch share their caller (project, session, user, tags), their kind of call (kind,
model, provider, outcome) and their classes of cost and duration with others, so the keys of each
are looked up once.
"""

import sqlite3
from collections.abc import Hashable, Sequence

from vedette.model.span import Span
from vedette.stores.spans.sqlite.docs import call_facets, caller_facets, classes_of, sum_facets
from vedette.stores.spans.sqlite.files import Terms

_FIND = "SELECT id FROM term WHERE project = ? AND facet = ? AND value = ?"
_MAKE = "INSERT INTO term (project, facet, value, n) VALUES (?, ?, ?, 0)"
_INSERT = "INSERT INTO facet VALUES {}"
_MANY = 200
"""Numbers of a statement: a row alone costs three times as much as one of a hundred."""


class Postings:
    """Docs by key, gathered span by span and written at once."""

    def __init__(self, conn: sqlite3.Connection, terms: Terms) -> None:
        self._conn = conn
        self._terms = terms
        self._docs: dict[int, list[int]] = {}
        self._shared: dict[Hashable, list[list[int]]] = {}

    def add(self, span: Span, doc: int) -> None:
        """Take a new span in."""
        project, shared = span.project_id, self._shared
        caller = (
            project, span.session_id, span.user_id, span.tags, span.environment, span.release,
        )  # fmt: skip
        call = (project, span.kind, span.model, span.provider, span.status == "error")
        sums = (project, *classes_of(span))
        for docs in shared.get(caller) or self._share(caller, project, caller_facets(span)):
            docs.append(doc)
        for docs in shared.get(call) or self._share(call, project, call_facets(span)):
            docs.append(doc)
        for docs in shared.get(sums) or self._share(sums, project, sum_facets(span)):
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
            what = (project, facet, value)
            row = self._conn.execute(_FIND, what).fetchone()
            id = int(row[0] if row else self._conn.execute(_MAKE, what).lastrowid or 0)
            known[facet, value] = id
        return id

    def flush(self) -> None:
        """Write the rows in the order of their key, and how many each term got."""
        flat = [
            number for key in sorted(self._docs) for doc in sorted(self._docs[key])
            for number in (key, doc)
        ]  # fmt: skip
        whole = len(flat) // _MANY * _MANY
        many = [flat[at : at + _MANY] for at in range(0, whole, _MANY)]
        self._conn.executemany(_INSERT.format(",".join(["(?,?)"] * (_MANY // 2))), many)
        few = [flat[at : at + 2] for at in range(whole, len(flat), 2)]
        self._conn.executemany(_INSERT.format("(?,?)"), few)
        self._conn.executemany(
            "UPDATE term SET n = n + ? WHERE id = ?",
            [(len(docs), key) for key, docs in self._docs.items()],
        )
