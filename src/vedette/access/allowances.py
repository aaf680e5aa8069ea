"""Budgets and limits of users, sessions, models, tags and the like that are made in the console.

Those of the configuration stand beside them (`allowances` there): where both name the same, that of
the configuration counts.
"""

from collections.abc import Callable

from msgspec.structs import replace

from vedette.access.book import Book, Entry
from vedette.access.checks import InvalidSetting, check_allowance, check_text
from vedette.access.issuing import Chance
from vedette.access.tenants import ID_BYTES, find_project
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.tenant import Allowance, ScopedAllowance

ALLOWANCE = "alw_"
MOST = 1_000


class Allowances:
    """Rules for all of a kind."""

    def __init__(self, book: Book, clock: Clock, chance: Chance) -> None:
        self._book = book
        self._clock = clock
        self._chance = chance

    def list(self) -> tuple[tuple[str, Entry[ScopedAllowance]], ...]:
        """With their ids, in their order."""
        with self._book.reading() as book:
            return tuple(book.allowances.entries.items())

    def get(self, id: str) -> Entry[ScopedAllowance]:
        """By id. Raises NotFound."""
        with self._book.reading() as book:
            return book.allowances.get(id)

    def create(self, rule: ScopedAllowance) -> tuple[str, Entry[ScopedAllowance]]:
        """`rule.project` is an id or a name. Raises InvalidSetting or Conflict."""
        with self._book.changing() as book:
            rule = _check(book, rule)
            _check_free(book, rule)
            if len(book.allowances.entries) >= MOST:
                raise Conflict(f"There are {MOST} allowances. Delete one first.")
            id = ALLOWANCE + self._chance(ID_BYTES).hex()
            return id, book.allowances.put(id, rule, version=0)

    def change(
        self, id: str, *, allowance: Callable[[Allowance], Allowance],
        together: bool | None = None, version: int | None = None,
    ) -> Entry[ScopedAllowance]:  # fmt: skip
        """Whom it is for stays: what was used is counted under that. Raises NotFound,
        InvalidSetting or Conflict."""
        with self._book.changing() as book:
            found = book.allowances.get(id)
            rule = found.value
            changed = replace(
                rule, allowance=check_allowance(allowance(rule.allowance)),
                together=rule.together if together is None else together,
            )  # fmt: skip
            return book.allowances.put(id, changed, version=version or found.version)

    def delete(self, id: str) -> None:
        """Raises NotFound or Conflict."""
        with self._book.changing() as book:
            book.allowances.delete(id, version=book.allowances.get(id).version)


def _check(book: Book, rule: ScopedAllowance) -> ScopedAllowance:
    name = check_text(rule.name, "name")
    if not name:
        raise InvalidSetting("name", rule.name, "a name or a pattern; * is all")
    project = rule.project
    if project:
        try:
            project = find_project(book, project).value.id
        except NotFound:
            raise InvalidSetting("project", project, "the id or name of a project") from None
    check_allowance(rule.allowance)
    return replace(rule, name=name, project=project)


def _check_free(book: Book, rule: ScopedAllowance) -> None:
    for other, entry in book.allowances.entries.items():
        if entry.value.place == rule.place:
            raise Conflict(f"The allowance {other!r} is for the same. Change that one.")
