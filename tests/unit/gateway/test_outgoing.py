"""What of a client's head goes on, the first time and when it is remembered."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import answer
from tests.support.calls import exchange
from tests.support.wire import call, pair
from vedette.clock import SystemClock
from vedette.gateway.directory import Target, Upstream
from vedette.gateway.health import TargetHealth
from vedette.gateway.identify import Caller
from vedette.gateway.outgoing import provider_head
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.settings import ProviderSettings
from vedette.providers.openai import Provider

TRACE = b"00-" + b"a" * 32 + b"-" + b"b" * 16 + b"-01"
CLIENT = [
    (b"host", b"127.0.0.1:4000"),
    (b"authorization", b"Bearer client"),
    (b"content-length", b"2"),
    (b"cookie", b"a=b"),
    (b"x-vedette-session", b"s"),
    (b"x-vedette-other", b"s"),
    (b"connection", b"x-hop"),
    (b"x-hop", b"1"),
    (b"x-kept", b"1"),
]
HEAD = (
    b"POST /v1/chat/completions HTTP/1.1\r\nhost: up:1\r\nauthorization: Bearer client\r\n"
    b"x-kept: 1\r\naccept-encoding: identity\r\ncontent-length: 2\r\n\r\n"
)


def upstream(**settings: object) -> Upstream:
    provider = ProviderSettings(name="a", kind="openai", base_url="http://up:1/v1", **settings)  # type: ignore[arg-type]
    clock = SystemClock()
    pool = Pool(
        Origin.of(provider.base_url), max_connections=1, deadlines=Deadlines(clock), clock=clock
    )
    return Upstream(Provider(provider), pool)


def head(up: Upstream, headers: list[tuple[bytes, bytes]], *, keeps_key: bool = True) -> bytes:
    one = exchange(headers)
    one.body = b"{}"
    one.span_id = "c" * 16
    if any(name == b"traceparent" for name, _ in headers):
        one.caller = Caller("a" * 32, "b" * 16)
    target = Target(up, "", up.settings.timeouts, TargetHealth())
    return provider_head(one, target, b"{}", keeps_key=keeps_key, now_s=0.0)


def test_a_remembered_head_is_the_one_made_first() -> None:
    up = upstream()
    assert [head(up, CLIENT), head(up, CLIENT)] == [HEAD, HEAD]
    assert len(up.heads) == 1


def test_two_clients_never_share_a_head() -> None:
    up = upstream()
    head(up, CLIENT)
    other = [(n, b"Bearer other" if n == b"authorization" else v) for n, v in CLIENT]
    assert b"Bearer other" in head(up, other)
    assert b"authorization" not in head(up, CLIENT, keeps_key=False)


def test_length_and_trace_are_of_the_call() -> None:
    up = upstream()
    head(up, CLIENT)
    one = exchange([*CLIENT, (b"traceparent", TRACE)])
    one.body, one.span_id, one.caller = b"{}", "c" * 16, Caller("a" * 32, "b" * 16)
    target = Target(up, "", up.settings.timeouts, TargetHealth())
    traced = provider_head(one, target, b"x" * 77, keeps_key=True, now_s=0.0)
    assert b"\r\ntraceparent: 00-" + b"a" * 32 + b"-" + b"c" * 16 + b"-01\r\n" in traced
    assert b"\r\ncontent-length: 77\r\n" in traced
    assert head(up, CLIENT) == HEAD


def test_a_trace_that_the_connection_header_names_stays_here() -> None:
    hop = [(b"connection", b"traceparent"), (b"traceparent", TRACE)]
    assert b"traceparent" not in head(upstream(), hop)


def test_a_configured_trace_replaces_the_clients() -> None:
    up = upstream(headers=(("traceparent", "fixed"),))
    made = head(up, [(b"traceparent", TRACE)])
    assert made.count(b"traceparent: ") == 1
    assert b"traceparent: fixed\r\n" in made


@pytest.mark.parametrize("size", [10, 5000])
def test_memory_is_bounded(size: int) -> None:
    up = upstream()
    for number in range(300):
        head(up, [(b"x-call", b"%0*d" % (size, number))])
    assert len(up.heads) <= (128 if size < 4096 else 0)


@pytest.mark.parametrize(
    ("own_key", "asks", "kept"),
    [
        ("", False, "?key=secret&x=%20y"),
        ("sk-own", False, "?x=%20y"),
        ("", True, "?x=%20y"),
        ("sk-own", True, "?x=%20y"),
    ],
    ids=["forwarded", "replaced", "ours", "ours-replaced"],
)
async def test_a_key_in_the_address_goes_on_where_one_in_a_header_would(
    tmp_path: Path, own_key: str, asks: bool, kept: str
) -> None:
    keys = (sha256(b"secret").hexdigest(),) if asks else ()
    settings = {"api_key": own_key}
    calls: list[tuple[Any, str, dict[str, str]]] = [
        (b"", "/v1/files", {"method": "GET"}),
        (b"hi", "/v1/files", {"content_type": "text/plain"}),
        ({"model": "a/m"}, "/v1/other", {}),
        ({"model": "a/m", "messages": []}, "/v1/chat/completions", {}),
    ]
    async with pair(tmp_path, provider_settings=settings, api_keys=keys) as (up, gateway):
        up.respond = lambda _: answer(b"{}")
        for body, path, how in calls:
            answered = await call(gateway, body, f"{path}?key=secret&x=%20y", **how)
            assert answered.status == 200
            assert up.requests[-1].target.decode() == path + kept
