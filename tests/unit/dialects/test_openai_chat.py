"""The chat dialect as a whole: its facade, its tapes, its official client."""

from vedette.dialects import openai_chat


def test_the_gateway_finds_all_it_needs_in_one_place() -> None:
    for name in openai_chat.__all__:
        assert getattr(openai_chat, name)
    assert (openai_chat.NAME, openai_chat.FRAMING) == ("openai_chat", "sse")
    assert openai_chat.read_error(404, b'{"error":{"message":"m"}}').message == "m"
