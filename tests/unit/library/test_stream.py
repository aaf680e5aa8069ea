"""Reading an answer in pieces; more in tests/e2e/test_library.py."""

from pathlib import Path

import pytest

import vedette
from vedette.library.errors import CallFailed


async def test_the_result_is_there_when_the_stream_has_ended(tmp_path: Path) -> None:
    async with vedette.open({"storage": {"path": str(tmp_path)}}) as llm:
        stream = llm.stream("Hi", model="sim/chat", max_tokens=3)
        with pytest.raises(RuntimeError):
            _ = stream.result
        text = "".join([piece async for piece in stream.texts()])
        assert stream.result.text == text
        await stream.aclose()


async def test_a_stream_that_does_not_begin_raises_when_it_is_read(tmp_path: Path) -> None:
    async with vedette.open({"storage": {"path": str(tmp_path)}}) as llm:
        stream = llm.stream("Hi", model="nobody")
        with pytest.raises(CallFailed) as unknown:
            await anext(aiter(stream))
        assert unknown.value.status == 404
