"""Users, where they belong, invitations and personal tokens.

All of it is in memory as the record store has it; the core alone writes. As long as there is no
user the console is as it was: open on loopback, or behind its access token.
"""

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from vedette.access.book import Entry, Shelf
from vedette.access.checks import InvalidSetting, check_name, check_text
from vedette.access.issuing import Chance
from vedette.access.visits import Visit, Visits
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.model.user import (
    PERMISSIONS,
    ROLES,
    Identity,
    Invitation,
    Membership,
    Permission,
    PersonalToken,
    Principal,
    Role,
    User,
)
from vedette.ports.stores import Records

log = logging.getLogger(__name__)

MOST_USERS = 10_000
MOST_TOKENS = 100
"""Of one user."""
INVITED_NS = 7 * 86_400 * 10**9
TOKEN_PREFIX = "vdu_"  # noqa: S105

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{1,63}|[^@\s]{1,64}@localhost")


class People:
    """All methods may block and raise StoreError; thread-safe."""

    def __init__(
        self, records: Records, clock: Clock, chance: Chance, marker: Path | None = None
    ) -> None:
        """`marker` is there while there are users: should the records not be readable, the console
        stays shut for whom it was shut."""
        self.users = Shelf(records, "user", User)
        self._memberships = Shelf(records, "membership", Membership)
        self._invitations = Shelf(records, "invitation", Invitation)
        self._tokens = Shelf(records, "personal_token", PersonalToken)
        self._visits = Visits(records)
        self._clock = clock
        self._chance = chance
        self._lock = threading.RLock()
        self._is_loaded = False
        self._marker = marker
        self.any = marker is not None and marker.exists()
        """Whether somebody may log in: then everybody has to."""

    def open(self) -> None:
        """Read everything. Where the store cannot be read the next call tries again."""
        with suppress(StoreError), self.using():
            pass

    @contextmanager
    def using(self) -> Iterator["People"]:
        """For one look or change; where one fails, memory is read anew."""
        with self._lock:
            if not self._is_loaded:
                for shelf in (
                    self.users, self._memberships, self._invitations, self._tokens,
                    self._visits.shelf,
                ):  # fmt: skip
                    shelf.load()
                self._is_loaded = True
            try:
                yield self
            except (Conflict, StoreError):
                self._is_loaded = False
                raise
            finally:
                if self._is_loaded and self.any is not bool(self.users.entries):
                    self._mark(bool(self.users.entries))

    def list(self) -> tuple[User, ...]:
        with self.using():
            return self.users.values()

    def get(self, id: str) -> User:
        """Raises NotFound."""
        with self.using():
            return self.users.get(id).value

    def find(self, email: str) -> User | None:
        """By address."""
        wanted = email.strip().lower()
        with self.using():
            return next((one for one in self.users.values() if one.email == wanted), None)

    def identified(self, identity: Identity) -> User | None:
        """By what a provider calls him."""
        with self.using():
            return next((one for one in self.users.values() if identity in one.identities), None)

    def create(
        self, email: str, *, name: str = "", password: str = "", is_root: bool = False
    ) -> User:
        """Somebody new; `password` is hashed. Raises InvalidSetting, or Conflict where there is
        one, and for a first one who may not do everything: nobody could let others in."""
        email = check_email(email)
        with self.using():
            if self.find(email) is not None:
                raise Conflict(f"There is a user {email!r} already.")
            if not self.users.entries and not is_root:
                raise Conflict("The first user has to be one who may do everything.")
            if len(self.users.entries) >= MOST_USERS:
                raise Conflict(f"There are {MOST_USERS} users. Delete some first.")
            user = User(
                id=f"usr_{self._chance(6).hex()}", email=email, name=check_text(name, "name"),
                password=password, is_root=is_root,
                created_ns=self._clock.now_ns(),
            )  # fmt: skip
            return self.users.put(user.id, user, version=0).value

    def change(self, id: str, **changes: Any) -> User:
        """Set fields of `User`. Raises NotFound, InvalidSetting, or Conflict where nobody would
        be left who may do everything."""
        with self.using():
            found = self.users.get(id)
            if "name" in changes:
                changes["name"] = check_text(changes["name"], "name")
            changed = replace(found.value, **changes)
            self._check_roots(id, changed)
            return self.users.put(id, changed, version=found.version).value

    def delete(self, id: str) -> None:
        """With memberships and tokens. Raises NotFound or Conflict."""
        with self.using():
            found = self.users.get(id)
            if len(self.users.entries) > 1:
                self._check_roots(id, None)
            for key, token in list(self._tokens.entries.items()):
                if token.value.user_id == id:
                    self._tokens.delete(key, version=token.version)
            for key, place in list(self._memberships.entries.items()):
                if place.value.user_id == id:
                    self._memberships.delete(key, version=place.version)
            self._visits.forget(id)
            self.users.delete(id, version=found.version)

    def members(self, organization: str) -> tuple[tuple[User, Membership], ...]:
        with self.using():
            return tuple(
                (self.users.entries[one.user_id].value, one)
                for one in self._memberships.values()
                if one.organization_id == organization and one.user_id in self.users.entries
            )

    def place(self, membership: Membership) -> Membership:
        """Give somebody a place in an organization, or another one. Raises NotFound,
        InvalidSetting or Conflict."""
        check_role(membership.role, membership.permissions)
        key = f"{membership.organization_id}.{membership.user_id}"
        with self.using():
            self.users.get(membership.user_id)
            found = self._memberships.entries.get(key)
            version = found.version if found else 0
            return self._memberships.put(key, membership, version=version).value

    def place_of(self, organization: str, user_id: str) -> Membership | None:
        with self.using():
            found = self._memberships.entries.get(f"{organization}.{user_id}")
            return found.value if found else None

    def remove(self, organization: str, user_id: str) -> None:
        """Raises NotFound."""
        key = f"{organization}.{user_id}"
        with self.using():
            self._memberships.delete(key, version=self._memberships.get(key).version)

    def invite(
        self, email: str, organization: str, role: Role, *, projects: Sequence[str] = (),
        permissions: Sequence[Permission] = (),
    ) -> tuple[Invitation, str]:  # fmt: skip
        """An invitation and its token, which is shown this once. Raises InvalidSetting."""
        check_role(role, permissions)
        token = self._chance(24).hex()
        now_ns = self._clock.now_ns()
        invitation = Invitation(
            id=f"inv_{self._chance(6).hex()}", email=check_email(email), role=role,
            organization_id=organization, projects=tuple(projects),
            permissions=tuple(permissions), token_sha256=digest(token), created_ns=now_ns,
            expires_ns=now_ns + INVITED_NS,
        )  # fmt: skip
        with self.using():
            if not self.users.entries:
                raise Conflict("Make the first user before you invite others.")
            return self._invitations.put(invitation.id, invitation, version=0).value, token

    def invitations(self, organization: str) -> tuple[Invitation, ...]:
        """Those that can still be accepted."""
        now_ns = self._clock.now_ns()
        with self.using():
            return tuple(
                one for one in self._invitations.values()
                if one.organization_id == organization and one.expires_ns > now_ns
            )  # fmt: skip

    def invitations_to(self, email: str) -> tuple[Invitation, ...]:
        """Those of an address that can still be accepted."""
        now_ns = self._clock.now_ns()
        with self.using():
            return tuple(
                one for one in self._invitations.values()
                if one.email == email and one.expires_ns > now_ns
            )  # fmt: skip

    def invitation(self, id: str) -> Invitation:
        """Raises NotFound."""
        with self.using():
            return self._invitations.get(id).value

    def withdraw(self, id: str) -> None:
        """Raises NotFound."""
        with self.using():
            self._invitations.delete(id, version=self._invitations.get(id).version)

    def invited(self, token: str) -> Invitation:
        """What a token is for. Raises NotFound for one that is unknown or too old."""
        wanted, now_ns = digest(token), self._clock.now_ns()
        with self.using():
            for one in self._invitations.values():
                if one.token_sha256 == wanted and one.expires_ns > now_ns:
                    return one
        raise NotFound("This invitation does not exist, was used, or is too old.")

    def accept(self, token: str, *, name: str, password: str) -> User:
        """Somebody takes the place; who is a user already keeps his password. Raises NotFound."""
        with self.using():
            invitation = self.invited(token)
            user = self.find(invitation.email)
            if user is None:
                user = self.create(invitation.email, name=name, password=password)
            self.take_place(invitation, user)
            return user

    def take_place(self, invitation: Invitation, user: User) -> None:
        """Somebody takes the place that waited for him."""
        with self.using():
            self.place(Membership(
                user_id=user.id, organization_id=invitation.organization_id,
                role=invitation.role, projects=invitation.projects,
                permissions=invitation.permissions,
            ))  # fmt: skip
            self.withdraw(invitation.id)

    def tokens(self, user_id: str) -> tuple[PersonalToken, ...]:
        with self.using():
            return tuple(one for one in self._tokens.values() if one.user_id == user_id)

    def issue_token(
        self, user_id: str, name: str, *, permissions: Sequence[Permission] = (),
        expires_ns: int | None = None,
    ) -> tuple[PersonalToken, str]:  # fmt: skip
        """A token and its text, which is shown this once. Raises InvalidSetting or Conflict."""
        if expires_ns is not None and expires_ns <= self._clock.now_ns():
            raise InvalidSetting("expires_at", "a time that has passed", "a time to come")
        check_role("custom", permissions)
        text = f"{TOKEN_PREFIX}{self._chance(24).hex()}"
        token = PersonalToken(
            id=f"tok_{self._chance(6).hex()}", user_id=user_id, name=check_name(name),
            token_sha256=digest(text), permissions=tuple(permissions),
            created_ns=self._clock.now_ns(), expires_ns=expires_ns,
        )  # fmt: skip
        with self.using():
            if len(self.tokens(user_id)) >= MOST_TOKENS:
                raise Conflict(f"There are {MOST_TOKENS} tokens. Delete some first.")
            return self._tokens.put(token.id, token, version=0).value, text

    def revoke_token(self, user_id: str, id: str) -> None:
        """Raises NotFound, for that of somebody else as well."""
        with self.using():
            found = self._tokens.entries.get(id)
            if found is None or found.value.user_id != user_id:
                raise NotFound(f"There is no token {id[:80]!r}.")
            self._tokens.delete(id, version=found.version)

    def begin_visit(self, visit: Visit) -> None:
        """Note that somebody logged in. Where there are too many the oldest end."""
        with self.using():
            oldest_ns = self._visits.begin(visit, self._clock.now_ns())
            if oldest_ns is not None:
                user = self.users.get(visit.user_id)
                from_ns = max(user.value.sessions_from_ns, oldest_ns + 1)
                changed = replace(user.value, sessions_from_ns=from_ns)
                self.users.put(visit.user_id, changed, version=user.version)

    def visits(self, user_id: str) -> tuple[Visit, ...]:
        """Those that are not over, the latest first. Raises NotFound."""
        with self.using():
            from_ns = self.users.get(user_id).value.sessions_from_ns
            return self._visits.open(user_id, from_ns=from_ns, now_ns=self._clock.now_ns())

    def end_visit(self, user_id: str, id: str) -> None:
        """Raises NotFound, for that of somebody else as well."""
        with self.using():
            self._visits.end(user_id, id)

    def end_visits(self, user_id: str, *, but_began_ns: int) -> int:
        """End all but one; returns how many."""
        with self.using():
            others = [one for one in self.visits(user_id) if one.began_ns != but_began_ns]
            for one in others:
                self._visits.end(user_id, one.id)
            return len(others)

    def leave(self, identity: Identity, provider: str, sessions: Sequence[str]) -> User | None:
        """End what somebody began through a provider; returns whose. Nobody is no error."""
        with self.using():
            user = self.identified(identity)
            if user is not None:
                self._visits.leave(user.id, provider, sessions)
            return user

    def bearer(self, text: str) -> Principal | None:
        """Whoever a personal token speaks for."""
        if not text.startswith(TOKEN_PREFIX):
            return None
        wanted, now_ns = digest(text), self._clock.now_ns()
        with self.using():
            for one in self._tokens.values():
                if one.token_sha256 == wanted and (one.expires_ns or now_ns + 1) > now_ns:
                    found = self.principal(one.user_id)
                    only = frozenset(one.permissions) if one.permissions else None
                    return found and replace(found, only=only, token_id=one.id)
        return None

    def principal(self, user_id: str, *, began_ns: int | None = None) -> Principal | None:
        """What a user may do; None for one who may not log in, or whose session is over."""
        with self.using():
            entry: Entry[User] | None = self.users.entries.get(user_id)
            if entry is None or entry.value.disabled:
                return None
            user = entry.value
            if began_ns is not None and (
                began_ns < user.sessions_from_ns or self._visits.is_over(user_id, began_ns)
            ):
                return None
            return Principal(
                user_id=user.id, name=user.name or user.email, is_root=user.is_root,
                memberships=tuple(
                    one for one in self._memberships.values() if one.user_id == user.id
                ),
            )  # fmt: skip

    def _mark(self, any: bool) -> None:
        self.any = any
        if self._marker is None:
            return
        try:
            self._marker.touch(mode=0o600) if any else self._marker.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s cannot be kept: %s", self._marker, error.strerror)

    def _check_roots(self, id: str, changed: User | None) -> None:
        others = [one for one in self.users.values() if one.id != id]
        left = [*others, changed] if changed is not None else others
        if not any(one.is_root and not one.disabled for one in left):
            raise Conflict("Somebody has to be left who may do everything.")


def check_email(text: str) -> str:
    """The address in lower case. Raises InvalidSetting."""
    email = text.strip().lower()
    if len(email) > 254 or not email.isprintable() or _EMAIL.fullmatch(email) is None:
        raise InvalidSetting("email", text, "an address such as ann@example.com")
    return email


def check_role(role: str, permissions: Sequence[str]) -> None:
    """Raises InvalidSetting."""
    if role not in ROLES:
        raise InvalidSetting("role", role, f"one of {', '.join(ROLES)}")
    for one in permissions:
        if one not in PERMISSIONS:
            raise InvalidSetting("permissions", one, f"one of {', '.join(PERMISSIONS)}")


def digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
