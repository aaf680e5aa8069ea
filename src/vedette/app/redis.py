"""Where machines meet, as the processes are told."""

from vedette.config.schema import Config
from vedette.model.settings import RedisSettings


def redis_settings(config: Config) -> RedisSettings | None:
    """None where there is one machine."""
    url = config.redis.url
    if url is None:
        return None
    return RedisSettings(
        url=url.get_secret_value(), ca_file=config.redis.ca_file, prefix=config.redis.prefix,
        timeout_s=config.redis.timeout_s,
    )  # fmt: skip
