"""What the headers of a call say of the cache."""

import pytest

from tests.support.calls import exchange
from vedette.gateway.cache_wish import Wish, read_wish


@pytest.mark.parametrize(
    ("name", "value", "wish"),
    [
        ("cache-control", "no-cache", Wish(lookup=False)),
        ("cache-control", "No-Store", Wish(lookup=False, store=False)),
        ("cache-control", "only-if-cached, max-age=5",
         Wish(store=False, only_cached=True, max_age_s=5.0)),
        ("x-vedette-cache", "refresh", Wish(lookup=False, any_temperature=True)),
        ("x-vedette-cache", "on", Wish(any_temperature=True)),
        ("accept", "*/*", Wish()),
    ],
    ids=str,
)  # fmt: skip
def test_each_directive_means_one_thing(name: str, value: str, wish: Wish) -> None:
    assert read_wish(exchange([(name.encode(), value.encode())])) == wish
