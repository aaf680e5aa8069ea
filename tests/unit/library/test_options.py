"""Options become the header fields of a client."""

import msgspec
import pytest

from vedette.library.options import header_fields, options_of


def test_nothing_said_is_nothing_sent() -> None:
    assert header_fields(options_of({})) == []


def test_options_are_header_fields() -> None:
    options = options_of(
        {
            "session": "s", "user": "\u00e9", "tags": ["a", "b"], "environment": "e",
            "release": "v1", "timeout_s": 2.5, "retries": 0,
            "priority": "batch", "cache": "only", "idempotency_key": "k", "trace": "00-1",
        }
    )  # fmt: skip
    assert dict(header_fields(options)) == {
        b"x-vedette-session": b"s", b"x-vedette-user": "\u00e9".encode(),
        b"x-vedette-tags": b"a,b", b"x-vedette-environment": b"e", b"x-vedette-release": b"v1",
        b"x-vedette-timeout-s": b"2.5", b"x-vedette-retries": b"0",
        b"x-vedette-priority": b"batch", b"cache-control": b"only-if-cached",
        b"idempotency-key": b"k", b"traceparent": b"00-1",
    }  # fmt: skip


@pytest.mark.parametrize("cache", ["on", "off", "refresh"])
def test_the_cache_is_told(cache: str) -> None:
    fields = header_fields(options_of({"cache": cache}))
    assert fields == [(b"x-vedette-cache", cache.encode())]


@pytest.mark.parametrize("given", [{"priority": "urgent"}, {"retries": "many"}])
def test_nonsense_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        options_of(given)
