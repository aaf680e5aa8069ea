"""Searches that Google runs itself: no tokens, but billed by their number.

`groundingMetadata` tells the queries. Empty ones and the same one again are not billed.
https://ai.google.dev/gemini-api/docs/google-search
"""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.reading import as_list
from vedette.model.usage import Usage

_QUERIES = ("webSearchQueries", "imageSearchQueries")


def queries_in(metadata: object) -> Iterable[str]:
    """Those of one `groundingMetadata`."""
    told = camel_fields(metadata)
    for name in _QUERIES:
        for query in as_list(told.get(name)):
            if isinstance(query, str) and query.strip():
                yield query


def with_searches(usage: Usage | None, queries: Collection[str]) -> Usage | None:
    """The usage with the searches of the web."""
    if usage is None or not queries:
        return usage
    return replace(usage, web_searches=len(frozenset(queries)))
