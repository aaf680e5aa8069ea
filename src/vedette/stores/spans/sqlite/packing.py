"""Payloads as bytes: zstd with a dictionary learned from the file's own payloads.

System prompts, tool definitions and field names come again in every call, but a single payload is
too short for zstd to profit; with a dictionary payloads get a third smaller and cheaper to
compress (`training`). It stands in the file, each frame names the one it needs, and none is ever
changed or carried into another file: what is deleted with a file is gone with its dictionary.
"""

import sqlite3

import zstandard

from vedette.errors import StoreError

LEVEL = 1


class Packer:
    """Compresses with the newest dictionary of a file; for one thread at a time."""

    def __init__(self, conn: sqlite3.Connection, *, newest_only: bool = False) -> None:
        """With `newest_only` an empty newest dictionary means none, not the one before it."""
        filled = "" if newest_only else " WHERE length(body) > 0"
        row = conn.execute(f"SELECT max(id) FROM dictionary{filled}").fetchone()
        dictionary = None if row[0] is None else load_dictionary(conn, row[0])
        if dictionary is not None and len(dictionary) == 0:
            dictionary = None
        if dictionary is not None:
            dictionary.precompute_compress(level=LEVEL)
        self.pack = zstandard.ZstdCompressor(
            level=LEVEL, dict_data=dictionary, write_checksum=False
        ).compress


class Unpacker:
    """Decompresses payloads of a file, for the length of one query."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._known: dict[int, zstandard.ZstdDecompressor] = {}

    def unpack(self, packed: bytes) -> bytes:
        """Raises `StoreError` for damaged bytes."""
        try:
            id = zstandard.get_frame_parameters(packed).dict_id
            known = self._known.get(id)
            if known is None:
                dictionary = load_dictionary(self._conn, id) if id else None
                known = self._known[id] = zstandard.ZstdDecompressor(dict_data=dictionary)
            return known.decompress(packed)
        except zstandard.ZstdError as error:
            raise StoreError(
                "The stored payload of a span is damaged and cannot be read."
            ) from error


def load_dictionary(conn: sqlite3.Connection, id: int) -> zstandard.ZstdCompressionDict:
    """The dictionary with this id; raises `StoreError` when the file does not have it."""
    row = conn.execute("SELECT body FROM dictionary WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise StoreError("The dictionary of a stored payload is missing; it cannot be read.")
    return zstandard.ZstdCompressionDict(row[0])
