import json
from typing import Any

import pytest

from vedette.sim.answers import Answer, answer_chat, answer_text, in_chunks
from vedette.sim.problems import Problem
from vedette.sim.requests import read_chat, read_completion, seed_of_request

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": name,
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
    for name in ("weather", "time")
]


def answer(*messages: dict[str, Any], **fields: Any) -> Answer:
    said = list(messages) or [{"role": "user", "content": "one two  three\nfour"}]
    body = json.dumps({"model": "chat", "messages": said, **fields}).encode()
    call, controls = read_chat(body)
    return answer_chat(call, controls, seed_of_request(body))


def test_tokens_are_words() -> None:
    usage = answer({"role": "system", "content": "Be nice."}, max_tokens=17).usage()
    assert (usage["prompt_tokens"], usage["completion_tokens"], usage["total_tokens"]) == (
        2,
        17,
        19,
    )


def test_forty_tokens_unless_told() -> None:
    assert answer().usage()["completion_tokens"] == 40
    assert answer().usage()["prompt_tokens"] == 4


def test_equal_requests_get_equal_answers() -> None:
    assert answer() == answer()
    assert answer() != answer({"role": "user", "content": "other"})


def test_reasoning_and_cached_tokens_count_once() -> None:
    usage = answer(
        max_tokens=10, metadata={"sim_reasoning_tokens": "5", "sim_cached_tokens": "3"}
    ).usage()
    assert usage["completion_tokens"] == 15
    assert usage["prompt_tokens"] == 4
    assert usage["prompt_tokens_details"] == {"cached_tokens": 3, "audio_tokens": 0}
    capped = answer(metadata={"sim_cached_tokens": 50}).usage()
    assert capped["prompt_tokens_details"] == {"cached_tokens": 4, "audio_tokens": 0}


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"metadata": {"sim_tool_call": "true"}}, ["weather"]),
        ({"metadata": {"sim_tool_call": "time"}}, ["time"]),
        ({"metadata": {"sim_tool": "time"}}, ["time"]),
        ({"metadata": {"sim_tool_calls": 3}}, ["weather", "time", "weather"]),
        ({"metadata": {"sim_tool_calls": 3}, "parallel_tool_calls": False}, ["weather"]),
        ({"tool_choice": "required"}, ["weather"]),
        ({"tool_choice": {"type": "function", "function": {"name": "time"}}}, ["time"]),
        ({}, []),
        ({"tool_choice": "auto"}, []),
        ({"tool_choice": "none", "metadata": {"sim_tool_call": True}}, []),
    ],
)
def test_tools_are_called_when_asked_for(fields: dict[str, Any], names: list[str]) -> None:
    choice = answer(tools=TOOLS, **fields).choices[0]
    assert [call.name for call in choice.tool_calls] == names
    assert choice.finish_reason == ("tool_calls" if names else "stop")
    assert len({call.id for call in choice.tool_calls}) == len(names)
    for call in choice.tool_calls:
        assert isinstance(json.loads(call.arguments)["city"], str)


def test_after_a_tool_s_result_the_answer_is_in_words() -> None:
    result = {"role": "tool", "tool_call_id": "call_1", "content": "12 degrees"}
    choice = answer(
        {"role": "user", "content": "My trip?"}, result, tools=TOOLS, metadata={"sim_tool": "true"}
    ).choices[0]
    assert not choice.tool_calls
    assert len(choice.words) == 40


@pytest.mark.parametrize("fields", [{}, {"tools": TOOLS}])
def test_a_call_of_a_tool_that_is_not_offered_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        answer(metadata={"sim_tool": "teleport"}, **fields)
    assert refused.value.param == "tools"


def test_a_refusal_says_so() -> None:
    choice = answer(metadata={"sim_refusal": "Not today, sorry."}).choices[0]
    assert choice.refused
    assert "".join(choice.words) == "Not today, sorry."
    assert answer(metadata={"sim_refusal": True}).choices[0].refused


def test_a_schema_for_the_answer_is_followed() -> None:
    schema = {"type": "object", "properties": {"ok": {"const": True}}, "required": ["ok"]}
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    choice = answer(response_format=form).choices[0]
    assert json.loads("".join(choice.words)) == {"ok": True}
    free = answer(response_format={"type": "json_object"}).choices[0]
    assert json.loads("".join(free.words))["simulated"] is True


def test_several_choices_differ_and_are_all_counted() -> None:
    three = answer(n=3, max_tokens=20)
    assert len({"".join(choice.words) for choice in three.choices}) == 3
    assert three.usage()["completion_tokens"] == 60


def test_the_finish_reason_can_be_set() -> None:
    cut = answer(metadata={"sim_finish_reason": "length"}).choices[0]
    assert cut.finish_reason == "length"


def test_a_completion_answers_each_prompt_n_times() -> None:
    body = b'{"model":"chat","prompt":["one two","three"],"n":2,"max_tokens":5}'
    call, controls = read_completion(body)
    given = answer_text(call, controls, seed_of_request(body))
    assert len(given.choices) == 4
    assert given.usage()["prompt_tokens"] == 3
    assert given.usage()["completion_tokens"] == 20
    tokens, _ = read_completion(b'{"model":"chat","prompt":[1,2,3]}')
    assert answer_text(tokens, controls, 1).prompt_tokens == 3


def test_chunks_lose_nothing() -> None:
    assert list(in_chunks(["a", " b", " c"], 2)) == ["a b", " c"]
