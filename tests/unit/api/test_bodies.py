"""Bodies are JSON of the documented shape, or refused with a reason."""

import pytest

from tests.support.console import Console

JSON = {"content-type": "application/json"}


def refused(console: Console, content: bytes, headers: dict[str, str]) -> tuple[int, str]:
    answer = console.client.post("/api/v1/views", content=content, headers=headers)
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_forms_are_no_json(console: Console, kind: str) -> None:
    found = refused(console, b'{"name":"x"}', {"content-type": kind})
    assert found == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff", b"[]", b"{}", b'{"name":""}', b'{"name":1}', b'{"name":"a","x":1}',
        b'{"name":"a","page":"../x"}', b"[" * 100_000, b'{"name":"\\ud800"}',
    ],
)  # fmt: skip
def test_what_is_not_the_shape_is_refused(console: Console, content: bytes) -> None:
    assert refused(console, content, JSON) == (400, "invalid_body")


def test_a_charset_is_fine(console: Console) -> None:
    headers = {"content-type": "application/json; charset=utf-8"}
    answer = console.client.post("/api/v1/views", content=b'{"name":"x"}', headers=headers)
    assert answer.status_code == 201
