"""What the names of models tell."""

import pytest

from vedette.dialects.bedrock_models import family, takes_cache_points, takes_strict

SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0"


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (SONNET, "anthropic"),
        ("us.anthropic.claude-3-haiku-20240307-v1:0", "anthropic"),
        (f"arn:aws:bedrock:eu-west-1:1:inference-profile/eu.{SONNET}", "anthropic"),
        ("arn:aws:bedrock:eu-west-1:1:application-inference-profile/a1b2", ""),
        ("eu.amazon.nova-lite-v1:0", "nova"),
        ("amazon.titan-text-express-v1", "titan"),
        ("meta.llama3-1-70b-instruct-v1:0", "meta"),
        ("openai.gpt-oss-120b-1:0", "gpt-oss"),
        ("mistral.mistral-large-2402-v1:0", "mistral"),
        ("cohere.command-r-plus-v1:0", "cohere"),
        ("us.deepseek.r1-v1:0", "deepseek"),
        ("", ""),
    ],
)
def test_whose_a_model_is(model: str, expected: str) -> None:
    assert family(model) == expected


@pytest.mark.parametrize(
    ("model", "strict", "points"),
    [
        (SONNET, True, True),
        ("us.anthropic.claude-opus-4-20250514-v1:0", False, True),
        ("anthropic.claude-3-5-sonnet-20240620-v1:0", False, False),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", False, True),
        ("anthropic.claude-3-5-haiku-20241022-v1:0", False, True),
        ("openai.gpt-oss-20b-1:0", True, False),
        ("amazon.nova-pro-v1:0", False, False),
        ("arn:aws:bedrock:eu-west-1:1:application-inference-profile/a1b2", False, False),
    ],
)
def test_what_a_model_knows(model: str, strict: bool, points: bool) -> None:
    assert (takes_strict(model), takes_cache_points(model)) == (strict, points)
