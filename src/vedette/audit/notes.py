"""Signed notes and checkpoints, as transparency logs write them.

A note is a text, an empty line, and signatures (C2SP signed-note); a checkpoint is a note whose
text has origin, size and root of a log (C2SP tlog-checkpoint). Tools for those formats read ours.
Ed25519 (RFC 8032), key ids as the specification has them.
"""

import base64
import binascii
import hmac
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vedette.errors import BadRequest

_ED25519 = b"\x01"
_ID_BYTES = 4
_KEY_BYTES = 32


class BadNote(BadRequest):
    """The text is no checkpoint, or not signed by this key."""

    code = "invalid_checkpoint"


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a log at one time."""

    origin: str
    """`<name of the key>/<organization>`."""
    size: int
    root: bytes
    time: str
    """RFC 3339."""

    @property
    def organization(self) -> str:
        return self.origin.rpartition("/")[2]


class VerifierKey:
    """The public half of a signing key, as text `name+id+key`."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name = name
        self.public = public
        self.id = sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """Raises BadNote."""
        name, _, rest = text.strip().partition("+")
        id, _, encoded = rest.partition("+")
        content = _decode(encoded)
        if content[:1] != _ED25519 or len(content) != _KEY_BYTES + 1 or not name:
            raise BadNote(f"This is no key of an audit log: {text[:80]!r}.")
        key = cls(name, content[1:])
        if key.id.hex() != id:
            raise BadNote(f"The key {text[:80]!r} was miscopied: its id does not fit.")
        return key

    @property
    def text(self) -> str:
        encoded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def open(self, note: str) -> Checkpoint:
        """The checkpoint of a note that this key signed. Raises BadNote."""
        text, _, signatures = note.partition("\n\n")
        text += "\n"
        for line in signatures.splitlines():
            mark, _, rest = line.partition(" ")
            name, _, encoded = rest.partition(" ")
            content = _decode(encoded)
            if mark == "—" and name == self.name and content[:_ID_BYTES] == self.id:
                try:
                    verifier = Ed25519PublicKey.from_public_bytes(self.public)
                    verifier.verify(content[_ID_BYTES:], text.encode())
                except InvalidSignature:
                    raise BadNote("The signature of the checkpoint is wrong.") from None
                return read_checkpoint(text)
        raise BadNote(f"The checkpoint is not signed by the key {self.name}+{self.id.hex()}.")


class Signature:
    """The private half."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.sealing = hmac.digest(seed, b"vedette audit seals", "sha256")
        """The secret of the seals beside the entries."""
        self.key = VerifierKey(name, self._private.public_key().public_bytes_raw())

    def note(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        return self.sign(checkpoint_text(checkpoint))

    def sign(self, text: str) -> str:
        """The text as a signed note; it ends with a line break."""
        signed = base64.b64encode(self.key.id + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.key.name} {signed}\n"


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """What is signed; the time stands in an extension line."""
    root = base64.b64encode(checkpoint.root).decode()
    return f"{checkpoint.origin}\n{checkpoint.size}\n{root}\ntime {checkpoint.time}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """What a note says, whoever signed it. Raises BadNote."""
    lines = note.partition("\n\n")[0].splitlines()
    try:
        origin, size, root = lines[:3]
        time = next(line[5:] for line in [*lines[3:], "time "] if line.startswith("time "))
        number = int(size) if size.isascii() and size.isdigit() else -1
        content = _decode(root)
    except ValueError:
        raise BadNote("This is no checkpoint: it needs origin, size and root.") from None
    if number < 0 or len(content) != _KEY_BYTES or "/" not in origin:
        raise BadNote("This is no checkpoint: origin, size or root cannot be read.")
    return Checkpoint(origin=origin, size=number, root=content, time=time)


def name_of(public: bytes) -> str:
    """What a key is called where nobody named it."""
    return f"vedette-{sha256(public).hexdigest()[:8]}"


def signature_of(seed: bytes) -> Signature:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return Signature(name_of(public), seed)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
