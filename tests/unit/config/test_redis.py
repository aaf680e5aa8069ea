"""Where several machines meet."""

import pytest
from pydantic import ValidationError

from vedette.config.redis import RedisConfig


@pytest.mark.parametrize("url", ["redis://h:6379/0", "rediss://u:p@h:1", "unix:///run/valkey"])
def test_addresses_of_servers_are_taken(url: str) -> None:
    made = RedisConfig.model_validate({"url": url}).url
    assert made is not None
    assert made.get_secret_value() == url
    assert url not in repr(made)


def test_nothing_is_no_server() -> None:
    assert RedisConfig().url is None
    assert RedisConfig.model_validate({"url": ""}).url is None


@pytest.mark.parametrize(
    "wrong", [{"url": "http://h"}, {"url": "h:6379"}, {"prefix": "a{b}"}, {"timeout_s": 0}], ids=str
)
def test_what_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RedisConfig.model_validate(wrong)
