"""The deletion of all that is kept of one user, and its proof."""

import msgspec


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How much is kept of a user."""

    traces: int = 0
    spans: int = 0
    payloads: int = 0
    findings: int = 0
    notes: int = 0
    """Scores, tags, comments and bookmarks."""
    ledger_rows: int = 0
    """Rows of the ledger that name the user or a session of these traces."""
    search_hits: int = 0
    """Spans of these that a search by their own words finds; of a sample."""

    @property
    def is_nothing(self) -> bool:
        return not any(msgspec.structs.astuple(self))


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """What was there before, and what is left: nothing, where it went well."""

    before: Kept
    after: Kept
    files: int
    """Span files that were changed and cleaned."""
