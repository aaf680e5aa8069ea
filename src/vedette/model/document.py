"""Tables under a title, however they are written: on a terminal, as CSV, on pages."""

import msgspec


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of cells under headings; numbers stand to the right where a heading ends with `>`."""

    title: str = ""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
