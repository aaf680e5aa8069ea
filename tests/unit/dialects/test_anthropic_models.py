"""Claude models by their many names."""

import pytest

from vedette.dialects.anthropic_models import ClaudeModel, claude_model


@pytest.mark.parametrize(
    ("name", "family", "version"),
    [
        ("claude-3-opus-20240229", "opus", (3, 0)),
        ("claude-3-5-sonnet-latest", "sonnet", (3, 5)),
        ("claude-3-7-sonnet@20250219", "sonnet", (3, 7)),
        ("claude-sonnet-4-20250514", "sonnet", (4, 0)),
        ("claude-opus-4-1-20250805", "opus", (4, 1)),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "sonnet", (4, 5)),
        ("anthropic/claude-opus-4.5", "opus", (4, 5)),
        ("claude-opus-5", "opus", (5, 0)),
        ("claude-fable-5-1", "fable", (5, 1)),
        ("claude-mythos-preview", "mythos", (99, 0)),
        ("claude-2.1", "claude", (2, 1)),
        ("claude-instant-1.2", "instant", (1, 2)),
        ("Claude-Haiku-4-5", "haiku", (4, 5)),
        ("kimi-k2", "", (0, 0)),
        ("", "", (0, 0)),
    ],
)
def test_names(name: str, family: str, version: tuple[int, int]) -> None:
    assert claude_model(name) == ClaudeModel(family, version)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("claude-3-haiku-20240307", 4_096),
        ("claude-3-5-haiku-20241022", 8_192),
        ("claude-3-7-sonnet-20250219", 64_000),
        ("claude-opus-4-20250514", 32_000),
        ("claude-opus-4-1", 32_000),
        ("claude-sonnet-4-20250514", 64_000),
        ("claude-opus-4-5", 64_000),
        ("claude-sonnet-4-6", 128_000),
        ("claude-haiku-5-5", 128_000),
        ("claude-mythos-preview", 128_000),
        ("glm-5", 4_096),
    ],
)
def test_limits(name: str, limit: int) -> None:
    assert claude_model(name).max_output_tokens == limit


@pytest.mark.parametrize(
    ("name", "thinking", "efforts", "sampling", "schemas"),
    [
        ("claude-3-5-sonnet", "none", 0, True, False),
        ("claude-sonnet-4", "budget", 0, True, False),
        ("claude-opus-4-5", "budget", 0, True, True),
        ("claude-opus-4-6", "adaptive", 4, True, True),
        ("claude-opus-4-8", "adaptive", 5, False, True),
        ("minimax-m2", "budget", 0, True, True),
    ],
)
def test_what_models_take(
    name: str, thinking: str, efforts: int, sampling: bool, schemas: bool
) -> None:
    model = claude_model(name)
    assert model.thinking == thinking
    assert len(model.efforts) == efforts
    assert (model.takes_sampling, model.takes_schemas) == (sampling, schemas)


def test_who_thinks_unasked() -> None:
    assert claude_model("claude-fable-5").thinks_always
    assert claude_model("claude-opus-5").thinks_unasked
    assert not claude_model("claude-opus-4-8").thinks_unasked
    assert claude_model("claude-opus-4-8").hides_thoughts
    assert not claude_model("claude-opus-4-6").hides_thoughts
    assert claude_model("claude-opus-4-1").takes_one_sampling
    assert not claude_model("claude-sonnet-4").takes_one_sampling
