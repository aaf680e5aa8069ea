"""What is said of a trace after it was recorded: scores, tags, comments, bookmarks."""

from typing import Literal

import msgspec

ScoreKind = Literal["numeric", "boolean", "categorical"]
ScoreSource = Literal["person", "model", "code"]
SOURCES: tuple[ScoreSource, ...] = ("person", "model", "code")
NoteKind = Literal["score", "tag", "comment", "bookmark"]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement of a span (trace and span id), a trace (trace id) or a session."""

    id: str
    project_id: str
    name: str
    value: float | bool | str
    trace_id: str = ""
    span_id: str = ""
    session_id: str = ""
    source: ScoreSource = "code"
    author: str = ""
    comment: str = ""
    at_ns: int

    @property
    def kind(self) -> ScoreKind:
        if isinstance(self.value, bool):
            return "boolean"
        return "categorical" if isinstance(self.value, str) else "numeric"


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a person on a trace or a span of it."""

    id: str
    text: str
    span_id: str = ""
    author: str = ""
    at_ns: int


class TraceNotes(msgspec.Struct, frozen=True, kw_only=True):
    """All that was said of one trace, its spans and its session."""

    scores: tuple[Score, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    bookmarked: bool = False


NO_NOTES = TraceNotes()


class ScoreQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions on scores, all of which must hold."""

    project_id: str
    name: str = ""
    trace_id: str = ""
    session_id: str = ""
    source: str = ""
    after_id: str = ""
    limit: int = 100
