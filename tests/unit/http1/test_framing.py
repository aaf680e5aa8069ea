"""Which heads may be served, and where their bodies end."""

import pytest

from vedette.http1.framing import Refused, head_size, read_framing

HOST = (b"host", b"x")
CHUNKED = (b"transfer-encoding", b"chunked")


def test_a_head_without_framing_has_no_body() -> None:
    assert read_framing([HOST], "1.1").length == 0


def test_length_chunks_expectation_and_upgrade_are_read() -> None:
    assert read_framing([HOST, (b"content-length", b"7")], "1.1").length == 7
    assert read_framing([HOST, (b"transfer-encoding", b"Chunked")], "1.1").length is None
    assert read_framing([HOST, (b"expect", b"100-Continue")], "1.1").expects_continue
    assert read_framing([HOST, (b"upgrade", b"h2c")], "1.1").offers_upgrade
    assert not read_framing([HOST, (b"expect", b"other")], "1.1").expects_continue


@pytest.mark.parametrize(
    ("headers", "version", "status"),
    [
        ([], "1.1", 400),
        ([HOST, HOST], "1.1", 400),
        ([HOST, HOST], "1.0", 400),
        ([HOST, CHUNKED], "1.0", 400),
        ([HOST, CHUNKED, CHUNKED], "1.1", 400),
        ([HOST, (b"transfer-encoding", b"gzip, chunked")], "1.1", 400),
        ([HOST, (b"transfer-encoding", b"gzip")], "1.1", 400),
        ([HOST], "2.0", 505),
        ([HOST], "0.9", 505),
    ],
)
def test_what_two_parsers_could_read_differently_is_refused(
    headers: list[tuple[bytes, bytes]], version: str, status: int
) -> None:
    with pytest.raises(Refused) as refused:
        read_framing(headers, version)
    assert refused.value.status == status


def test_http_1_0_needs_no_host() -> None:
    assert read_framing([], "1.0").length == 0


def test_the_size_of_a_head_counts_names_values_and_separators() -> None:
    assert head_size(b"/abc", [(b"host", b"x"), (b"a", b"")]) == 4 + 9 + 5
