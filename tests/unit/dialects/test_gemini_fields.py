import pytest

from vedette.dialects.gemini_fields import bare_model, camel, camel_fields, inner_fields


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "text"),
        ("inline_data", "inlineData"),
        ("top_p", "topP"),
        ("_", ""),
        ("a_b_c", "aBC"),
    ],
)
def test_names_in_camel_case(name: str, expected: str) -> None:
    assert camel(name) == expected


def test_only_the_names_of_one_message_change() -> None:
    assert camel_fields({"file_data": {"mime_type": "x"}, "text": 1}) == {
        "fileData": {"mime_type": "x"},
        "text": 1,
    }
    assert camel_fields({"a": None, "b": {"c": None}}) == {"b": {"c": None}}
    assert camel_fields([1]) == {}


def test_a_model_without_its_collection() -> None:
    assert bare_model("models/gemini-x") == "gemini-x"
    assert bare_model("publishers/google/models/gemini-x") == "gemini-x"
    assert bare_model("tunedModels/mine") == "tunedModels/mine"


def test_dotted_names_are_taken_apart_again() -> None:
    assert inner_fields({"a.b": 1, "c": 2, "ab.d": 3}, "a.") == {"b": 1}
