"""All records of a kind, a page at a time."""

from collections.abc import Iterator
from typing import Final

from vedette.ports.stores import Record, Records

PAGE: Final = 500


def all_records(
    records: Records, project_id: str, kind: str, *, after_id: str = ""
) -> Iterator[Record]:
    """Those after `after_id`, in the order of ids. The next page is read when it is asked for, so
    records may be put or deleted meanwhile."""
    while True:
        page = records.list(project_id, kind, after_id=after_id, limit=PAGE)
        yield from page
        if len(page) < PAGE:
            return
        after_id = page[-1].id
