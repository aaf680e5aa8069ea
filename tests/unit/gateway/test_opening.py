"""The handshake that goes on to a provider."""

import pytest

from vedette.errors import BadRequest
from vedette.gateway.opening import BadOpening, check_opening, model_asked
from vedette.http1.memory import memory_request

VERSION = (b"sec-websocket-version", b"13")


@pytest.mark.parametrize(
    ("path", "query", "model"),
    [
        ("/realtime", "model=gpt-realtime", "gpt-realtime"),
        ("/realtime", "x=1&model=a%2Fgpt%20realtime&y", "a/gpt realtime"),
        ("/realtime", "", ""),
        ("/realtime", "Model=x&models=y", ""),
        ("/responses", "model=gpt-5", ""),
        ("/realtime", "api-version=2025-04-01-preview&deployment=a%2Fm", "a/m"),
    ],
    ids=["plain", "encoded", "none", "other-names", "named-inside", "azure"],
)
def test_the_model_is_the_one_of_the_address(path: str, query: str, model: str) -> None:
    assert model_asked(path, query) == model


@pytest.mark.parametrize("query", ["model=a&model=b", "model=a&%6dodel=a", "model=a&deployment=b"])
def test_two_models_are_none(query: str) -> None:
    with pytest.raises(BadRequest, match="more than one"):
        model_asked("/realtime", query)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [VERSION],
        [VERSION, (b"sec-websocket-key", b"AAAAAAAAAAAAAAAAAAAAAAA=")],
        [VERSION, (b"sec-websocket-key", b"AAAAAAAAAAAAAAAAAAAAA\xc3=")],
        [(b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ==")],
    ],
    ids=["nothing", "no-key", "long-key", "no-base64", "no-version"],
)
def test_what_is_no_handshake_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(BadOpening):
        check_opening(memory_request("/v1/realtime", headers, b""))


def test_a_handshake_is_let_through() -> None:
    headers = [VERSION, (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ==")]
    check_opening(memory_request("/v1/realtime", headers, b""))
