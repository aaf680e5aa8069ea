"""The Anthropic dialect as a whole: its facade, its tapes, its official client."""

from vedette.dialects import anthropic


def test_the_gateway_finds_all_it_needs_in_one_place() -> None:
    for name in anthropic.__all__:
        assert getattr(anthropic, name)
    assert (anthropic.NAME, anthropic.FRAMING) == ("anthropic", "sse")


def test_counting_has_a_shape_of_its_own() -> None:
    assert anthropic.write_count_answer(42) == b'{"input_tokens":42}'
    assert anthropic.read_count_answer(b'{"input_tokens":42}') == 42
    assert anthropic.read_count_answer(b"{}") == 0
    asked = anthropic.read_count_request(
        b'{"model":"m","messages":[{"role":"user","content":"a"}]}'
    )
    assert asked.settings == {}
