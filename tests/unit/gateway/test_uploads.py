from pathlib import Path

import pytest

from tests.support.wire import call, pair

TYPE = 'multipart/form-data; boundary="b"'
PADDING = b"x" * 70_000


def form(model: bytes, *, late: bool = False) -> bytes:
    """A form whose model stands first, or behind 70 kB."""
    named = b'--b\r\ncontent-disposition: form-data; name="model"\r\n\r\n' + model + b"\r\n"
    file = b'--b\r\ncontent-disposition: form-data; name="file"\r\n\r\n' + PADDING + b"\r\n"
    return (file + named if late else named + file) + b"--b--\r\n"


async def sent(tmp_path: Path, body: bytes, content_type: str = TYPE) -> bytes:
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, body, "/v1/files", content_type=content_type)
        assert answered.status == 200
        return (await upstream.received()).body


@pytest.mark.parametrize("model", [b"m1", b"a-much-longer-name"])
async def test_the_model_of_a_form_is_replaced_and_nothing_else(
    tmp_path: Path, model: bytes
) -> None:
    assert await sent(tmp_path, form(b"a/" + model)) == form(model)


async def test_a_model_far_into_a_form_is_left(tmp_path: Path) -> None:
    body = form(b"a/m1", late=True)
    assert await sent(tmp_path, body) == body


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", "multipart/mixed"])
async def test_other_bodies_are_not_looked_into(tmp_path: Path, content_type: str) -> None:
    body = form(b"a/m1")
    assert await sent(tmp_path, body, content_type) == body


async def test_an_empty_form_passes(tmp_path: Path) -> None:
    assert await sent(tmp_path, b"") == b""
