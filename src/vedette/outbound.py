"""Asking at an address that somebody wrote into a policy, a request or the configuration.

Such an address must not lead into the network that the program stands in: names are resolved here,
every address is looked at, and the connection goes to the address that was looked at (a name that
means something else a moment later does not help). Redirects are not followed. Private addresses
are reached only where the configuration allows that; where clouds tell machines their secrets
(169.254.0.0/16, fe80::/10 and the like), never.

Bodies are signed as Standard Webhooks does (https://www.standardwebhooks.com): `webhook-id`,
`webhook-timestamp` and `webhook-signature: v1,BASE64` over `id.timestamp.body`.
"""

import base64
import binascii
import hashlib
import hmac
import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final
from urllib.parse import urlsplit

import msgspec

from vedette.errors import VedetteError

_NEVER: Final = tuple(
    ip_network(text)
    for text in (
        # Addresses that hold others: what they hold would go unseen.
        "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96",
    )
)  # fmt: skip
_METADATA: Final = tuple(
    ip_network(text)
    for text in (
        # Link-local; Alibaba Cloud; Azure's wire server; the same of AWS over IPv6.
        "169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::/32",
    )
)  # fmt: skip
_SCHEMES: Final = {"https": 443, "http": 80}
_PREFIX: Final = "whsec_"


class OutboundRefused(VedetteError):
    """The address is none that may be posted to."""

    code = "address_refused"
    status = 400


class PrivateAddress(OutboundRefused):
    """The address is in a private network, and that is not allowed."""


class OutboundFailed(VedetteError):
    """The other side could not be reached, or what it said was no HTTP."""

    code = "outbound_failed"
    status = 502


class Unresolved(OutboundFailed):
    """The name has no address."""


class Reach(msgspec.Struct, frozen=True):
    """How far this program may reach, and how it signs."""

    private_hosts: tuple[str, ...] = ()
    """Names, addresses and networks that may be reached although they are private."""
    secret: str = ""
    """Key of the signatures; empty: nothing is signed."""
    allows_private: bool = False
    """Whether every private address may be reached."""


class Reply(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str] = {}
    """By name in lower case."""

    @property
    def retry_after(self) -> str:
        """The header field of this name."""
        return self.headers.get("retry-after", "")


class _Place(msgspec.Struct, frozen=True):
    """Checked addresses and how to ask there."""

    host: str
    port: int
    addresses: tuple[str, ...]
    path: str
    is_tls: bool


def check_url(url: str) -> None:
    """Raises OutboundRefused for what is no web address, without looking up its name."""
    _parts(url)


def post(
    url: str, body: bytes, *, reach: Reach, timeout_s: float, headers: Mapping[str, str] = {},
    limit: int = 1_048_576,
) -> Reply:  # fmt: skip
    """Post JSON; blocks. Raises OutboundRefused, OutboundFailed and TimeoutError."""
    said = {"content-type": "application/json", **headers}
    return ask("POST", url, body, reach=reach, timeout_s=timeout_s, headers=said, limit=limit)


def ask(
    method: str, url: str, body: bytes | None = None, *, reach: Reach, timeout_s: float,
    headers: Mapping[str, str] = {}, limit: int = 1_048_576,
) -> Reply:  # fmt: skip
    """One request; blocks. Raises OutboundRefused, OutboundFailed and TimeoutError."""
    deadline = time.monotonic() + timeout_s
    place = _resolved(url, reach)
    connection = http.client.HTTPConnection(place.host, place.port)
    connection.default_port = _SCHEMES["https" if place.is_tls else "http"]
    try:
        # Kept here: `getresponse` lets go of it where the server closes after its answer.
        sock = connection.sock = _connected(place, deadline)
        connection.request(method, place.path, body, dict(headers))
        sock.settimeout(_left(deadline))
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, _read(response, sock, deadline, limit), told)
    except TimeoutError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutboundFailed(f"{place.host} did not answer: {type(error).__name__}.") from None
    finally:
        connection.close()


def signed(secret: str, message_id: str, at_s: float, body: bytes) -> dict[str, str]:
    """The header fields that sign a body; none without a secret."""
    if not secret:
        return {}
    stamp = str(int(at_s))
    text = f"{message_id}.{stamp}.".encode() + body
    digest = hmac.new(_key(secret), text, hashlib.sha256).digest()
    return {
        "webhook-id": message_id, "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }  # fmt: skip


def _key(secret: str) -> bytes:
    """A secret as the standard writes it is base64; any other is taken as it is."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret[len(_PREFIX) :], validate=True)
        except (binascii.Error, ValueError):
            pass
    return secret.encode()


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise OutboundRefused("The address is no URL.") from None
    host = parts.hostname
    if parts.scheme not in _SCHEMES or not host:
        raise OutboundRefused("The address must begin with https:// or http://, and name a host.")
    if parts.username is not None or parts.password is not None:
        raise OutboundRefused("The address must hold no credentials.")
    if any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise OutboundRefused("The address must be plain ASCII without spaces.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or _SCHEMES[parts.scheme], path


def _resolved(url: str, reach: Reach) -> _Place:
    scheme, host, port, path = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unresolved(f"There is no address of {host!r}.") from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        _check_address(host, address, reach)
    return _Place(host, port, addresses, path, scheme == "https")


def _check_address(host: str, address: str, reach: Reach) -> None:
    """Raises OutboundRefused and its PrivateAddress."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_multicast or ip.is_unspecified or _is_in(ip, _METADATA):
        raise OutboundRefused(f"{host!r} is an address that nothing is sent to.")
    if _is_public(ip) or any(_names(named, host, ip) for named in reach.private_hosts):
        return
    if not reach.allows_private:
        raise PrivateAddress(
            f"{host!r} is a private address. Name it in `guard.private_hosts` if it is yours."
        )


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_reserved and not _is_in(ip, _NEVER)


def _is_in(ip: IPv4Address | IPv6Address, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(ip in network for network in networks if network.version == ip.version)


def _names(named: str, host: str, ip: IPv4Address | IPv6Address) -> bool:
    if named.lower() == host.lower():
        return True
    try:
        network = ip_network(named, strict=False)
    except ValueError:
        return False
    return network.version == ip.version and ip in network


def _connected(place: _Place, deadline: float) -> socket.socket:
    """To the first address that takes us; each has its share of the time that is left."""
    for left_over in range(len(place.addresses), 0, -1):
        address = place.addresses[-left_over]
        try:
            sock = socket.create_connection(
                (address, place.port), timeout=_left(deadline) / left_over
            )
            break
        except OSError:
            if left_over == 1:
                raise
    if not place.is_tls:
        return sock
    sock.settimeout(_left(deadline))
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=place.host)
    except BaseException:
        sock.close()
        raise


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(
    response: http.client.HTTPResponse, sock: socket.socket, deadline: float, limit: int
) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65_536):
        size += len(part)
        if size > limit:
            raise http.client.HTTPException("too much")
        parts.append(part)
        if response.isclosed():
            break
        sock.settimeout(_left(deadline))
    return b"".join(parts)
