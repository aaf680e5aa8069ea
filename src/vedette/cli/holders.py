"""What the commands for organizations and projects share: a list, one, a change."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vedette.cli.grants import budgets_text, changed_body
from vedette.cli.output import console, table
from vedette.cli.remote import Remote, place
from vedette.errors import BadRequest, NotFound

Found = Mapping[str, Any]
ALLOWED = ("BUDGETS", "RPM>", "TPM>", "CALLS>")


class Holders:
    """One kind of record of the console. `own` are the columns beside those that all have."""

    def __init__(self, noun: str, own: Mapping[str, Callable[[Found], str]]) -> None:
        self._noun = noun
        self._path = f"{noun}s"
        self._own = own
        self._columns = ("ID", "NAME", *own, *ALLOWED)

    def list(self, remote: Remote, *, as_json: bool) -> None:
        found = remote.pages(f"/{self._path}")
        if as_json:
            print_json(found)
        else:
            self._table(found)

    def create(self, remote: Remote, body: Found, *, as_json: bool) -> None:
        """Prints the id, or all of it."""
        made = remote.send("POST", f"/{self._path}", body)
        if as_json:
            print_json(made)
        else:
            print(made["id"])

    def change(
        self, remote: Remote, id_or_name: str, body: Found, clear: Iterable[str] | None
    ) -> None:
        """Limits that are not named stay."""
        given = self.find(remote, id_or_name)
        changed = changed_body(body, given, clear or ())
        self._table([remote.send("PATCH", self.place(given), changed)])

    def find(self, remote: Remote, id_or_name: str) -> dict[str, Any]:
        """Ids go before names. Raises NotFound, or BadRequest where several have the name."""
        known = remote.pages(f"/{self._path}")
        by_id = [one for one in known if one["id"] == id_or_name]
        found = by_id or [one for one in known if one["name"] == id_or_name]
        if not found:
            raise NotFound(
                f"There is no {self._noun} {id_or_name!r}. `vedette {self._path} list` shows them."
            )
        if len(found) > 1:
            ids = ", ".join(one["id"] for one in found)
            raise BadRequest(f"Several {self._path} have the name {id_or_name!r}: {ids}.")
        return found[0]

    def place(self, found: Found) -> str:
        """Its path."""
        return place(self._path, found["id"])

    def _table(self, found: Iterable[Found]) -> None:
        table(console(), self._columns, map(self._row, found))

    def _row(self, one: Found) -> tuple[str, ...]:
        limits = one["limits"]
        return (
            one["id"], one["name"], *(cell(one) for cell in self._own.values()),
            budgets_text(one["budgets"]) or "-",
            *(str(limits[name] or "-") for name in ("rpm", "tpm", "concurrency")),
        )  # fmt: skip


def print_json(found: object) -> None:
    print(json.dumps(found, indent=2, ensure_ascii=False))
