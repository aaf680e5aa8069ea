"""Without an event loop."""

from pathlib import Path

import vedette


def test_calls_block_and_streams_iterate(tmp_path: Path) -> None:
    with vedette.open_sync({"storage": {"path": str(tmp_path)}}) as llm:
        assert llm.chat("Hi", model="sim/chat", max_tokens=2).text
        assert len(llm.embed(["a", "b"], model="sim/embed").vectors) == 2
        with llm.stream("Hi", model="sim/chat", max_tokens=2) as stream:
            kinds = [type(delta).__name__ for delta in stream]
        assert kinds[0] == "Start"
        assert stream.result.text
        assert llm.usage().requests == 3
        assert llm.models() == ("sim/...",)
        assert len(llm.health()) == 2
