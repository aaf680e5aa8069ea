"""Versions in headers."""

import pytest
from starlette.requests import Request

from vedette.api.etags import VersionNeeded, etag, expected_version
from vedette.query.parameters import ParameterError


def asks(if_match: str | None) -> Request:
    headers = [] if if_match is None else [(b"if-match", if_match.encode())]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize("text", ['"12"', "12", 'W/"12"', ' "12" '])
def test_a_version_is_read_as_clients_write_it(text: str) -> None:
    assert expected_version(asks(text), "view") == 12


@pytest.mark.parametrize("text", ["*", '"0"', '"x"', '"1", "2"', "1" * 16])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParameterError):
        expected_version(asks(text), "view")


def test_without_it_the_noun_is_named() -> None:
    with pytest.raises(VersionNeeded, match="ETag of the route"):
        expected_version(asks(None), "route")
    assert etag(3) == '"3"'
