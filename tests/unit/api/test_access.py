"""Which requests the console listens to."""

import hashlib

import pytest

from vedette.api.access import (
    ForeignHost,
    ForeignOrigin,
    check_host,
    check_origin,
    needs_token,
    principal_of,
)
from vedette.api.sessions import COOKIE, Sessions
from vedette.clock import FakeClock

LOCAL = ("localhost", "127.0.0.1", "::1")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:4001", "127.0.0.1:4001", "[::1]:4001", "localhost."]
)
def test_our_own_names_are_answered(host: str) -> None:
    check_host(host, LOCAL)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example", "localhost:4001@evil", "a b", "[::2]", "é"],
)
def test_a_rebound_name_is_refused(host: str) -> None:
    with pytest.raises(ForeignHost):
        check_host(host, LOCAL)


def test_without_a_list_any_well_formed_name_will_do() -> None:
    check_host("console.example.org", ())
    with pytest.raises(ForeignHost):
        check_host("bad host", ())


def origin(path: str = "/api/v1/traces", **headers: str) -> None:
    sent = {"host": "localhost:4001"} | {name.replace("_", "-"): v for name, v in headers.items()}
    check_origin(sent, path, ("https://ok.example",))


def test_programs_and_our_own_pages_pass() -> None:
    origin()
    origin(origin="http://localhost:4001", sec_fetch_site="same-origin")
    origin(sec_fetch_site="none", sec_fetch_mode="navigate")


def test_listed_origins_pass() -> None:
    origin(origin="https://ok.example", sec_fetch_site="cross-site")


@pytest.mark.parametrize(
    "foreign",
    ["http://evil.example", "null", "http://localhost:9999", "file://localhost:4001", "http://["],
)
def test_foreign_origins_are_refused(foreign: str) -> None:
    with pytest.raises(ForeignOrigin):
        origin(origin=foreign)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_foreign_page_embeds_is_refused_even_without_origin(site: str) -> None:
    with pytest.raises(ForeignOrigin):
        origin(sec_fetch_site=site, sec_fetch_mode="no-cors")


def test_a_link_from_elsewhere_opens_the_page_but_not_the_api() -> None:
    origin("/traces/1", sec_fetch_site="cross-site", sec_fetch_mode="navigate")
    with pytest.raises(ForeignOrigin):
        origin("/api/v1/traces", sec_fetch_site="cross-site", sec_fetch_mode="navigate")


def test_only_data_needs_the_token() -> None:
    assert needs_token("/api/v1/traces")
    assert needs_token("/metrics")
    assert not needs_token("/api/v1/session")
    assert not needs_token("/health/live")
    assert not needs_token("/traces")


def test_token_cookie_and_nothing_are_told_apart() -> None:
    digest = hashlib.sha256(b"right").hexdigest()
    sessions = Sessions(FakeClock(), token_sha256=digest, session_key=b"", ttl_s=60)
    cookie, _ = sessions.issue()
    assert principal_of({"authorization": "bearer right"}, sessions, None, "a")
    assert not principal_of({"authorization": "Bearer wrong"}, sessions, None, "a")
    assert not principal_of({"authorization": "Basic right"}, sessions, None, "a")
    assert principal_of({"cookie": f'x=1; {COOKIE}="{cookie}"'}, sessions, None, "a")
    assert not principal_of({"cookie": f"{COOKIE}=1.abc"}, sessions, None, "a")
    assert not principal_of({}, sessions, None, "a")
