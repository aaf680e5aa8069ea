"""Where late facts live: what is said of traces after they were recorded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from vedette.model.expression import Leaf
from vedette.model.notes import Comment, Score, ScoreQuery, TraceNotes


class Notes(Protocol):
    """Scores, tags, comments and bookmarks of a project. Methods block on the disk.

    Writing the same id (tag, bookmark) again replaces what was there: every write is idempotent.
    """

    def put_scores(self, scores: Sequence[Score]) -> None: ...

    def list_scores(self, query: ScoreQuery) -> tuple[Score, ...]:
        """Ordered by id, those after `after_id`."""
        ...

    def delete_score(self, project_id: str, score_id: str) -> bool:
        """False when there was none."""
        ...

    def put_comment(self, project_id: str, trace_id: str, comment: Comment) -> None: ...

    def delete_comment(self, project_id: str, trace_id: str, comment_id: str) -> bool: ...

    def set_tag(self, project_id: str, trace_id: str, tag: str, *, is_on: bool) -> None: ...

    def set_bookmark(self, project_id: str, trace_id: str, *, is_on: bool) -> None: ...

    def of_traces(
        self, project_id: str, trace_ids: Iterable[str], sessions: Mapping[str, str] | None = None
    ) -> dict[str, TraceNotes]:
        """Notes by trace id, only where there are any; `sessions` names the session of a trace."""
        ...

    def traces_with(self, project_id: str, leaf: Leaf, *, most: int) -> tuple[str, ...] | None:
        """Traces that may hold a condition on notes; None where more than `most` do, or any."""
        ...

    def has_tag(self, project_id: str, tag: str = "") -> bool:
        """Whether any trace was given this tag (any tag) later."""
        ...

    def forget_traces(self, project_id: str, trace_ids: Sequence[str]) -> int:
        """Forget all that was said of these traces; how many notes that was."""
        ...

    def forget_sessions(self, project_id: str, sessions: Sequence[str]) -> int: ...

    def count(self, project_id: str, trace_ids: Sequence[str], sessions: Sequence[str]) -> int:
        """Notes on these traces and sessions."""
        ...
