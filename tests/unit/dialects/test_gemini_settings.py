from typing import Any

import pytest

from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_settings import read_config, write_config
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning

CONFIG = {
    "temperature": 0.5,
    "topP": 0.9,
    "topK": 40,
    "maxOutputTokens": 100,
    "stopSequences": ["a"],
    "candidateCount": 2,
    "seed": 7,
    "presencePenalty": 0.1,
    "frequencyPenalty": 0.2,
}
SETTINGS = {
    "temperature": 0.5,
    "top_p": 0.9,
    "top_k": 40,
    "max_tokens": 100,
    "stop_sequences": ["a"],
    "choice.count": 2,
    "seed": 7,
    "presence_penalty": 0.1,
    "frequency_penalty": 0.2,
}
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}


def write(dialect: str = "openai_chat", **fields: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    request = ChatRequest(model="gemini-3-flash", dialect=dialect, **fields)
    drops = Drops(request)
    return write_config(request, drops), drops.names


def test_settings_by_both_names() -> None:
    assert read_config(CONFIG) == (SETTINGS, None, None, {})
    assert write(settings=SETTINGS) == (CONFIG, ())
    assert read_config({"max_output_tokens": 5, "top_p": None})[0] == {"max_tokens": 5}


def test_what_gemini_has_no_setting_for_is_named_in_the_clients_words() -> None:
    made, dropped = write(settings={"temperature": 1, "min_p": 0.1})
    assert made == {"temperature": 1}
    assert dropped == ("min_p",)


@pytest.mark.parametrize(
    ("config", "form"),
    [
        ({"responseMimeType": "application/json"}, OutputFormat("json")),
        ({"responseMimeType": "text/plain"}, OutputFormat("text")),
        ({"responseMimeType": "application/json", "responseJsonSchema": SCHEMA},
         OutputFormat("json_schema", SCHEMA)),
        ({"response_mime_type": "application/json",
          "response_schema": {"type": "OBJECT", "properties": {"a": {"type": "STRING"}}}},
         OutputFormat("json_schema", SCHEMA)),
    ],
)  # fmt: skip
def test_the_form_of_the_answer(config: dict[str, Any], form: OutputFormat) -> None:
    _, read, _, rest = read_config(config)
    assert (read, rest) == (form, {})
    rewritten, _ = write(output_format=form)
    assert read_config(rewritten)[1] == form


def test_a_form_that_is_no_json_stays_geminis_own() -> None:
    config = {"responseMimeType": "text/x.enum", "responseSchema": {"enum": ["a"]}}
    settings, form, reasoning, rest = read_config(config)
    assert (settings, form, reasoning, rest) == ({}, None, None, config)


def test_thinking_and_the_rest_are_put_together_again() -> None:
    config = {
        "thinkingConfig": {"thinkingBudget": 5, "new": 1},
        "speechConfig": {"x": 1},
        "temperature": 1,
    }
    settings, _, reasoning, rest = read_config(config)
    assert reasoning == Reasoning(enabled=True, budget_tokens=5)
    assert rest == {"speechConfig": {"x": 1}, "thinkingConfig": {"new": 1}}
    unknown = {f"generationConfig.{name}": value for name, value in rest.items()}
    made, dropped = write("gemini", settings=settings, reasoning=reasoning, unknown=unknown)
    assert (made, dropped) == (config, ())
