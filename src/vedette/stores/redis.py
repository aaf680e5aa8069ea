"""Connections to a Redis or Valkey server.

Every wait has a deadline, nothing is tried again behind the caller's back, and what goes wrong is
one kind of error.
"""

import asyncio
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar

from vedette.errors import ConfigError
from vedette.model.settings import RedisSettings

try:
    import redis
    import redis.asyncio
    from redis.asyncio.retry import Retry as AsyncRetry
    from redis.backoff import NoBackoff
    from redis.retry import Retry
except ModuleNotFoundError as error:
    raise ConfigError(
        "`redis.url` needs the client for Redis and Valkey: pip install 'vedette[redis]'."
    ) from error

FAILURES = (redis.RedisError, OSError, TimeoutError, asyncio.TimeoutError)
"""What goes wrong when the server is away, hangs or refuses."""
_OF_CLUSTERS = (
    redis.exceptions.ClusterDownError, redis.exceptions.MovedError, redis.exceptions.AskError,
    redis.exceptions.ClusterCrossSlotError,
)  # fmt: skip
Made = TypeVar("Made")


def connect(settings: RedisSettings) -> "redis.asyncio.Redis":
    """For an event loop; connects when it is first used. Raises ConfigError for a bad address."""
    return _made(redis.asyncio.Redis.from_url, settings, AsyncRetry(NoBackoff(), 0))


def connect_blocking(settings: RedisSettings) -> "redis.Redis":
    """For threads."""
    return _made(redis.Redis.from_url, settings, Retry(NoBackoff(), 0))


def script(folder: str, name: str) -> str:
    """The text of a script that lies beside a store."""
    return files(folder).joinpath(f"{name}.lua").read_text(encoding="utf-8")


def away(error: BaseException, what: str) -> str:
    """What to say of a failure: its kind only, for an address may hold a password."""
    if isinstance(error, _OF_CLUSTERS):
        return f"{what} is a node of a cluster, which is not supported: use a server of its own."
    return f"{what} does not answer ({type(error).__name__})."


def _made(make: Callable[..., Made], settings: RedisSettings, retry: Any) -> Made:
    more: dict[str, Any] = {}
    if settings.url.startswith("rediss://"):
        more = {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
        if settings.ca_file:
            more["ssl_ca_certs"] = settings.ca_file
    try:
        return make(
            settings.url, retry=retry, socket_timeout=settings.timeout_s,
            socket_connect_timeout=settings.timeout_s, socket_keepalive=True,
            client_name="vedette", **more,
        )  # fmt: skip
    except ValueError as error:
        raise ConfigError(f"`redis.url` is no address of a Redis server: {error}.") from None
