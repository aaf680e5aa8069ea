import pytest

from vedette.costs.estimates import UNKNOWN_OUTPUT, OutputGuess, output_bound


@pytest.mark.parametrize(
    "body",
    [
        b'{"max_output_tokens":77}',
        b'{"generationConfig":{"maxOutputTokens" : 77}}',
        b'{"inferenceConfig":{"maxTokens":77}}',
        b'{"options":{"num_predict": 77}}',
        b'{"max_tokens_to_sample":77}',
    ],
)
def test_every_dialect_says_how_long_an_answer_may_be(body: bytes) -> None:
    assert output_bound(body) == 77


def test_what_is_not_said_is_not_known() -> None:
    assert output_bound(b'{"messages":[{"content":"max"}]}') is None
    assert output_bound(b'{"options":{"num_predict":-1}}') is None


def test_a_guess_follows_the_longest_answers() -> None:
    guess = OutputGuess()
    assert guess.tokens("m") == UNKNOWN_OUTPUT
    for _ in range(8):
        guess.learn("m", 100)
    assert 190 <= guess.tokens("m") <= 200
    guess.learn("m", 3000)
    assert guess.tokens("m") == 4096
    for _ in range(2000):
        guess.learn("m", 10)
    assert guess.tokens("m") == 64
    assert guess.tokens("other") == UNKNOWN_OUTPUT
