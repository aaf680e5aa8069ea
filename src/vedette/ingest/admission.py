"""Who may send spans, and whose they are.

The same keys as at the gateway: a virtual key names its project; the keys of `gateway.api_keys`
and the console's token stand for the default one. As long as the installation asks nobody for a
key, anybody may send, whatever key their exporter was configured with elsewhere.

Exporters show keys in many ways: `Authorization: Bearer`, Langfuse's Basic with the secret as
password, `x-api-key`, `api_key` (Phoenix), `x-vedette-key`.
"""

import logging
import os
from base64 import b64decode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import NamedTuple

import msgspec

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.model.tenant import DEFAULT, AccessSnapshot, VirtualKey

log = logging.getLogger(__name__)

LOOK_S = 0.25
_HEADERS = ("x-vedette-key", "x-api-key", "api_key", "api-key")
_MAX_KEY = 4_096


class NoKey(VedetteError):
    """No key was shown, or none that may send spans."""

    code = "invalid_api_key"
    status = 401


class Sender(NamedTuple):
    """Who sends spans."""

    project_id: str
    project_name: str = ""
    key_id: str = ""
    """Empty: no virtual key was shown."""
    account_id: str = ""
    """Under which the key is counted: a rotation does not start it anew."""
    key_name: str = ""


class Admission:
    """Looks keys up; the file of virtual keys is looked at again four times a second."""

    def __init__(
        self, clock: Clock, *, access_file: str = "", digests: frozenset[str] = frozenset(),
        closed: bool = False,
    ) -> None:  # fmt: skip
        self._clock = clock
        self._path = access_file
        self.digests = digests
        """SHA-256 (hex) of the other keys that are good."""
        self.closed = closed
        """Whether a key is asked for even where no virtual key was made."""
        self._keys: dict[str, VirtualKey] = {}
        self._names: dict[str, str] = {}
        self._keys_exist = False
        self._looked_at = float("-inf")
        self._seen: tuple[int, int, int] | None = None

    def admit(self, headers: Mapping[str, str], peer: str = "") -> Sender:
        """Who sends spans with these headers, and to which project. Raises NoKey."""
        self._look()
        shown = False
        for key in _shown(headers):
            shown = True
            digest = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
            found = self._keys.get(digest)
            if found is not None:
                self._check(found, peer)
                return Sender(
                    found.project_id, self._names.get(found.project_id, ""), found.id,
                    found.account_id, found.name,
                )  # fmt: skip
            if digest in self.digests:
                return Sender(DEFAULT, DEFAULT)
        if self.closed or self.digests or self._keys_exist:
            what = "The key is not known here" if shown else "Show a key to send spans"
            raise NoKey(f"{what}: Authorization: Bearer <key>.")
        return Sender(DEFAULT, DEFAULT)

    def _check(self, key: VirtualKey, peer: str) -> None:
        if key.disabled:
            raise NoKey("This key is disabled.")
        if key.expires_ns is not None and self._clock.now_ns() >= key.expires_ns:
            raise NoKey("This key has expired.")
        if key.scopes.ips and not _is_within(peer, key.scopes.ips):
            raise NoKey("This key may not be used from this address.")

    def _look(self) -> None:
        now = self._clock.monotonic()
        if not self._path or now - self._looked_at < LOOK_S:
            return
        self._looked_at = now
        try:
            stat = os.stat(self._path)
            mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if mark == self._seen:
                return
            with open(self._path, "rb") as file:
                snapshot = msgspec.msgpack.decode(file.read(), type=AccessSnapshot)
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError) as error:
            log.error("the keys of clients cannot be read: %s", type(error).__name__)
            return
        self._seen = mark
        self._keys = {key.sha256: key for key in snapshot.keys}
        self._names = {project.id: project.name for project in snapshot.projects}
        self._keys_exist = snapshot.closed or bool(snapshot.keys)


def _shown(headers: Mapping[str, str]) -> Iterator[str]:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    given = given.strip()
    if scheme.lower() == "bearer" and given:
        yield given[:_MAX_KEY]
    elif scheme.lower() == "basic" and given:
        try:
            pair = b64decode(given[:_MAX_KEY], validate=True).decode("utf-8", "surrogateescape")
        except ValueError:
            pair = ""
        user, _, password = pair.partition(":")
        yield from filter(None, (password, user))
    elif scheme and not given:
        yield scheme[:_MAX_KEY]
    for name in _HEADERS:
        if key := headers.get(name, ""):
            yield key[:_MAX_KEY]


def _is_within(peer: str, networks: tuple[str, ...]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in ip_network(text, strict=False) for text in networks)
