"""The directory: one file per month, a lock, and what to do with a broken file.

A trace lives in one file, the one its first span went to (its home), so trace rows never have to
be merged. A new trace goes to the month of its earliest start, but not further back than
`_OLDEST_MONTHS` and not further ahead than next month: wild clocks make few files. A file may
hold starts outside of its month; `stat` knows its true range.
"""

import contextlib
import datetime
import fcntl
import functools
import logging
import os
import re
import sqlite3
from pathlib import Path

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.stores.spans.sqlite.files import SIDE_FILES, SpanFile, is_damage, read_stat
from vedette.stores.spans.sqlite.ledger import (
    INSERT,
    carry_over,
    forget_carried,
    has_entries,
    read_entries,
)
from vedette.stores.spans.sqlite.schema import Opening

log = logging.getLogger(__name__)

_FILE_NAME = re.compile(r"spans-(\d{4}-\d{2})\.db")
_OLDEST_MONTHS = 36
_LOCK_NAME = "spans.lock"


def month_of(start_ns: int, now_ns: int) -> str:
    """The month a trace that starts then belongs to, as `2026-01`."""
    now = _months(now_ns)
    month = min(max(_months(start_ns), now - _OLDEST_MONTHS), now + 1)
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _months(at_ns: int) -> int:
    return _months_to_day(min(at_ns // _DAY_NS, _LAST_DAY))


@functools.lru_cache(maxsize=64)
def _months_to_day(days: int) -> int:
    day = datetime.datetime.fromtimestamp(days * 86_400, datetime.UTC)
    return day.year * 12 + day.month - 1


_DAY_NS = 86_400 * 10**9
_LAST_DAY = 2_932_896
"""The last of the year 9999."""


class Months:
    """All span files of one directory, or one file in memory."""

    def __init__(self, folder: Path | None, clock: Clock, opening: Opening) -> None:
        self._folder = folder
        self._clock = clock
        self._opening = opening
        self._readonly = opening.readonly
        self._lock_fd: int | None = None
        self._files: dict[str, SpanFile] = {}
        self.moved_aside: list[str] = []
        """Names of the broken files that were moved away since the start."""
        if folder is None:
            self._files[""] = SpanFile(None, self._opening)
        else:
            self._open_folder(folder)

    def _open_folder(self, folder: Path) -> None:
        try:
            if self._readonly:
                os.listdir(folder)
            else:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._lock_fd = _take_lock(folder)
            self._scan(folder)
        except OSError as error:
            self.close()
            raise StoreError(
                f"Cannot use storage.path {str(folder)!r}: {error.strerror}."
            ) from error
        except BaseException:
            self.close()
            raise

    def _scan(self, folder: Path) -> None:
        for path in sorted(folder.iterdir()):
            if (match := _FILE_NAME.fullmatch(path.name)) and match[1] not in self._files:
                self._add(match[1])

    def _add(self, month: str) -> SpanFile:
        path = self._path(month)
        try:
            file = self._checked(path)
        except sqlite3.Error as error:
            if self._readonly or path is None or not is_damage(error):
                raise _store_error(error, path.name if path else "") from error
            self._move_aside(path, error)
            file = self._checked(path)
        files = dict(self._files)
        files[month] = file
        self._files = files
        return file

    def _checked(self, path: Path | None) -> SpanFile:
        file = SpanFile(path, self._opening)
        try:
            with file.reading() as conn:
                read_stat(conn)
        except BaseException:
            file.close()
            raise
        return file

    def _path(self, month: str) -> Path | None:
        return self._folder / f"spans-{month}.db" if self._folder else None

    def newest_first(self) -> list[SpanFile]:
        """All files; opened for reading only, those are included that appeared since."""
        if self._readonly and self._folder:
            self._forget_gone()
            self._scan(self._folder)
        files = self._files
        return [files[month] for month in sorted(files, reverse=True)]

    def _forget_gone(self) -> None:
        gone = {m: f for m, f in self._files.items() if f.path and not f.path.exists()}
        self._files = {m: f for m, f in self._files.items() if m not in gone}
        for file in gone.values():
            file.close()

    def known_home(self, start_ns: int) -> SpanFile | None:
        """The file a new trace goes to, where that is there already."""
        return self._files.get(self._month(start_ns))

    def home(self, start_ns: int) -> SpanFile:
        """The file a new trace goes to, made when it is not there. Only the writer calls this."""
        return self.known_home(start_ns) or self._add(self._month(start_ns))

    def _month(self, start_ns: int) -> str:
        return "" if self._folder is None else month_of(start_ns, self._clock.now_ns())

    def drop(self, file: SpanFile) -> bool:
        """Forget a file and delete it from the disk; in memory, start anew.

        Its ledger goes on in the file of this month; where it is that file itself, it stays as
        long as it has one (False).
        """
        month = next(month for month, known in self._files.items() if known is file)
        if file.path is None:
            entries, _ = read_entries(file)
            file.close()
            fresh = SpanFile(None, self._opening)
            with fresh.transaction() as conn:
                conn.executemany(INSERT, entries)
            self._files = {month: fresh}
            return True
        heir = self.home(self._clock.now_ns()) if has_entries(file) else None
        if heir is file:
            return False
        if heir is not None:
            carry_over(file, heir)
        self._files = {m: f for m, f in self._files.items() if f is not file}
        file.close()
        for suffix in ("", *SIDE_FILES):
            file.path.with_name(file.path.name + suffix).unlink(missing_ok=True)
        if heir is not None:
            forget_carried(file.name, heir)
        return True

    def replace_damaged(self, file: SpanFile, error: sqlite3.Error) -> None:
        """Move a broken file aside so that writing goes on in a new one."""
        month = next((month for month, known in self._files.items() if known is file), None)
        if month is None or file.path is None:
            return
        self._files = {m: f for m, f in self._files.items() if f is not file}
        with contextlib.suppress(sqlite3.Error):
            file.close()
        self._move_aside(file.path, error)

    def _move_aside(self, path: Path, error: sqlite3.Error) -> None:
        stamp = self._clock.now_ns() // 10**9
        target = path.with_name(f"{path.name}.corrupt-{stamp}")
        for suffix in ("", *SIDE_FILES):
            source = path.with_name(path.name + suffix)
            if source.exists():
                source.rename(target.with_name(target.name + suffix))
        self.moved_aside.append(target.name)
        log.error(
            "span file %s is damaged (%s): moved aside to %s, its spans are not shown any more;"
            " new spans go to a new file",
            path.name,
            error,
            target.name,
        )

    def problem(self) -> str:
        """What is wrong with the directory or the files under us; empty when nothing is."""
        if self._folder is None:
            return ""
        if not self._folder.is_dir():
            return f"The directory {str(self._folder)!r} is gone."
        gone = [file.name for file in self._files.values() if file.path and not file.path.exists()]
        if gone:
            return f"{', '.join(gone)} was removed from {str(self._folder)!r} while in use."
        if not self._readonly and not os.access(self._folder, os.W_OK):
            return f"The directory {str(self._folder)!r} cannot be written."
        return ""

    def close(self) -> None:
        files, self._files = self._files, {}
        for file in files.values():
            file.close()
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None


def _take_lock(folder: Path) -> int:
    """Hold the directory for this process; the lock goes with the process, however it ends."""
    fd = os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = os.read(fd, 32).decode("ascii", "replace").strip() or "unknown"
        os.close(fd)
        raise StoreError(
            f"{str(folder)!r} is in use by another Vedette (process {owner})."
            " Stop it, or set another storage.path."
        ) from error
    os.ftruncate(fd, 0)
    os.write(fd, f"{os.getpid()}\n".encode())
    return fd


def _store_error(error: sqlite3.Error, name: str) -> StoreError:
    return StoreError(f"The span file {name!r} cannot be used: {error}.")
