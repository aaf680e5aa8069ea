"""How text is cut into words, for the index and for queries alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.chat import (
    MediaPart,
    Message,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from vedette.model.span import Payload
from vedette.stores.spans.sqlite.text import FIELD_CHARS, fold, phrase, searchable, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", ["hello", "world"]),
        ("snake_case kebab-case 3.14", ["snake", "case", "kebab", "case", "3", "14"]),
        ("CAFÉ cafe\u0301", ["cafe", "cafe"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("“quoted” — dash…", ["quoted", "dash"]),
        ("发票 invoice发", ["发", "票", "invoice", "发"]),
        ("ﬁne Ａ１", ["fine", "a1"]),
        ("مُحَمَّد", ["محمد"]),
        ("한국어", ["한", "국", "어"]),
        ("ok 👍🏽!", ["ok", "👍", "🏽"]),
        ("Ꭰꭰ", ["ᎠᎠ"]),
        ("?!… ", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(fold(text)) == words(text)


@given(st.text())
def test_a_phrase_never_breaks_out_of_its_quotes(text: str) -> None:
    query = phrase(text)
    assert query == "" or (query.count('"') == 2 and query[0] == query[-1] == '"')


def test_every_text_of_a_span_is_searchable_and_parts_stay_apart() -> None:
    parts = (
        TextPart(content="one"),
        ReasoningPart(content="two"),
        RefusalPart(content="three"),
        ToolCallPart(name="four", arguments={"key": "five"}),
        ToolResultPart(result=["six", None, 7]),
        RawPart(content="eight"),
        MediaPart(modality="image", uri="http://nine"),
    )
    text = searchable("name", Payload(input="in", output=(Message("assistant", parts),)))
    found = words(text)
    assert "one two" not in " ".join(text.split())
    assert [word for word in found if word.isascii()] == [
        "name", "in", "one", "two", "three", "four", "key", "five", "six", "null", "7", "eight",
    ]  # fmt: skip


def test_of_a_long_text_the_head_and_the_end_are_found() -> None:
    body = " ".join(f"w{n}" for n in range(20_000))
    found = set(words(searchable("n", Payload(input=body, output="out"))))
    assert {"n", "w0", "w100", "w19999", "w19500", "out"} <= found
    assert "w8000" not in found
    assert len(" ".join(found)) < 2 * FIELD_CHARS


def test_a_long_conversation_keeps_its_last_messages() -> None:
    messages = tuple(Message("user", (TextPart(content=f"m{n} " * 100),)) for n in range(500))
    found = set(words(searchable("", Payload(input=messages))))
    assert {"m0", "m499", "m490"} <= found
    assert "m250" not in found
