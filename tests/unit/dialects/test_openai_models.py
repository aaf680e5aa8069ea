"""OpenAI's own models, and everybody else's."""

import pytest

from vedette.dialects.openai_models import (
    bare_name,
    fit_effort,
    is_openai,
    limit_field,
    max_output_tokens,
    reasons,
    takes_sampling,
)


@pytest.mark.parametrize(
    ("model", "own", "new", "thinks"),
    [
        ("gpt-4o-mini", True, False, False),
        ("gpt-3.5-turbo", True, False, False),
        ("chatgpt-4o-latest", True, False, False),
        ("o3-mini", True, True, True),
        ("o1", True, True, True),
        ("gpt-5", True, True, True),
        ("openai/gpt-5.4-nano", True, True, True),
        ("gpt-6-astra", True, True, True),
        ("gpt-5.2-chat-latest", True, True, False),
        ("ft:gpt-4o-2024-08-06:acme::1", True, False, False),
        ("gpt-oss-120b", False, False, True),
        ("deepseek-reasoner", False, False, True),
        ("olmo-2", False, False, True),
        ("", False, False, True),
    ],
)
def test_families(model: str, own: bool, new: bool, thinks: bool) -> None:
    assert is_openai(model) == own
    assert limit_field(model) == ("max_completion_tokens" if new else "max_tokens")
    assert reasons(model) == thinks
    assert takes_sampling(model) == (not (own and thinks))


@pytest.mark.parametrize(
    ("model", "effort", "fitted"),
    [
        ("o3", "max", "high"),
        ("o3", "minimal", "low"),
        ("o3", "none", "low"),
        ("gpt-5", "none", "minimal"),
        ("gpt-5-mini", "minimal", "minimal"),
        ("gpt-5-pro", "minimal", "low"),
        ("gpt-5.1", "none", "none"),
        ("gpt-5.1", "xhigh", "high"),
        ("gpt-5.2", "max", "xhigh"),
        ("gpt-6-astra", "minimal", "low"),
        ("o3", "medium", "medium"),
        ("qwen3", "max", "high"),
        ("qwen3", "none", ""),
        ("qwen3", "minimal", "low"),
    ],
)
def test_efforts(model: str, effort: str, fitted: str) -> None:
    assert fit_effort(model, effort) == fitted


def test_routes_before_a_name_do_not_count() -> None:
    assert bare_name("openrouter/openai/GPT-5") == "gpt-5"


@pytest.mark.parametrize(
    ("model", "limit"),
    [
        ("gpt-4o-mini", 16_384),
        ("openai/gpt-4.1", 32_768),
        ("gpt-4", 8_192),
        ("gpt-4-0613", 8_192),
        ("gpt-4-turbo", 4_096),
        ("gpt-3.5-turbo", 4_096),
        ("o3-mini", 100_000),
        ("o1-mini", 65_536),
        ("gpt-5-chat-latest", 16_384),
        ("gpt-5.2", 128_000),
        ("qwen3", None),
    ],
)
def test_limits(model: str, limit: int | None) -> None:
    assert max_output_tokens(model) == limit
