"""Checkpoints outside the database: a file that only grows, the newest heads, a webhook.

    checkpoints.jsonl   one object a line: organization, time, note; appended to, never rewritten
    heads.json          the newest note of each log, replaced about once a second

Who can write the database and not these files can undo nothing that is older than a second. Who
may write both needs a copy elsewhere as his judge: the webhook, or a file on another disk.
"""

import errno
import fcntl
import hashlib
import http.client
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from vedette.errors import StoreError

WEBHOOK_S = 10.0
_CUT = "truncated"
"""What the decoder calls JSON that ends too early."""

Tell = Callable[[str], None]


def _untold(message: str) -> None:
    """Nobody wants to know."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the file."""

    organization: str
    time: str
    note: str


class Outside:
    """Where checkpoints go. Nothing is kept where there is no file (profile `memory`)."""

    def __init__(self, checkpoints: Path | None, heads: Path | None, webhook: str = "") -> None:
        self._checkpoints = checkpoints
        self._heads = heads
        self._webhook = webhook
        self._told: dict[str, bool] = {}
        """Notes that stand in the file while others of their kind wait for the webhook, and
        whether the webhook has them."""

    def export(self, lines: Sequence[Exported]) -> None:
        """Append to the file, then tell the webhook. Raises StoreError; then export again: what
        was done already is not done twice by this process."""
        self._told = {one.note: self._told[one.note] for one in lines if one.note in self._told}
        fresh = [line for line in lines if line.note not in self._told]
        if self._checkpoints is not None and fresh:
            content = b"".join(msgspec.json.encode(line) + b"\n" for line in fresh)
            try:
                _append(self._checkpoints, content)
            except OSError as error:
                reason = (error.strerror or "not possible").lower()
                raise StoreError(f"Checkpoints cannot be exported: {reason}.") from None
        if not self._webhook:
            return
        self._told |= {line.note: False for line in fresh}
        for line in lines:
            if not self._told[line.note]:
                _post(self._webhook, msgspec.json.encode(line), line.note)
                self._told[line.note] = True
        self._told.clear()

    def replace_heads(self, notes: Mapping[str, str]) -> None:
        """Keep the newest notes. Raises StoreError."""
        if self._heads is None:
            return
        draft = self._heads.with_name(f"{self._heads.name}.{os.getpid()}")
        try:
            self._heads.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(notes), indent=1))
            draft.replace(self._heads)
        except OSError as error:
            reason = (error.strerror or "not possible").lower()
            raise StoreError(f"The head of the audit log cannot be kept: {reason}.") from None

    def heads(self) -> dict[str, str]:
        """The newest note of each log; nothing where the file is not there or damaged."""
        if self._heads is None:
            return {}
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(self._heads.read_bytes(), type=dict[str, str])
        return {}

    @property
    def keeps(self) -> bool:
        """Whether anything is kept here."""
        return self._checkpoints is not None

    def exported(self, tell: Tell = _untold) -> Iterator[Exported]:
        """All that was exported into the file, in its order."""
        if self._checkpoints is not None:
            yield from read_exported(self._checkpoints, tell)


def read_exported(path: Path, tell: Tell = _untold) -> Iterator[Exported]:
    """The lines of a file of checkpoints; those that a full disk cut short are left out.

    Others that cannot be read are told, and harm no other. Raises StoreError.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    return
                try:
                    yield msgspec.json.decode(line[:-1], type=Exported)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    if _CUT not in str(error):
                        tell(f"Line {number} of {path.name} is no checkpoint.")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path.name} cannot be read: {error.strerror}.") from None


def _append(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        if size and not _ends_line(path, size):
            content = b"\n" + content
        # A disk that is nearly full takes a part of it.
        if os.write(descriptor, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ends_line(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"


def _post(url: str, content: bytes, note: str) -> None:
    """Raises StoreError unless the other side took it. Redirects are not followed.

    A receiver that gets a checkpoint twice knows it by its `webhook-id`.
    """
    split = urlsplit(url)
    secure = split.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=WEBHOOK_S)
    try:
        target = (split.path or "/") + (f"?{split.query}" if split.query else "")
        id = hashlib.sha256(note.encode()).hexdigest()[:32]
        headers = {"Content-Type": "application/json", "webhook-id": f"checkpoint_{id}"}
        connection.request("POST", target, content, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise StoreError(f"The webhook of the audit log fails: {type(error).__name__}.") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise StoreError(f"The webhook of the audit log answers with status {status}.")
