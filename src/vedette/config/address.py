"""Addresses people write: where to listen, where a provider lives."""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

_HOST_NAME = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)*\.?"
)
_LISTEN = "expected an address such as 127.0.0.1:4000 or [::1]:4000"
_URL = "expected a URL such as https://api.example.com/v1"


class Address(NamedTuple):
    """Host and port; the host has no brackets, port 0 lets the system choose."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it. A name other than localhost is not trusted."""
        if self.host.lower().rstrip(".") == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Read `host:port`; IPv6 hosts stand in brackets. Raises ValueError with what was expected."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host:
        raise ValueError(f"{_LISTEN} (host and port)")
    if host.startswith("[") and host.endswith("]"):
        host = _ipv6(host[1:-1])
    elif ":" in host:
        raise ValueError(f"{_LISTEN} (an IPv6 address stands in brackets)")
    elif not _is_host(host):
        raise ValueError(_LISTEN)
    return Address(host, _port(port))


def parse_base_url(text: str) -> str:
    """Check the address of a provider and return it without trailing slash.

    Credentials, query and fragment are refused: keys belong into `api_key`, and a query would
    end up in front of the path.
    """
    if re.search(r"[\x00-\x20\x7f]", text):
        raise ValueError(f"{_URL}, without spaces")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(f"{_URL}; its host or port cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(_URL)
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{_URL}, without user and password (use `api_key`)")
    if parts.query or parts.fragment:
        raise ValueError(f"{_URL}, without `?` and `#`")
    if ":" not in parts.hostname and not _is_host(parts.hostname):
        raise ValueError(f"{_URL}; {parts.hostname!r} is no host name")
    if port == 0:
        raise ValueError(f"{_URL}; port 0 cannot be called")
    return text.rstrip("/")


def url_address(url: str) -> Address:
    """Where a checked base URL points."""
    parts = urlsplit(url)
    return Address(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


def _is_host(host: str) -> bool:
    # Docker Compose names may hold an underscore.
    return _HOST_NAME.fullmatch(host.replace("_", "a")) is not None


def _ipv6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError:
        raise ValueError(f"{_LISTEN}; {host!r} is no IPv6 address") from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise ValueError(f"{_LISTEN}; a port is a number from 0 to 65535")
    return int(text)
