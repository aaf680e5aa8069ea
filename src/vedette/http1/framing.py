"""Whether the head of a request can be served as it stands, and where its body ends.

llhttp is strict about the shape of a message. What it leaves open is decided here, always towards
refusal, because a proxy and the server behind it must never read one message differently:

- `Transfer-Encoding` is exactly `chunked`, once, and never in HTTP/1.0 (RFC 9112, section 6.1:
  any other coding would have to be undone before the body goes on);
- HTTP/1.1 has exactly one `Host` (RFC 9112, section 3.2), HTTP/1.0 at most one;
- no version but 1.0 and 1.1.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Refused(Exception):
    """Stops the parser; the client gets `status` and the connection ends."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Framing(NamedTuple):
    """What the head says about what follows it."""

    length: int | None
    """Of the body: 0 without one, None when chunked."""
    expects_continue: bool
    offers_upgrade: bool


def read_framing(headers: Sequence[tuple[bytes, bytes]], version: str) -> Framing:
    """Read the framing; names must be lower-case. Raises Refused."""
    length: int | None = 0
    hosts = codings = 0
    expects_continue = offers_upgrade = False
    for name, value in headers:
        if name not in _READ:
            continue
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            length = int(value)
        elif name == b"transfer-encoding":
            codings += 1 if value.lower() == b"chunked" else 2
        elif name == b"expect":
            expects_continue = value.lower() == b"100-continue"
        else:
            offers_upgrade = True
    _check(version, hosts, codings)
    return Framing(None if codings else length, expects_continue, offers_upgrade)


def head_size(target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> int:
    """Bytes of a head as sent, give or take its first line."""
    return len(target) + sum([len(name) + len(value) + 4 for name, value in headers])


def _check(version: str, hosts: int, codings: int) -> None:
    if version not in _VERSIONS:
        raise Refused(505)
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        raise Refused(400)
    if codings > 1 or (codings and version == "1.0"):
        raise Refused(400)


_READ = frozenset({b"host", b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
_VERSIONS = frozenset({"1.0", "1.1"})
