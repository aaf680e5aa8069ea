"""What every SQLite file of ours is opened with, whatever is in it."""

import sqlite3
import time

_RETRY_S = 0.005


def prepare(conn: sqlite3.Connection, busy_s: float) -> None:
    """Write-ahead logging, and deleted rows overwritten rather than left in the file.

    `secure_delete` is not everywhere the default, and what packing leaves behind is somebody's
    words too. Raises `sqlite3.OperationalError` where the file stays locked for `busy_s` seconds.
    """
    _write_ahead(conn, time.monotonic() + busy_s)
    conn.execute("PRAGMA secure_delete=ON")


def _write_ahead(conn: sqlite3.Connection, deadline: float) -> None:
    """Of several that open a new file at once, SQLite refuses all but one without waiting: to
    change the mode is to turn a reader's lock into a writer's, where waiting could be for ever.
    """
    while True:
        try:
            conn.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(_RETRY_S)
