"""Visits: log-ins of users in their browsers, so that one can see and end them.

A session cookie stands for itself; a visit is what is known beside it: from where, with what, and
whether it was ended. What is not listed is not over: a cookie that nobody noted is good until it
expires. Of one user the latest are kept; `People` ends all sessions older than those.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from vedette.access.book import Shelf
from vedette.errors import NotFound
from vedette.ports.stores import Records

MOST_VISITS = 50
"""Of one user."""
MOST_CHARACTERS = 300


class Visit(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A log-in in one browser."""

    user_id: str
    began_ns: int
    expires_ns: int
    address: str = ""
    """Of the network."""
    agent: str = ""
    """What the browser calls itself."""
    provider: str = ""
    """Through which somebody logged in; empty: by password."""
    provider_session: str = ""
    """What a SAML provider calls the log-in."""
    ended: bool = False

    @property
    def id(self) -> str:
        return sha256(_key(self.user_id, self.began_ns).encode()).hexdigest()[:16]


class Visits:
    """Under the lock of `People`, which loads the shelf; methods may raise StoreError."""

    def __init__(self, records: Records) -> None:
        self.shelf = Shelf(records, "visit", Visit)

    def begin(self, visit: Visit, now_ns: int) -> int | None:
        """Note a visit. Returns when a visit began that there is no room for any more: all that
        are as old have to end; None where there is room."""
        self._forget(visit.user_id, expired_ns=now_ns)
        cut = replace(
            visit, address=visit.address[:MOST_CHARACTERS], agent=visit.agent[:MOST_CHARACTERS]
        )
        key = _key(visit.user_id, visit.began_ns)
        known = self.shelf.entries.get(key)
        self.shelf.put(key, cut, version=known.version if known else 0)
        rest = self._of(visit.user_id)[:-MOST_VISITS]
        for one in rest:
            self._delete(one)
        return rest[-1].began_ns if rest else None

    def open(self, user_id: str, *, from_ns: int, now_ns: int) -> tuple[Visit, ...]:
        """Those of a user that began since and are not over, the latest first."""
        return tuple(
            one for one in reversed(self._of(user_id))
            if not one.ended and one.expires_ns > now_ns and one.began_ns >= from_ns
        )  # fmt: skip

    def end(self, user_id: str, id: str) -> None:
        """Raises NotFound, for that of somebody else as well."""
        for one in self._of(user_id):
            if one.id == id and not one.ended:
                self._end(one)
                return
        raise NotFound(f"There is no session {id[:80]!r}.")

    def leave(self, user_id: str, provider: str, sessions: Sequence[str]) -> None:
        """End those that began through a provider; `sessions` says which, none: all."""
        for one in self._of(user_id):
            is_meant = not sessions or one.provider_session in sessions
            if one.provider == provider and is_meant and not one.ended:
                self._end(one)

    def is_over(self, user_id: str, began_ns: int) -> bool:
        """Whether somebody ended it."""
        found = self.shelf.entries.get(_key(user_id, began_ns))
        return found is not None and found.value.ended

    def forget(self, user_id: str) -> None:
        """All of a user who is deleted."""
        self._forget(user_id, expired_ns=None)

    def _forget(self, user_id: str, expired_ns: int | None) -> None:
        for one in self._of(user_id):
            if expired_ns is None or one.expires_ns <= expired_ns:
                self._delete(one)

    def _end(self, one: Visit) -> None:
        key = _key(one.user_id, one.began_ns)
        self.shelf.put(key, replace(one, ended=True), version=self.shelf.get(key).version)

    def _delete(self, one: Visit) -> None:
        key = _key(one.user_id, one.began_ns)
        self.shelf.delete(key, version=self.shelf.get(key).version)

    def _of(self, user_id: str) -> list[Visit]:
        """In the order in which they began."""
        own = [one for one in self.shelf.values() if one.user_id == user_id]
        return sorted(own, key=lambda one: one.began_ns)


def _key(user_id: str, began_ns: int) -> str:
    return f"{user_id}.{began_ns}"
