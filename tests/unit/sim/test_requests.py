import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.sim.problems import Problem
from vedette.sim.requests import (
    listed,
    read_chat,
    read_completion,
    read_embedding,
    seed_of_request,
)

CHAT: dict[str, Any] = {"model": "sim/chat", "messages": [{"role": "user", "content": "Hi you"}]}


def encoded(**changes: Any) -> bytes:
    return json.dumps({**CHAT, **changes}).encode()


def test_both_names_of_the_token_limit_count_and_the_new_one_wins() -> None:
    assert read_chat(encoded())[0].wanted_tokens() == 40
    assert read_chat(encoded(max_tokens=7))[0].wanted_tokens() == 7
    assert read_chat(encoded(max_tokens=7, max_completion_tokens=9))[0].wanted_tokens() == 9


def test_text_parts_are_the_text_and_other_parts_are_let_through() -> None:
    parts = [
        {"type": "text", "text": "Look at"},
        {"type": "image_url", "image_url": {"url": "data:,"}},
        {"type": "text", "text": "this"},
    ]
    call, _ = read_chat(encoded(messages=[{"role": "user", "content": parts}]))
    assert call.messages[0].text().split() == ["Look", "at", "this"]


@pytest.mark.parametrize(
    ("changes", "param", "status"),
    [
        ({"messages": []}, "messages", 400),
        ({"messages": "hello"}, "messages", 400),
        ({"messages": [{"role": "robot"}]}, "messages[0].role", 400),
        ({"messages": [{"role": "user", "content": 5}]}, "messages[0].content", 400),
        ({"max_tokens": 0}, "max_tokens", 400),
        ({"max_tokens": 100_001}, "max_tokens", 400),
        ({"max_tokens": "many"}, "max_tokens", 400),
        ({"max_completion_tokens": -1}, "max_completion_tokens", 400),
        ({"n": 9}, "n", 400),
        ({"n": 2, "max_tokens": 60_000}, "n", 400),
        ({"stream_options": {"include_usage": True}}, "stream_options", 400),
        ({"metadata": {"sim_error": "maybe"}}, "metadata.sim_error", 400),
        ({"model": "gpt-4o"}, "model", 404),
        ({"model": "embed"}, "model", 404),
        ({"model": None}, "model", 400),
    ],
)
def test_a_bad_field_is_named(changes: dict[str, Any], param: str, status: int) -> None:
    with pytest.raises(Problem) as refused:
        read_chat(encoded(**changes))
    assert (refused.value.param, refused.value.status) == (param, status)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"model":' + b"[" * 100_000, b'{"a":1}']
)
def test_what_is_no_request_is_a_400(body: bytes) -> None:
    for read in (read_chat, read_completion, read_embedding):
        with pytest.raises(Problem) as refused:
            read(body)
        assert refused.value.status == 400
        assert json.loads(refused.value.body())["error"]["message"]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_request_or_a_problem(body: bytes) -> None:
    for read in (read_chat, read_completion, read_embedding):
        with pytest.raises(Problem):
            read(body)


def test_the_seed_depends_on_what_was_asked_and_not_on_how() -> None:
    plain = seed_of_request(encoded())
    how = encoded(
        stream=True, stream_options={"include_usage": True}, model="chat", metadata={"a": "b"}
    )
    assert seed_of_request(how) == plain
    assert seed_of_request(encoded(max_tokens=3)) != plain
    assert seed_of_request(encoded(messages=[{"role": "user", "content": "Ho"}])) != plain


def test_inputs_and_prompts_are_always_several() -> None:
    assert listed("a b") == ["a b"]
    assert listed(["a", "b"]) == ["a", "b"]
    assert listed([1, 2]) == [[1, 2]]
    assert listed([[1], [2, 3]]) == [[1], [2, 3]]


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"input": []}, "input"),
        ({"input": ""}, "input"),
        ({"input": ["a", ""]}, "input"),
        ({"input": [1.5]}, "input[0]"),
        ({"dimensions": 0}, "dimensions"),
        ({"dimensions": 5000}, "dimensions"),
        ({"encoding_format": "hex"}, "encoding_format"),
        ({"model": "chat"}, "model"),
    ],
)
def test_a_bad_embedding_request_is_named(changes: dict[str, Any], param: str) -> None:
    body = json.dumps({"model": "sim/embed", "input": "a", **changes}).encode()
    with pytest.raises(Problem) as refused:
        read_embedding(body)
    assert refused.value.param == param


def test_a_completion_s_prompts_times_n_are_bounded() -> None:
    body = {"model": "chat", "prompt": ["a"] * 300, "n": 8, "max_tokens": 100}
    with pytest.raises(Problem):
        read_completion(json.dumps(body).encode())
