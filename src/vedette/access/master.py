"""The master key of the vault: given (by the environment), else a file beside the vault."""

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path

from vedette.access.envelope import KEY_BYTES, fingerprint
from vedette.access.files import replace_file
from vedette.access.issuing import Chance
from vedette.errors import VedetteError

VARIABLE = "VEDETTE_MASTER_KEY"
NEXT_VARIABLE = "VEDETTE_NEXT_MASTER_KEY"


class NoMasterKey(VedetteError):
    """The vault cannot be opened with the keys that are there."""

    code = "vault_locked"
    status = 503


def read_master_key(text: str, variable: str = VARIABLE) -> bytes:
    """32 bytes from base64. Raises NoMasterKey, without a word of the text."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise NoMasterKey(
            f"{variable} is no master key: need {KEY_BYTES} bytes in base64. "
            "Make one with `openssl rand -base64 32`."
        )
    return key


class MasterKey:
    """The key in force, found by its fingerprint.

    While the file is exchanged for a new one both are there (`master.key.next`): whichever made
    the vault opens it, so a change that breaks off at any point loses nothing.
    """

    def __init__(self, directory: Path, chance: Chance, given: bytes = b"") -> None:
        """`given` comes from elsewhere and goes before the file."""
        self._given = given
        self._file = directory / "master.key"
        self._next = directory / "master.key.next"
        self._chance = chance

    def find(self, wanted: str) -> bytes:
        """The key with this fingerprint. Raises NoMasterKey."""
        for key in self._known():
            if fingerprint(key) == wanted:
                return key
        raise NoMasterKey(
            f"The credentials were encrypted with another master key (fingerprint {wanted}). "
            f"Put it into {VARIABLE} (base64), or back into {str(self._file)!r}."
        )

    def make(self) -> bytes:
        """The key for a new vault; a file with it is made where none is given. Raises OSError."""
        if self._given:
            return self._given
        known = self._read(self._file)
        if known:
            return known
        key = self._chance(KEY_BYTES)
        replace_file(self._file, key)
        return key

    def settle(self, wanted: str) -> None:
        """Finish an exchange that broke off after the vault was encrypted with the next key."""
        key = self._read(self._next)
        if key and fingerprint(key) == wanted:
            os.replace(self._next, self._file)

    def prepare_next(self, given: bytes = b"") -> bytes:
        """The key that takes over: `given`, or a new one, which is put into a file."""
        key = given or self._chance(KEY_BYTES)
        if not given:
            replace_file(self._next, key)
        return key

    def take_next(self, *, given: bytes = b"") -> None:
        """The vault is encrypted with the next key: the old file has had its day."""
        if given:
            for path in (self._file, self._next):
                path.unlink(missing_ok=True)
        else:
            os.replace(self._next, self._file)
        self._given = given

    def _known(self) -> tuple[bytes, ...]:
        found = (self._given, self._read(self._file), self._read(self._next))
        return tuple(key for key in found if key)

    def _read(self, path: Path) -> bytes:
        with suppress(FileNotFoundError):
            key = path.read_bytes()
            if len(key) != KEY_BYTES:
                raise NoMasterKey(f"{str(path)!r} is damaged. Put it back from a backup.")
            return key
        return b""
