from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_tools import (
    read_tool_config,
    read_tools,
    write_tool_config,
    write_tools,
)
from vedette.model.chat import ChatRequest, ToolChoice, ToolDefinition

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
TOOLS = [
    {
        "functionDeclarations": [
            {"name": "f", "description": "d", "parametersJsonSchema": SCHEMA},
            {"name": "g", "behavior": "NON_BLOCKING"},
        ]
    },
    {"googleSearch": {"excludeDomains": ["x"]}},
    {"codeExecution": {}},
]
READ = (
    ToolDefinition(name="f", description="d", parameters=SCHEMA),
    ToolDefinition(name="g", extra={"behavior": "NON_BLOCKING"}),
    ToolDefinition(
        "googleSearch",
        built_in="googleSearch",
        extra={"googleSearch": {"excludeDomains": ["x"]}},
    ),
    ToolDefinition("codeExecution", built_in="codeExecution", extra={"codeExecution": {}}),
)


def request(dialect: str = "openai_chat", **fields: Any) -> ChatRequest:
    return ChatRequest(model="m", dialect=dialect, **fields)


def test_tools_read_and_written() -> None:
    assert read_tools(TOOLS) == READ
    own = request("gemini", tools=READ)
    assert write_tools(own, Drops(own)) == TOOLS


def test_googles_schema_and_snake_case_are_read() -> None:
    declared = {
        "name": "f",
        "parameters": {"type": "OBJECT", "properties": {"a": {"type": "STRING"}}},
    }
    assert read_tools([{"function_declarations": [declared]}]) == (
        ToolDefinition(name="f", parameters=SCHEMA),
    )


def test_a_tool_without_arguments_has_no_schema_and_strict_is_named() -> None:
    empty = {"type": "object", "properties": {}, "additionalProperties": False}
    tools = (ToolDefinition(name="f", parameters=empty, strict=True),)
    asked = request(tools=tools)
    drops = Drops(asked)
    assert write_tools(asked, drops) == [{"functionDeclarations": [{"name": "f"}]}]
    assert drops.names == ("tools.strict",)


def test_a_tool_that_another_provider_runs_is_refused() -> None:
    asked = request(tools=(ToolDefinition(name="w", built_in="web_search", extra={"a": 1}),))
    with pytest.raises(Unsupported) as refused:
        write_tools(asked, Drops(asked))
    assert refused.value.param == "tools"


@pytest.mark.parametrize(
    ("config", "choice"),
    [
        ({"mode": "AUTO"}, ToolChoice("auto")),
        ({"mode": "ANY"}, ToolChoice("required")),
        ({"mode": "ANY", "allowedFunctionNames": ["f"]}, ToolChoice("tool", ("f",))),
        ({"mode": "ANY", "allowedFunctionNames": ["f", "g"]}, ToolChoice("required", ("f", "g"))),
        ({"mode": "VALIDATED", "allowedFunctionNames": ["f"]}, ToolChoice("auto", ("f",))),
        ({"mode": "NONE"}, ToolChoice("none")),
    ],
)
def test_whether_tools_may_be_called(config: dict[str, Any], choice: ToolChoice) -> None:
    wrapped = {"functionCallingConfig": config}
    assert read_tool_config(wrapped) == (choice, {})
    assert write_tool_config(request(tools=READ[:1], tool_choice=choice)) == wrapped


def test_a_choice_without_functions_is_left_out() -> None:
    assert write_tool_config(request(tool_choice=ToolChoice("auto"))) == {}


@pytest.mark.parametrize(
    "config",
    [
        {"functionCallingConfig": {"mode": "VALIDATED"}},
        {"functionCallingConfig": {"mode": "AUTO", "streamFunctionCallArguments": True},
         "includeServerSideToolInvocations": True},
        {"retrievalConfig": {"languageCode": "de"}},
        {"functionCallingConfig": {"mode": "MODE_UNSPECIFIED", "x": 1}},
    ],
)  # fmt: skip
def test_what_only_gemini_knows_is_put_together_again(config: dict[str, Any]) -> None:
    choice, rest = read_tool_config(config)
    unknown = {f"toolConfig.{name}": value for name, value in rest.items()}
    own = request("gemini", tools=READ, tool_choice=choice, unknown=unknown)
    assert read_tool_config(write_tool_config(own)) == (choice, rest)
