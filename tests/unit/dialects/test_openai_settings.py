"""Settings under the names of the GenAI conventions."""

from vedette.dialects.openai_settings import read_settings, unknown_fields


def test_settings_have_one_name_in_all_formats() -> None:
    assert read_settings({"max_tokens": 1}) == {"max_tokens": 1}
    assert read_settings({"max_completion_tokens": 2}) == {"max_tokens": 2}
    assert read_settings({"max_output_tokens": 3}) == {"max_tokens": 3}
    assert read_settings({"stop": "x"}) == {"stop_sequences": ["x"]}
    assert read_settings({"stop": ["x", "y"]}) == {"stop_sequences": ["x", "y"]}
    assert read_settings({"temperature": None, "seed": 0}) == {"seed": 0}


def test_the_rest_is_kept_verbatim() -> None:
    request = {"model": "m", "seed": 1, "tool_choice": {"a": [1]}, "new": None}
    assert unknown_fields(request, frozenset(("model",))) == {
        "tool_choice": {"a": [1]},
        "new": None,
    }
