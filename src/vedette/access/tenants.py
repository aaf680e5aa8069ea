"""Organizations and projects: made, changed, found by id or name, deleted."""

from collections.abc import Callable

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from vedette.access.book import Book, Entry, FormerProject
from vedette.access.checks import InvalidSetting, check_allowance, check_name
from vedette.access.issuing import Chance
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.tenant import DEFAULT, Allowance, Organization, Project

ID_BYTES = 6
ORGANIZATION, PROJECT = "org_", "prj_"
MOST_DAYS = 36_500


class Organizations:
    """Tenants of an installation."""

    def __init__(self, book: Book, clock: Clock, chance: Chance) -> None:
        self._book = book
        self._clock = clock
        self._chance = chance

    def list(self) -> tuple[Entry[Organization], ...]:
        """In the order of their ids."""
        with self._book.reading() as book:
            return tuple(book.organizations.entries.values())

    def get(self, id: str) -> Entry[Organization]:
        """By id. Raises NotFound."""
        with self._book.reading() as book:
            return book.organizations.get(id)

    def create(self, name: str, allowance: Allowance) -> Entry[Organization]:
        """Raises InvalidSetting, or Conflict where the name is taken."""
        name = check_name(name)
        check_allowance(allowance)
        with self._book.changing() as book:
            _check_free(name, book.organizations.values(), "organization", ORGANIZATION)
            organization = Organization(
                id=ORGANIZATION + self._chance(ID_BYTES).hex(), name=name,
                created_ns=self._clock.now_ns(), allowance=allowance,
            )  # fmt: skip
            return book.organizations.put(organization.id, organization, version=0)

    def change(
        self, id: str, *, name: str | None, allowance: Callable[[Allowance], Allowance],
        version: int | None = None,
    ) -> Entry[Organization]:  # fmt: skip
        """Raises NotFound, InvalidSetting or Conflict."""
        with self._book.changing() as book:
            found = book.organizations.get(id)
            changed = replace(found.value, allowance=check_allowance(allowance(_given(found))))
            if name is not None:
                changed = replace(changed, name=check_name(name))
                others = [one for one in book.organizations.values() if one.id != id]
                _check_free(changed.name, others, "organization", ORGANIZATION)
            return book.organizations.put(id, changed, version=version or found.version)

    def delete(self, id: str) -> None:
        """Raises NotFound, or Conflict while it has projects and for the default one."""
        with self._book.changing() as book:
            found = book.organizations.get(id)
            if id == DEFAULT:
                raise Conflict("The default organization cannot be deleted.")
            if any(project.organization_id == id for project in book.projects.values()):
                raise Conflict(f"The organization {id!r} has projects. Delete them first.")
            book.organizations.delete(id, version=found.version)


class Projects:
    """Units of isolation."""

    def __init__(self, book: Book, clock: Clock, chance: Chance) -> None:
        self._book = book
        self._clock = clock
        self._chance = chance

    def list(self) -> tuple[Entry[Project], ...]:
        """In the order of their ids."""
        with self._book.reading() as book:
            return tuple(book.projects.entries.values())

    def recorded_ids(self) -> tuple[str, ...]:
        """Ids under which calls are recorded, those of deleted projects included."""
        with self._book.reading() as book:
            return (*book.projects.entries, *book.former.entries)

    def get(self, id: str) -> Entry[Project]:
        """By id. Raises NotFound."""
        with self._book.reading() as book:
            return book.projects.get(id)

    def name_of(self, id: str) -> str:
        """Empty where there is no such project any more."""
        with self._book.reading() as book:
            found = book.projects.entries.get(id)
        return found.value.name if found is not None else ""

    def find(self, id_or_name: str) -> Entry[Project]:
        """Raises NotFound, or InvalidSetting where several have this name."""
        with self._book.reading() as book:
            return find_project(book, id_or_name)

    def create(
        self, name: str, organization: str, allowance: Allowance,
        *, retention_days: int | None = None,
    ) -> Entry[Project]:  # fmt: skip
        """Raises InvalidSetting, or Conflict where the organization has one of this name."""
        name = check_name(name)
        check_allowance(allowance)
        check_retention(retention_days)
        with self._book.changing() as book:
            if organization not in book.organizations.entries:
                raise InvalidSetting("organization", organization, "the id of an organization")
            _check_free(name, _siblings(book, organization), "project", PROJECT)
            project = Project(
                id=PROJECT + self._chance(ID_BYTES).hex(), name=name, organization_id=organization,
                created_ns=self._clock.now_ns(), allowance=allowance,
                retention_days=retention_days,
            )  # fmt: skip
            return book.projects.put(project.id, project, version=0)

    def change(
        self, id: str, *, name: str | None, allowance: Callable[[Allowance], Allowance],
        version: int | None = None, retention_days: int | UnsetType | None = UNSET,
    ) -> Entry[Project]:  # fmt: skip
        """Raises NotFound, InvalidSetting or Conflict."""
        with self._book.changing() as book:
            found = book.projects.get(id)
            changed = replace(found.value, allowance=check_allowance(allowance(_given(found))))
            if name is not None:
                changed = replace(changed, name=check_name(name))
                siblings = [one for one in _siblings(book, changed.organization_id) if one.id != id]
                _check_free(changed.name, siblings, "project", PROJECT)
            if retention_days is not UNSET:
                check_retention(retention_days)
                changed = replace(changed, retention_days=retention_days)
            return book.projects.put(id, changed, version=version or found.version)

    def delete(self, id: str) -> int:
        """Delete it and its keys; return how many. What it recorded stays.

        The keys go first: a deletion that breaks off leaves a project without keys, never keys
        without a project. Allowances within it go, too.
        Raises NotFound, or Conflict for the default one.
        """
        with self._book.changing() as book:
            found = book.projects.get(id)
            if id == DEFAULT:
                raise Conflict("The default project cannot be deleted.")
            keys = [entry for entry in book.keys.entries.values() if entry.value.project_id == id]
            for key in keys:
                book.keys.delete(key.value.id, version=key.version)
            rules = [one for one in book.allowances.entries.items() if one[1].value.project == id]
            for rule_id, rule in rules:
                book.allowances.delete(rule_id, version=rule.version)
            book.former.put(id, FormerProject(deleted_ns=self._clock.now_ns()), version=0)
            book.projects.delete(id, version=found.version)
            return len(keys)


def check_retention(days: int | None) -> None:
    """Raises InvalidSetting."""
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise InvalidSetting("retention_days", str(days), f"1 to {MOST_DAYS} days, or null")


def find_project(book: Book, id_or_name: str) -> Entry[Project]:
    """Ids go before names. Raises NotFound or InvalidSetting."""
    by_id = book.projects.entries.get(id_or_name)
    if by_id is not None:
        return by_id
    found = [e for e in book.projects.entries.values() if e.value.name == id_or_name]
    if not found:
        raise NotFound(f"There is no project {id_or_name[:80]!r}.")
    if len(found) > 1:
        ids = ", ".join(entry.value.id for entry in found[:5])
        raise InvalidSetting("project", id_or_name, f"an id, as several have this name: {ids}")
    return found[0]


def _given(entry: Entry[Organization] | Entry[Project]) -> Allowance:
    return entry.value.allowance


def _siblings(book: Book, organization: str) -> list[Project]:
    return [one for one in book.projects.values() if one.organization_id == organization]


def _check_free(
    name: str, taken: "tuple[Organization, ...] | list[Organization] | list[Project]",
    noun: str, prefix: str,
) -> None:  # fmt: skip
    """Names that look like ids would be found in the place of others."""
    if name.startswith(prefix):
        raise InvalidSetting("name", name, f"a name that does not begin with {prefix}")
    if any(one.name == name for one in taken):
        raise Conflict(f"There is a {noun} {name!r} already.")
