"""The span store on SQLite (profiles `lite` and `memory`)."""

from vedette.stores.spans.sqlite.store import SqliteSpanStore

__all__ = ["SqliteSpanStore"]
