"""Who a client key belongs to and what it may do: one look-up in an immutable snapshot.

The core writes the snapshot of all keys to a file (whole or not at all); every worker looks at the
file four times a second, so that a revoked key is refused everywhere within a second. The file is
there when the core is not: keys go on working, and so do revocations made before.
"""

import ipaddress
import logging
import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from vedette.errors import VedetteError
from vedette.model.tenant import AccessSnapshot, VirtualKey

if TYPE_CHECKING:
    from vedette.gateway.exchange import Exchange

log = logging.getLogger(__name__)

LOOK_S = 0.25

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Unauthorized(VedetteError):
    """No client key, or one that is unknown, disabled or expired."""

    code = "invalid_api_key"
    status = 401


class OutOfScope(VedetteError):
    """The key is good, but not for this."""

    code = "key_out_of_scope"
    status = 403


class Tenants:
    """One snapshot, ready for look-up."""

    def __init__(self, snapshot: AccessSnapshot) -> None:
        self.version = snapshot.version
        self.closed = snapshot.closed
        self.projects = {project.id: project for project in snapshot.projects}
        self.organizations = {one.id: one for one in snapshot.organizations}
        self.allowances = snapshot.allowances
        self._keys = {bytes.fromhex(key.sha256): key for key in snapshot.keys}
        self._networks = {
            key.id: [ipaddress.ip_network(text, strict=False) for text in key.scopes.ips]
            for key in snapshot.keys
            if key.scopes.ips
        }

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, key: bytes, now_ns: int) -> VirtualKey | None:
        """The key's record; None where there is no such key. Raises Unauthorized."""
        # The digest is looked up, not the key: timing tells nothing about a key's characters.
        found = self._keys.get(sha256(key).digest())
        if found is None:
            return None
        if found.disabled:
            raise Unauthorized("This key is disabled.")
        if found.expires_ns is not None and now_ns >= found.expires_ns:
            raise Unauthorized("This key has expired.")
        return found

    def check_scopes(self, key: VirtualKey, exchange: "Exchange") -> None:
        """Raises OutOfScope where the key may not make this call; the plan must be known."""
        scopes = key.scopes
        route, model = exchange.plan.route, exchange.requested_model
        if scopes.models and not _matches(model, scopes.models):
            raise OutOfScope(f"This key may not use the model {model!r}.")
        if scopes.routes and not _matches(route, scopes.routes):
            raise OutOfScope(f"This key may not use the route {route or model!r}.")
        if scopes.endpoints and not _matches(exchange.request.path, scopes.endpoints):
            raise OutOfScope(f"This key may not call {exchange.request.path!r}.")
        if scopes.ips and not self._is_from(key, exchange.request.peer):
            raise OutOfScope("This key may not be used from this address.")

    def may_see(self, key: VirtualKey, model: str) -> bool:
        """Whether a model belongs in the list that this key gets."""
        scopes = key.scopes
        return (not scopes.models or _matches(model, scopes.models)) and (
            not scopes.routes or _matches(model, scopes.routes)
        )

    def _is_from(self, key: VirtualKey, peer: str) -> bool:
        return is_within(peer, self._networks.get(key.id, ()))


def is_within(peer: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def _matches(name: str, globs: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, glob) for glob in globs)


Snapshot = TypeVar("Snapshot", bound=msgspec.Struct)


class SnapshotFile(Generic[Snapshot]):
    """A file that the core writes: keys, policies. Without a path there never is one."""

    def __init__(self, path: str, type: type[Snapshot]) -> None:
        self._path = path
        self._type = type
        self._seen: tuple[int, int, int] | None = None

    def changed(self) -> Snapshot | None:
        """The snapshot if it is another than the last time; a file that cannot be read changes
        nothing."""
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if mark == self._seen:
            return None
        try:
            with open(self._path, "rb") as file:
                snapshot = msgspec.msgpack.decode(file.read(), type=self._type)
        except (OSError, msgspec.MsgspecError) as error:
            log.error("%s cannot be read: %s", self._type.__name__, error.__class__.__name__)
            return None
        self._seen = mark
        return snapshot
