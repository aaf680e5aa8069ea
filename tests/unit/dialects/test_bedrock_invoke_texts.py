"""Prompts and texts of many vendors."""

from typing import Any

import pytest

from vedette.dialects.bedrock_invoke_texts import (
    completions,
    read_completion,
    read_figures,
    read_metrics,
    read_prompt,
)
from vedette.model.chat import ChatRequest, Message, TextPart
from vedette.model.usage import Usage


def said(role: str, text: str) -> Message:
    return Message(role, (TextPart(content=text),))


@pytest.mark.parametrize(
    ("body", "messages", "settings", "unknown"),
    [
        ({"prompt": "hi", "max_gen_len": 9, "top_p": 0.5}, (said("user", "hi"),),
         {"max_tokens": 9, "top_p": 0.5}, {}),
        ({"inputText": "hi", "textGenerationConfig": {"maxTokenCount": 9, "stopSequences": ["X"]}},
         (said("user", "hi"),), {"max_tokens": 9, "stop_sequences": ["X"]}, {}),
        ({"prompt": "hi", "max_tokens_to_sample": 9, "top_k": 5, "novel": 1},
         (said("user", "hi"),), {"max_tokens": 9, "top_k": 5}, {"novel": 1}),
        ({"message": "and?", "preamble": "be kind", "p": 0.5, "k": 3,
          "chat_history": [{"role": "USER", "message": "a"}, {"role": "CHATBOT", "message": "b"}]},
         (said("system", "be kind"), said("user", "a"), said("assistant", "b"),
          said("user", "and?")), {"top_p": 0.5, "top_k": 3}, {}),
        ({}, (), {}, {}),
        ({"prompt": None, "chat_history": 5}, (), {}, {}),
    ],
)  # fmt: skip
def test_prompts(body: Any, messages: Any, settings: Any, unknown: Any) -> None:
    assert read_prompt(body, "d") == ChatRequest(
        model="", messages=messages, settings=settings, unknown=unknown, include_usage=True,
        dialect="d",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"generation": "a", "stop_reason": "length"}, [("a", "length")]),
        ({"generation": "", "stop_reason": None}, [("", "")]),
        ({"completion": "a", "stop_reason": "stop_sequence"}, [("a", "stop_sequence")]),
        ({"results": [{"outputText": "a", "completionReason": "FINISH"}, {"outputText": "b"}]},
         [("a", "FINISH"), ("b", "")]),
        ({"outputs": [{"text": "a", "stop_reason": "stop"}]}, [("a", "stop")]),
        ({"generations": [{"text": "a", "finish_reason": "COMPLETE"}], "prompt": "p"},
         [("a", "COMPLETE")]),
        ({"text": "a", "finish_reason": "COMPLETE"}, [("a", "COMPLETE")]),
        ({"novel": 1, "text": 5, "results": {}}, []),
    ],
)  # fmt: skip
def test_texts(body: Any, expected: Any) -> None:
    assert list(completions(body)) == expected
    answer = read_completion(body)
    texts = ["".join(part.content for part in message.parts if isinstance(part, TextPart))
             for message in answer.messages]  # fmt: skip
    assert list(zip(texts, answer.finish_reasons, strict=True)) == expected


def test_an_error_in_an_answers_place() -> None:
    assert read_completion({"message": "no"}).error == "no"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"prompt_token_count": 4, "generation_token_count": 2}, (4, 2)),
        ({"inputTextTokenCount": 4.0, "results": [{"tokenCount": 2.0}, {"tokenCount": 1}]}, (4, 3)),
        ({"totalOutputTextTokenCount": 2}, (0, 2)),
    ],
)  # fmt: skip
def test_figures(body: Any, expected: tuple[int, int]) -> None:
    usage = read_figures(body)
    assert usage is not None
    assert (usage.input_total, usage.output_total) == expected
    assert read_figures({"prompt": "x"}) is None


def test_bedrocks_own_figures_tell_of_the_cache() -> None:
    metrics = {
        "inputTokenCount": 4, "outputTokenCount": 2, "cacheReadInputTokenCount": 10,
        "cacheWriteInputTokenCount": 20, "invocationLatency": 5,
    }  # fmt: skip
    assert read_metrics({}) is None
    assert read_metrics({"amazon-bedrock-invocationMetrics": metrics}) == Usage(
        input_uncached=4, cache_read=10, cache_write=20, output_text=2
    )
