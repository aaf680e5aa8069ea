"""Heads that cannot be broken out of, and what a proxy may pass on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.http1.headers import (
    HeaderInjection,
    forwardable,
    named_in_connection,
    request_head,
    response_head,
)

VALUES = st.binary(max_size=20)


def test_a_request_head_is_written_as_given() -> None:
    head = request_head("POST", b"/v1/x?a=b", [(b"host", b"h"), (b"content-length", b"2")])
    assert head == b"POST /v1/x?a=b HTTP/1.1\r\nhost: h\r\ncontent-length: 2\r\n\r\n"


@pytest.mark.parametrize("target", [b"", b"/a b", b"/a\r\nx: y", b"/\0", b"/a\tb", b"/\x7f"])
def test_a_target_cannot_break_out_of_its_line(target: bytes) -> None:
    with pytest.raises(HeaderInjection):
        request_head("GET", target, [])


@given(VALUES, VALUES)
def test_a_header_is_written_whole_or_refused(name: bytes, value: bytes) -> None:
    try:
        head = response_head(200, [(b"first", b"1"), (name, value), (b"last", b"2")])
    except HeaderInjection:
        assert any(byte in name + value for byte in b"\r\n\0")
    else:
        lines = head.split(b"\r\n")
        assert lines == [
            b"HTTP/1.1 200 OK",
            b"first: 1",
            name + b": " + value,
            b"last: 2",
            b"",
            b"",
        ]


@pytest.mark.parametrize("bad", [b"a\r\nset-cookie: b", b"a\nb", b"a\rb", b"a\0b"])
def test_an_injected_line_is_refused_in_name_and_value(bad: bytes) -> None:
    for pair in ((b"x", bad), (bad, b"x")):
        with pytest.raises(HeaderInjection):
            response_head(200, [pair])


def test_statuses_outside_the_registry_are_written_too() -> None:
    assert response_head(529, []).startswith(b"HTTP/1.1 529 ")


def test_hop_by_hop_fields_are_not_forwarded() -> None:
    dropped = [
        b"connection", b"keep-alive", b"proxy-authorization", b"te", b"trailer", b"host",
        b"transfer-encoding", b"upgrade", b"content-length", b"proxy-connection",
    ]  # fmt: skip
    kept = [(b"authorization", b"a"), (b"set-cookie", b"b"), (b"set-cookie", b"c")]
    assert forwardable([(name, b"x") for name in dropped] + kept) == kept


def test_names_in_every_connection_header_are_not_forwarded() -> None:
    headers = [
        (b"connection", b"X-One, close"),
        (b"connection", b" x-two"),
        (b"x-one", b"1"),
        (b"x-two", b"2"),
        (b"x-three", b"3"),
    ]
    assert named_in_connection(headers) >= {b"x-one", b"x-two"}
    assert forwardable(headers) == [(b"x-three", b"3")]
