"""Through an HTTP proxy to a provider with TLS (CONNECT, RFC 9110, section 9.3.6).

Which proxy, the environment says, as it does for the vendors' own clients: `HTTPS_PROXY`, else
`ALL_PROXY`, but for the hosts of `NO_PROXY`. This machine is never reached through a proxy, and
neither is a provider without TLS: it is one of the own network.
"""

import asyncio
import ipaddress
import socket
from base64 import b64encode
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from vedette.http1.addresses import addresses_of, connected
from vedette.http1.errors import UpstreamError

_HEAD_BYTES = 65_536


def proxy_of(scheme: str, host: str, port: int) -> str:
    """The URL of the proxy through which this origin is reached; "" for none."""
    proxies = getproxies()
    named = proxies.get("https") or proxies.get("all") or ""
    if scheme != "https" or not named or _is_here(host):
        return ""
    if proxy_bypass(f"{host}:{port}"):
        return ""
    return named if "://" in named else f"http://{named}"


async def tunnelled(proxy: str, host: str, port: int) -> socket.socket:
    """A socket behind which the origin is. Raises UpstreamError."""
    url = urlsplit(proxy)
    if url.scheme != "http" or not url.hostname:
        raise UpstreamError("proxy_failed", "only proxies of the form http://host:port are used")
    try:
        made = await connected(await addresses_of(url.hostname, url.port or 80))
    except OSError as error:
        raise UpstreamError("proxy_failed", "the proxy cannot be reached") from error
    try:
        await _ask(made, _target(host, port), url)
    except OSError as error:
        made.close()
        raise UpstreamError("proxy_failed", "the proxy broke off") from error
    except BaseException:
        made.close()
        raise
    return made


async def _ask(made: socket.socket, target: str, url: SplitResult) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(
        made, f"CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n{_authorization(url)}\r\n".encode()
    )
    head = b""
    while b"\r\n\r\n" not in head and len(head) < _HEAD_BYTES:
        data = await loop.sock_recv(made, 4096)
        if not data:
            break
        head += data
    line, _, _ = head.partition(b"\r\n")
    status = line.split(b" ")[1:2]
    # A server speaks after our hello only: what stands behind the head already is none of its.
    if not (head.startswith(b"HTTP/1.") and head.endswith(b"\r\n\r\n") and status[0][:1] == b"2"):
        said = status[0].decode("latin-1")[:3] if status else "nothing"
        raise UpstreamError("proxy_failed", f"the proxy answered {said}")


def _authorization(url: SplitResult) -> str:
    if url.username is None:
        return ""
    said = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return f"proxy-authorization: Basic {b64encode(said.encode()).decode()}\r\n"


def _target(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith(".localhost")
