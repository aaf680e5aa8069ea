"""The deletion of a user from all files of a store, counted before and after."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import msgspec

from vedette.model.forgetting import Forgotten, Kept
from vedette.stores.spans.sqlite import forgetting
from vedette.stores.spans.sqlite.files import SpanFile
from vedette.stores.spans.sqlite.notes import SqliteNotes


class Erasing:
    """Goes file by file, some traces at a time, so that writes get their turn in between."""

    def __init__(
        self,
        files: Callable[[], Sequence[SpanFile]],
        notes: SqliteNotes,
        writing: Callable[[], AbstractContextManager[None]],
        has_session: Callable[[str, str], bool],
    ) -> None:
        self._files = files
        self._notes = notes
        self._writing = writing
        self._has_session = has_session

    def delete_traces(self, project_id: str, traces: Mapping[str, int]) -> int:
        """See `ports.stores.SpanStore`."""
        deleted = 0
        for some in forgetting.steps(list(traces)):
            with self._writing():
                deleted += self._delete(project_id, {id: traces[id] for id in some})
        return deleted

    def _delete(self, project_id: str, wanted: Mapping[str, int]) -> int:
        """Nothing is written meanwhile."""
        found: list[tuple[SpanFile, int, str, int]] = []
        for file in self._files():
            with file.reading() as conn:
                rows = forgetting.count_spans(conn, project_id, list(wanted))
            found += [(file, row, id, spans) for row, id, spans in rows]
        counted: Counter[str] = Counter()
        for _, _, id, spans in found:
            counted[id] += spans
        for file in self._files():
            mine = [
                row for where, row, id, _ in found if where is file and counted[id] == wanted[id]
            ]
            if mine:
                forgetting.forget_step(file, project_id, mine)
        return sum(n for id, n in counted.items() if n == wanted[id])

    def forget_user(self, project_id: str, user_id: str) -> Forgotten:
        """See `ports.stores.SpanStore`."""
        before, after, changed = Kept(), Kept(), 0
        traces: list[str] = []
        sessions: set[str] = set()
        for file in self._files():
            with file.reading() as conn:
                doomed = forgetting.find_doomed(conn, project_id, user_id)
                there = forgetting.kept(conn, project_id, user_id, doomed)
            if there.is_nothing:
                continue
            changed += 1
            before = _sum(before, there)
            traces += [id.hex() for id in doomed.trace_ids]
            sessions |= set(doomed.sessions)
            self._forget_in(file, project_id, user_id, doomed)
            with file.reading() as conn:
                after = _sum(after, forgetting.kept(conn, project_id, user_id, doomed))
        lonely = [id for id in sessions if not self._has_session(project_id, id)]
        notes = self._notes.count(project_id, traces, lonely)
        self._notes.forget_traces(project_id, traces)
        self._notes.forget_sessions(project_id, lonely)
        left = self._notes.count(project_id, traces, lonely)
        return Forgotten(
            before=_sum(before, Kept(notes=notes)),
            after=_sum(after, Kept(notes=left)),
            files=changed,
        )

    def _forget_in(
        self, file: SpanFile, project_id: str, user_id: str, doomed: forgetting.Doomed
    ) -> None:
        for some in forgetting.steps(doomed.traces):
            with self._writing():
                forgetting.forget_step(file, project_id, some)
        with self._writing():
            with file.transaction() as conn:
                forgetting.forget_in_ledger(conn, project_id, user_id, doomed.sessions)
            forgetting.clean(file, project_id, user_id)


def _sum(one: Kept, other: Kept) -> Kept:
    pairs = zip(msgspec.structs.astuple(one), msgspec.structs.astuple(other), strict=True)
    return Kept(**dict(zip(Kept.__struct_fields__, (a + b for a, b in pairs), strict=True)))
