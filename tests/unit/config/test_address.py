"""Addresses people write."""

import pytest

from vedette.config.address import Address, parse_address, parse_base_url, url_address


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:4000", "127.0.0.1", 4000),
        ("localhost:0", "localhost", 0),
        ("[::1]:65535", "::1", 65_535),
        ("[0:0::1]:80", "::1", 80),
        ("0.0.0.0:4000", "0.0.0.0", 4000),
        (" gateway_1.internal:80 ", "gateway_1.internal", 80),
    ],
)
def test_host_and_port_are_read(text: str, host: str, port: int) -> None:
    assert parse_address(text) == Address(host, port)


@pytest.mark.parametrize(
    "text",
    ["", "4000", ":4000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "h:4e3",
     "::1:4000", "[::1]", "[::g]:1", "a b:1", "http://h:1", "h:١", "-h:1", "h/x:1"],
)  # fmt: skip
def test_what_is_no_address_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected an address such as 127\.0\.0\.1:4000"):
        parse_address(text)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("LOCALHOST", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("localhost.evil.com", False)],
)  # fmt: skip
def test_only_what_stays_on_this_machine_is_loopback(host: str, loopback: bool) -> None:
    assert Address(host, 1).is_loopback is loopback


def test_an_address_is_written_as_it_is_read() -> None:
    assert str(parse_address("[::1]:4000")) == "[::1]:4000"
    assert str(parse_address("127.0.0.1:4000")) == "127.0.0.1:4000"


@pytest.mark.parametrize(
    "url",
    ["https://api.example.com/v1", "http://127.0.0.1:9101/v1", "http://[::1]:8000", "http://h"],
)
def test_a_base_url_is_kept(url: str) -> None:
    assert parse_base_url(url) == url


def test_a_base_url_loses_its_trailing_slash() -> None:
    assert parse_base_url("https://x.openai.azure.com/") == "https://x.openai.azure.com"


@pytest.mark.parametrize(
    "url",
    ["", "api.example.com/v1", "ftp://h/v1", "http://", "http://h:0/v1", "http://h:99999/v1",
     "http://h/v1?key=1", "http://h/v1#x", "http://h /v1", "http://h/\r\nx: y", "http://[::/v1",
     "http://a..b/v1", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_base_url_says_what_was_expected(url: str) -> None:
    with pytest.raises(ValueError, match="expected a URL such as https://"):
        parse_base_url(url)


def test_credentials_in_a_url_are_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="without user and password") as raised:
        parse_base_url("https://me:hunter2@h/v1")
    assert "hunter2" not in str(raised.value)


def test_a_url_points_at_the_port_of_its_scheme() -> None:
    assert url_address("https://h/v1") == Address("h", 443)
    assert url_address("http://[::1]/v1") == Address("::1", 80)
    assert url_address("http://h:8000/v1") == Address("h", 8000)
