"""Many patterns, one pass, the same findings with and without Hyperscan, never slow."""

import time
from importlib.util import find_spec

import pytest

from vedette.detectors.matching.patterns import PatternSet, compile_pattern
from vedette.errors import ConfigError

PATTERNS = (r"(?i)secret-(\d+)", r"\bcat\b", r"[0-9]{4}", r"é+")
TEXTS = ("", "a cat", "SECRET-12 and cats 2024", "caféé secret-7", "nothing")


def found(patterns: PatternSet, text: str) -> list[tuple[int, str]]:
    return [
        (index, match.group())
        for index in patterns.hits(text)
        for match in patterns.find(index, text)
    ]


@pytest.mark.parametrize("by_literals", [False, True])
def test_each_pattern_finds_its_matches(by_literals: bool) -> None:
    patterns = PatternSet(PATTERNS, by_literals=by_literals)
    assert found(patterns, "SECRET-12 and a cat in 2024") == [
        (0, "SECRET-12"), (1, "cat"), (2, "2024"),
    ]  # fmt: skip
    assert found(patterns, "nothing") == []
    assert len(patterns) == len(PATTERNS)
    assert PatternSet(()).hits("anything") == []


def test_what_has_no_literals_is_tried_where_its_words_are() -> None:
    patterns = (r"[0-9a-f]{8}", r"[0-9]{4}", "cat")
    words = (("token", "key"), (), ("cat",))
    made = PatternSet(patterns, by_literals=True, words=words)
    assert found(made, "0123abcd") == [(1, "0123")]
    assert found(made, "The Key is 0123abcd, cat") == [(0, "0123abcd"), (1, "0123"), (2, "cat")]
    assert found(made, "a token") == []


@pytest.mark.skipif(find_spec("hyperscan") is None, reason="hyperscan is not installed")
def test_hyperscan_changes_nothing() -> None:
    plain, fast = PatternSet(PATTERNS), PatternSet(PATTERNS, engine="hyperscan")
    for text in TEXTS:
        assert found(fast, text) == found(plain, text)


@pytest.mark.skipif(find_spec("hyperscan") is not None, reason="hyperscan is installed")
def test_a_missing_hyperscan_is_said() -> None:
    with pytest.raises(ConfigError, match="not installed"):
        PatternSet(PATTERNS, engine="hyperscan")


@pytest.mark.parametrize("pattern", [r"(?=ahead)", r"(?<!behind)x", r"(a)\1", "(unclosed"])
def test_what_re2_does_not_take_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="RE2"):
        PatternSet([pattern])
    with pytest.raises(ConfigError, match="RE2"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|aa)+$", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(.*a){20}b", r"(x+x+)+y"],
)
def test_patterns_that_explode_elsewhere_are_linear_here(pattern: str) -> None:
    patterns = PatternSet([pattern])
    text = "a" * 5_000 + "x" * 5_000 + "!"
    started = time.process_time()
    list(found(patterns, text))
    assert time.process_time() - started < 1.0


def test_patterns_that_grow_too_large_are_refused() -> None:
    with pytest.raises(ConfigError, match="too large"):
        PatternSet([r"\pN{5,1000}\pL{1,1000}"])
