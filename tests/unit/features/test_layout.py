"""How answers are laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.layout import LayoutFacts, read_layout


def facts(text: str) -> LayoutFacts:
    return read_layout(text, text)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (" \n", "empty"),
        ("No", "word"),
        ("[Yes]", "word"),
        ("It is a long sentence without any line break.", "line"),
        ("One line.\nAnother line.", "text"),
        ('{"a": 1}', "json"),
        ('```json\n{"a": 1}\n```', "json"),
        ("[1, 2", "json"),
        ("```python\nprint(1)\n```", "code"),
        ("def f(x):\n    y = x + 1\n    return y", "code"),
        ("<html><body>Hi</body></html>", "markup"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "table"),
        ("- one\n- two", "list"),
        ("1. one\n2. two", "list"),
        ("# Title\nText", "markdown"),
        ("Some **bold** words here.", "markdown"),
    ],
)
def test_layouts_are_told(text: str, layout: str) -> None:
    assert facts(text).layout == layout


def test_json_is_valid_or_broken() -> None:
    assert facts('{"a": [1]}').json == "valid"
    assert facts('{"a": [1').json == "invalid"
    assert facts("[No]").json == ""
    assert facts("no json").json == ""


def test_long_json_is_read_to_its_end() -> None:
    whole = '{"a": "' + "x" * 10_000 + '"}'
    assert read_layout(whole[:4_000], whole).json == "valid"


def test_marks_are_counted() -> None:
    found = facts("```sh\nls\n```\n# One\n**two**\n- three\n- four")
    assert (found.fences, found.fence_first) == (2, True)
    assert (found.headings, found.bolds, found.items) == (1, 1, 2)


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    facts(text)
    facts("```" + text)
    facts('{"' + text)
