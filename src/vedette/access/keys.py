"""Virtual keys: issued, changed, rotated, revoked."""

import hmac
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from vedette.access.book import Book, Entry
from vedette.access.checks import (
    InvalidSetting,
    check_allowance,
    check_metadata,
    check_name,
    check_scopes,
    check_text,
)
from vedette.access.issuing import Chance, IssuedKey, issue, public_part
from vedette.access.tenants import find_project
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.tenant import Allowance, Scopes, VirtualKey

KeyStatus = Literal["active", "disabled", "expired", "replaced"]
"""`replaced`: rotated, and works until it expires."""

MAX_KEYS = 100_000
MAX_OVERLAP_S = 90 * 86_400


class KeySettings(msgspec.Struct, frozen=True, kw_only=True):
    """What its owner says of a key."""

    name: str
    owner: str = ""
    scopes: Scopes = Scopes()
    allowance: Allowance = Allowance()
    metadata: dict[str, str] = {}
    expires_ns: int | None = None


class KeyQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which keys; all given conditions must hold."""

    project: str = ""
    """Id or name."""
    prefix: str = ""
    """Beginning of the key as it was shown, or of its id."""
    text: str = ""
    """Part of name, owner, id or metadata, without regard to case."""
    owner: str = ""
    """Exactly."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Names and values that the key must have; an empty value: any."""
    status: KeyStatus | None = None
    now_ns: int = 0
    """When the status is looked at."""


Place = tuple[int, str]
"""Where a key stands in the list: minus the time it was made, and its id."""


def place_of(entry: Entry[VirtualKey]) -> Place:
    return -entry.created_ns, entry.value.id


class Keys:
    """The keys of all projects."""

    def __init__(self, book: Book, clock: Clock, chance: Chance) -> None:
        self._book = book
        self._clock = clock
        self._chance = chance

    def list(
        self, query: KeyQuery, *, after: Place | None = None, limit: int = 100
    ) -> tuple[Entry[VirtualKey], ...]:
        """Newest first, those behind `after`. Raises NotFound for a project."""
        with self._book.reading() as book:
            project_id = find_project(book, query.project).value.id if query.project else ""
            found = [
                entry
                for entry in book.keys.entries.values()
                if (after is None or place_of(entry) > after)
                and _matches(entry.value, query, project_id)
            ]
        return tuple(sorted(found, key=place_of)[:limit])

    def get(self, id: str) -> Entry[VirtualKey]:
        """By id. Raises NotFound."""
        with self._book.reading() as book:
            return book.keys.get(id)

    def bearer(self, text: str, address: str) -> VirtualKey | None:
        """The key that a text is, where it works now and from this address of the network."""
        try:
            key = self.get(public_part(text)).value
        except NotFound:
            return None
        if not hmac.compare_digest(sha256(text.encode()).hexdigest(), key.sha256):
            return None
        if status_of(key, self._clock.now_ns()) in ("disabled", "expired"):
            return None
        return key if not key.scopes.ips or _is_within(address, key.scopes.ips) else None

    def create(self, project: str, settings: KeySettings) -> tuple[Entry[VirtualKey], IssuedKey]:
        """A new key of a project, given by id or name. Raises InvalidSetting or Conflict."""
        with self._book.changing() as book:
            try:
                owner = find_project(book, project).value
            except NotFound:
                raise InvalidSetting("project", project, "the id or name of a project") from None
            key = self._check(VirtualKey(
                id="", sha256="", project_id=owner.id, organization_id=owner.organization_id,
                name=settings.name, owner=settings.owner, scopes=settings.scopes,
                allowance=settings.allowance, metadata=settings.metadata,
                expires_ns=settings.expires_ns,
            ))  # fmt: skip
            return self._issue(book, key)

    def change(
        self, id: str, changes: dict[str, Any], *, version: int | None = None
    ) -> Entry[VirtualKey]:
        """Set fields of `VirtualKey`. Raises NotFound, InvalidSetting or Conflict."""
        with self._book.changing() as book:
            found = book.keys.get(id)
            changed = replace(found.value, **changes)
            if changed.expires_ns == found.value.expires_ns:
                # One that has expired may be given a new name: only a new time must lie ahead.
                checked = self._check(replace(changed, expires_ns=None))
                changed = replace(checked, expires_ns=found.value.expires_ns)
            else:
                changed = self._check(changed)
            return book.keys.put(id, changed, version=version or found.version)

    def rotate(self, id: str, *, overlap_s: float) -> tuple[Entry[VirtualKey], IssuedKey]:
        """A new key in the place of this one, which works for `overlap_s` more.

        Raises NotFound, or Conflict for one that no longer works or has been replaced before.
        """
        if not 0 <= overlap_s <= MAX_OVERLAP_S:
            expected = f"seconds from 0 to {MAX_OVERLAP_S}"
            raise InvalidSetting("overlap_s", str(overlap_s), expected)
        now_ns = self._clock.now_ns()
        ends_ns = now_ns + round(overlap_s * 1e9)
        with self._book.changing() as book:
            found = book.keys.get(id)
            old = found.value
            _check_rotatable(old, now_ns)
            fresh, issued = self._issue(book, replace(old, replaces=old.account_id))
            expires_ns = ends_ns if old.expires_ns is None else min(old.expires_ns, ends_ns)
            replaced = replace(old, replaced_by=issued.id, expires_ns=expires_ns)
            book.keys.put(id, replaced, version=found.version)
            return fresh, issued

    def delete(self, id: str) -> None:
        """Raises NotFound or Conflict."""
        with self._book.changing() as book:
            book.keys.delete(id, version=book.keys.get(id).version)

    def open_again(self) -> None:
        """Let calls in without a key, as before the first was made. Raises Conflict while there
        are keys."""
        with self._book.changing() as book:
            if book.keys.entries:
                raise Conflict(f"There are {len(book.keys.entries)} keys. Delete them first.")
            book.forget_use()

    def _issue(self, book: Book, key: VirtualKey) -> tuple[Entry[VirtualKey], IssuedKey]:
        if len(book.keys.entries) >= MAX_KEYS:
            raise Conflict(f"There are {MAX_KEYS} keys. Delete some first.")
        issued = issue(self._chance)
        while issued.id in book.keys.entries:
            issued = issue(self._chance)
        book.use_keys(self._clock.now_ns())
        key = replace(key, id=issued.id, sha256=issued.sha256, created_ns=self._clock.now_ns())
        return book.keys.put(issued.id, key, version=0), issued

    def _check(self, key: VirtualKey) -> VirtualKey:
        if key.expires_ns is not None and key.expires_ns <= self._clock.now_ns():
            raise InvalidSetting("expires_at", "a time that has passed", "a time to come")
        check_scopes(key.scopes)
        check_allowance(key.allowance)
        return replace(
            key, name=check_name(key.name), owner=check_text(key.owner, "owner"),
            metadata=check_metadata(key.metadata),
        )  # fmt: skip


def _is_within(address: str, networks: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(text, strict=False) for text in networks)


def _check_rotatable(key: VirtualKey, now_ns: int) -> None:
    if key.replaced_by:
        raise Conflict(f"The key {key.id!r} was replaced by {key.replaced_by!r} already.")
    if key.disabled:
        raise Conflict(f"The key {key.id!r} is disabled. Enable it, or make a new one.")
    if key.expires_ns is not None and key.expires_ns <= now_ns:
        raise Conflict(f"The key {key.id!r} has expired. Give it more time, or make a new one.")


def status_of(key: VirtualKey, now_ns: int) -> KeyStatus:
    """What becomes of calls with it."""
    if key.disabled:
        return "disabled"
    if key.expires_ns is not None and key.expires_ns <= now_ns:
        return "expired"
    return "replaced" if key.replaced_by else "active"


def _matches(key: VirtualKey, query: KeyQuery, project_id: str) -> bool:
    return (
        (not project_id or key.project_id == project_id)
        and key.id.startswith(public_part(query.prefix))
        and (not query.owner or key.owner == query.owner)
        and (query.status is None or status_of(key, query.now_ns) == query.status)
        and all(_has(key, name, value) for name, value in query.metadata)
        and (not query.text or _says(key, query.text.lower()))
    )


def _has(key: VirtualKey, name: str, value: str) -> bool:
    found = key.metadata.get(name)
    return found is not None and value in ("", found)


def _says(key: VirtualKey, text: str) -> bool:
    said = (key.name, key.owner, key.id, *key.metadata, *key.metadata.values())
    return any(text in one.lower() for one in said)
