"""Where machines meet."""

from vedette.app.redis import redis_settings
from vedette.app.snapshot import core_settings, gateway_settings
from vedette.config.schema import Config

URL = "rediss://:secret@cache:6380/1"


def test_workers_and_core_get_the_address_and_nobody_else() -> None:
    config = Config.model_validate(
        {"redis": {"url": URL, "ca_file": "/ca", "prefix": "v", "timeout_s": 2}}
    )
    found = redis_settings(config)
    assert found is not None
    assert (found.url, found.ca_file, found.prefix, found.timeout_s) == (URL, "/ca", "v", 2.0)
    assert gateway_settings(config, version=1).redis == found
    core = core_settings(config, version=1)
    assert core.redis == found
    assert core.routing.redis is None


def test_a_machine_alone_meets_nobody() -> None:
    assert redis_settings(Config()) is None
