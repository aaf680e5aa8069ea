import hashlib
from typing import Any

import pytest

from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.gateway.identify import (
    Caller,
    Forbidden,
    Gatekeeper,
    client_key,
    read_caller,
    split_tags,
)
from vedette.gateway.tenants import Tenants, Unauthorized
from vedette.http1.server import Request
from vedette.model.settings import GatewaySettings
from vedette.model.tenant import AccessSnapshot, VirtualKey

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def asked(*headers: tuple[bytes, bytes]) -> Request:
    return exchange(headers).request


def gatekeeper(**settings: Any) -> Gatekeeper:
    return Gatekeeper(GatewaySettings(version=1, **settings))


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        (b"localhost", True),
        (b"LocalHost:4000", True),
        (b"[::1]:4000", True),
        (b"evil.example", False),
        (b"localhost.evil.example", False),
        (b"evil.example:localhost", False),
        (b"", False),
    ],
)
def test_only_known_hosts_pass(host: bytes, passes: bool) -> None:
    guard = gatekeeper(allowed_hosts=("localhost", "::1"))
    if passes:
        guard.check_source(asked((b"host", host)))
    else:
        with pytest.raises(Forbidden, match="allowed_hosts"):
            guard.check_source(asked((b"host", host)))


def test_any_host_passes_where_none_is_named() -> None:
    gatekeeper().check_source(asked((b"host", b"anything")))


def test_a_web_page_must_be_named() -> None:
    guard = gatekeeper(allowed_origins=("https://ok.example",))
    guard.check_source(asked((b"origin", b"https://ok.example")))
    with pytest.raises(Forbidden, match="allowed_origins"):
        guard.check_source(asked((b"origin", b"https://ok.example.evil")))


@pytest.mark.parametrize(
    "header",
    [
        (b"authorization", b"Bearer k"),
        (b"authorization", b"bearer  k "),
        (b"x-api-key", b"k"),
        (b"api-key", b"k"),
        (b"x-goog-api-key", b"k"),
    ],
)
def test_a_key_is_found_in_every_habit(header: tuple[bytes, bytes]) -> None:
    assert client_key(asked(header)) == b"k"
    gatekeeper(api_keys=(hashlib.sha256(b"k").hexdigest(),)).check_key(asked(header))


@pytest.mark.parametrize("headers", [(), ((b"authorization", b"Basic k"),), ((b"api-key", b"j"),)])
def test_without_a_known_key_nobody_passes(headers: tuple[tuple[bytes, bytes], ...]) -> None:
    guard = gatekeeper(api_keys=(hashlib.sha256(b"k").hexdigest(),))
    assert guard.asks_for_key
    with pytest.raises(Unauthorized):
        guard.check_key(asked(*headers))


@pytest.mark.parametrize(
    "header", ["Bearer k", "bearer k", "Bearer " + " " * 300 + "k"], ids=["plain", "lower", "long"]
)
def test_a_key_that_is_known_again_still_expires(header: str) -> None:
    key = VirtualKey(
        id="1", sha256=hashlib.sha256(b"k").hexdigest(), project_id="p", expires_ns=1_000
    )
    guard = Gatekeeper(GatewaySettings(version=1), Tenants(AccessSnapshot(keys=(key,))))
    request = asked((b"authorization", header.encode()))
    assert [guard.check_key(request, now_ns) for now_ns in (1, 2, 999)] == [key] * 3
    with pytest.raises(Unauthorized, match="expired"):
        guard.check_key(request, 1_000)


def test_what_is_known_again_is_the_whole_header() -> None:
    key = VirtualKey(id="1", sha256=hashlib.sha256(b"k").hexdigest(), project_id="p")
    guard = Gatekeeper(GatewaySettings(version=1), Tenants(AccessSnapshot(keys=(key,))))
    assert guard.check_key(asked((b"authorization", b"Basic k"), (b"x-api-key", b"k"))) == key
    for header in (b"Basic k", b"Bearer k2", b"Bearer", b"k"):
        with pytest.raises(Unauthorized):
            guard.check_key(asked((b"authorization", header)))


def test_headers_win_over_the_body() -> None:
    request = asked(
        (b"traceparent", f"00-{TRACE}-{PARENT}-01".encode()),
        (b"x-vedette-session", b" s "),
        (b"x-vedette-user", "\u00fc".encode()),
        (b"x-vedette-tags", b"a, b,,a"),
        (b"x-vedette-environment", b"staging"),
        (b"x-vedette-release", b"v1"),
    )
    metadata = dict.fromkeys(("session_id", "user_id", "tags", "environment", "release"), "m")
    caller = read_caller(request, "body", metadata, FakeClock())
    assert caller == Caller(TRACE, PARENT, "s", "\u00fc", ("a", "b"), "staging", "v1")


def test_the_body_says_what_headers_do_not() -> None:
    metadata: dict[str, Any] = {
        "session_id": "m",
        "user_id": 7,
        "tags": ["no text"],
        "release": "m",
    }
    caller = read_caller(asked(), "body", metadata, FakeClock())
    assert (caller.session_id, caller.user_id, caller.tags) == ("m", "body", ())
    assert (caller.environment, caller.release) == ("", "m")
    assert caller.parent_span_id == ""
    assert len(caller.trace_id) == 32


@pytest.mark.parametrize(
    "bad",
    [
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}-{PARENT}-01-more",
        f"00-{TRACE.upper()}-{PARENT}-01",
        "junk",
    ],
)
def test_a_bad_trace_context_is_ignored(bad: str) -> None:
    caller = read_caller(asked((b"traceparent", bad.encode())), "", {}, FakeClock())
    assert caller.trace_id != TRACE
    assert caller.parent_span_id == ""


def test_labels_are_bounded() -> None:
    caller = read_caller(
        asked((b"x-vedette-session", b"s" * 999)), "u" * 999, {"release": "r" * 999}, FakeClock()
    )
    assert {len(caller.session_id), len(caller.user_id), len(caller.release)} == {200}
    assert len(split_tags(",".join(str(number) for number in range(99)))) == 32
