import pytest

from vedette.sim.controls import Controls, read_controls
from vedette.sim.problems import Problem


def test_numbers_and_flags_may_be_strings_as_openai_metadata_demands() -> None:
    written = {
        "sim_delay_ms": "1.5",
        "sim_chunk_tokens": "3",
        "sim_tool_call": "true",
        "sim_error": "429",
        "sim_refusal": "False",
        "team": "blue",
    }
    typed = {
        "sim_delay_ms": 1.5,
        "sim_chunk_tokens": 3,
        "sim_tool_call": True,
        "sim_error": 429,
        "sim_refusal": False,
    }
    assert read_controls(written) == read_controls(typed)
    assert read_controls(written) == Controls(
        delay_ms=1.5, chunk_tokens=3, tool_call=True, error="429"
    )


def test_no_metadata_is_a_quick_whole_answer() -> None:
    assert read_controls(None) == read_controls({}) == Controls()


def test_a_tool_may_be_named_by_either_key() -> None:
    assert read_controls({"sim_tool": "weather"}).tool_call == "weather"
    assert read_controls({"sim_tool_call": "weather"}).tool_call == "weather"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sim_delay_ms", 60_001),
        ("sim_delay_ms", -1),
        ("sim_delay_ms", "nan"),
        ("sim_delay_ms", "inf"),
        ("sim_delay_ms", True),
        ("sim_chunk_delay_ms", "soon"),
        ("sim_chunk_tokens", 0),
        ("sim_chunk_tokens", 1.5),
        ("sim_error", "200"),
        ("sim_error", "explode"),
        ("sim_finish_reason", "tired"),
        ("sim_reasoning_tokens", 100_001),
        ("sim_tool_calls", 33),
        ("sim_tool_call", 7),
        ("sim_refusal", None),
        ("sim_delay_ms", {}),
        ("sim_nothing", 1),
    ],
)
def test_what_is_out_of_range_or_unknown_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(Problem) as refused:
        read_controls({key: value})
    assert refused.value.status == 400
    assert refused.value.param == f"metadata.{key}"
    assert key in refused.value.message
