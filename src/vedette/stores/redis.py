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


def _made(make: Callable[..., Made], settings: RedisSettings, retry: Any) -> Made:
    try:
        return make(
            settings.url, retry=retry, socket_timeout=settings.timeout_s,
            socket_connect_timeout=settings.timeout_s, socket_keepalive=True,
            client_name="vedette",
        )  # fmt: skip
    except ValueError as error:
        raise ConfigError(f"`redis.url` is no address of a Redis server: {error}.") from None
