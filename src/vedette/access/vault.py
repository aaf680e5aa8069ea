"""Credentials of providers, encrypted in one file of the data directory.

    credentials.vault   names, times and envelopes; JSON, mode 0600
    master.key          the master key, where the environment gives none; mode 0600
    credentials.lock    held by whoever changes the two

Who copies the vault alone has nothing; who can read both files, or the memory of the processes,
has everything: for more, give the master key through the environment. Values are read by the
supervisor, which hands them to the workers with their settings; the console can set and delete
them and never shows one.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from vedette.access.checks import InvalidSetting
from vedette.access.envelope import Envelope, fingerprint, seal, unseal
from vedette.access.files import replace_file
from vedette.access.issuing import Chance
from vedette.access.master import MasterKey
from vedette.clock import Clock
from vedette.errors import NotFound, StoreError

FILE = "credentials.vault"
MAX_BYTES = 16_384
MAX_CREDENTIALS = 10_000

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_OF_CHANNEL = re.compile(r"alerts\.[0-9a-f]{24}\.", re.ASCII)
"""Secrets of alert channels are changed with their channel."""
_VALUE = re.compile(r"[\x21-\x7e]+", re.ASCII)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A credential as it lies in the file."""

    envelope: Envelope
    created_ns: int
    updated_ns: int


class VaultFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    format: int = 1
    master: str = ""
    """Fingerprint of the master key."""
    credentials: dict[str, Kept] = {}


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """What may be told of a credential."""

    name: str
    created_ns: int
    updated_ns: int


class Vault:
    """The vault of a data directory. All methods may block on the disk and raise StoreError."""

    def __init__(
        self, directory: Path, clock: Clock, *, given: bytes = b"", chance: Chance = os.urandom
    ) -> None:
        """`given` is the master key from the environment, where there is one."""
        self.path = directory / FILE
        self._lock = directory / "credentials.lock"
        self._clock = clock
        self._chance = chance
        self._master = MasterKey(directory, chance, given)

    def list(self) -> tuple[Credential, ...]:
        """Those that people set, by name; needs no master key."""
        return tuple(
            _told(name, kept)
            for name, kept in sorted(self._read().credentials.items())
            if _OF_CHANNEL.match(name) is None
        )

    def get(self, name: str) -> str:
        """The secret. Raises NotFound, NoMasterKey or CannotOpen."""
        file = self._read()
        kept = file.credentials.get(name)
        if kept is None:
            raise _missing(name)
        return unseal(kept.envelope, name, self._find(file)).decode()

    def set(self, name: str, secret: str) -> Credential:
        """Add or replace. Raises InvalidSetting or NoMasterKey."""
        if _NAME.fullmatch(name) is None:
            raise InvalidSetting("name", name, "letters, digits, '.', '_' or '-', at most 64")
        if len(secret) > MAX_BYTES or _VALUE.fullmatch(secret) is None:
            raise InvalidSetting("value", "(hidden)", "one word of printable ASCII, at most 16 kB")
        with self._changing() as file:
            master = self._find(file) if file.credentials else self._master.make()
            if len(file.credentials) >= MAX_CREDENTIALS and name not in file.credentials:
                raise InvalidSetting("name", name, f"at most {MAX_CREDENTIALS} credentials")
            now_ns = self._clock.now_ns()
            before = file.credentials.get(name)
            kept = Kept(
                envelope=seal(secret.encode(), name, master, self._chance),
                created_ns=before.created_ns if before else now_ns, updated_ns=now_ns,
            )  # fmt: skip
            self._write(replace(
                file, master=fingerprint(master), credentials={**file.credentials, name: kept}
            ))  # fmt: skip
        return _told(name, kept)

    def delete(self, name: str) -> None:
        """Raises NotFound; needs no master key."""
        with self._changing() as file:
            if name not in file.credentials:
                raise _missing(name)
            kept = {key: one for key, one in file.credentials.items() if key != name}
            self._write(replace(file, credentials=kept))

    def rekey(self, given: bytes = b"") -> int:
        """Encrypt everything anew under `given` or, without, a new master key in the file.

        Returns how many. Raises NoMasterKey or CannotOpen; then nothing has changed.
        """
        with self._changing() as file:
            old = self._find(file) if file.credentials else b""
            secrets = {
                name: unseal(kept.envelope, name, old) for name, kept in file.credentials.items()
            }
            self._master.settle(file.master)
            fresh = self._master.prepare_next(given)
            kept = {
                name: replace(
                    file.credentials[name], envelope=seal(secret, name, fresh, self._chance)
                )
                for name, secret in secrets.items()
            }
            self._write(VaultFile(master=fingerprint(fresh), credentials=kept))
            self._master.take_next(given=given)
            return len(kept)

    def _find(self, file: VaultFile) -> bytes:
        with _reporting("The master key cannot be read"):
            return self._master.find(file.master)

    def _read(self) -> VaultFile:
        try:
            file = msgspec.json.decode(self.path.read_bytes(), type=VaultFile)
        except FileNotFoundError:
            return VaultFile()
        except (OSError, msgspec.MsgspecError) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            raise StoreError(f"{str(self.path)!r} cannot be read: {reason}.") from None
        if file.format != 1:
            raise StoreError(f"{str(self.path)!r} was written by a newer version of Vedette.")
        return file

    def _write(self, file: VaultFile) -> None:
        replace_file(self.path, msgspec.json.encode(file))

    @contextmanager
    def _changing(self) -> Iterator[VaultFile]:
        """The file for one change; other processes wait."""
        with _reporting("The credentials were not changed"):
            self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield self._read()
            finally:
                os.close(descriptor)


@contextmanager
def _reporting(failure: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise StoreError(f"{failure}: {reason}.") from None


def _told(name: str, kept: Kept) -> Credential:
    return Credential(name=name, created_ns=kept.created_ns, updated_ns=kept.updated_ns)


def _missing(name: str) -> NotFound:
    return NotFound(
        f"There is no credential {name[:80]!r}. Set it with `vedette credentials set {name[:80]}`."
    )
