import json
from typing import Any

from vedette.dialects.otlp_shape import OtlpEvent
from vedette.ingest.conversations import event_message, event_role, read, texts_of
from vedette.model.chat import Message, TextPart, ToolCallPart
from vedette.model.span import Kind, ToolCall

DEFINITION = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}


def read_as(kind: Kind, **attributes: Any) -> Any:
    return read({name.replace("__", "."): value for name, value in attributes.items()}, (), kind)


def test_a_text_of_a_model_call_is_a_message() -> None:
    found = read_as("llm", ai__prompt="hi", ai__response__text="yes")
    assert found.input == (Message("user", (TextPart(content="hi"),)),)
    assert found.output == (Message("assistant", (TextPart(content="yes"),)),)


def test_a_conversation_wins_over_a_text_that_stands_before_it() -> None:
    found = read_as(
        "llm", ai__prompt="hi", input__value='{"messages": [{"role": "user", "content": "real"}]}'
    )
    assert texts_of(found.input) == "real"


def test_other_kinds_keep_texts_and_json() -> None:
    assert read_as("tool", input__value='"quoted"').input == "quoted"
    assert read_as("retriever", input={"q": [1]}).input == '{"q":[1]}'
    assert read_as("other").input is None


def test_embedded_texts_are_kept_without_their_vectors() -> None:
    found = read({"embedding.embeddings.0.embedding.text": "a",
                  "embedding.embeddings.0.embedding.vector": [0.1],
                  "embedding.embeddings.1.embedding.text": "b"}, (), "embedding")  # fmt: skip
    assert found.input == "a\nb"


def test_calls_beside_the_text_are_part_of_the_answer() -> None:
    calls = [{"toolCallId": "c1", "toolName": "look", "input": {"at": 1}}]
    found = read_as("llm", ai__response__text="wait", ai__response__toolCalls=json.dumps(calls))
    assert found.tool_calls == (ToolCall(name="look", arguments={"at": 1}, id="c1"),)
    assert texts_of(found.output) == "wait"
    alone = read_as("llm", ai__response__toolCalls=calls)
    assert [type(part) for part in alone.output[0].parts] == [ToolCallPart]


def test_an_agents_messages_are_parted_into_question_and_answer() -> None:
    said = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes"}]
    found = read_as("agent", all_messages_events=json.dumps(said), final_result="yes")
    assert [each.role for each in found.input] == ["user"]
    assert [each.role for each in found.output] == ["assistant"]


def test_system_instructions_come_first_and_once() -> None:
    told = json.dumps([{"type": "text", "content": "be kind"}])
    said = [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}]
    found = read({"gen_ai.system_instructions": told, "gen_ai.input.messages": said}, (), "llm")
    assert [each.role for each in found.input or ()] == ["system", "user"]  # type: ignore[union-attr]
    again = [{"role": "system", "parts": [{"type": "text", "content": "be kind"}]}, *said]
    found = read({"gen_ai.system_instructions": told, "gen_ai.input.messages": again}, (), "llm")
    assert len(found.input or ()) == 2


def test_tools_are_found_in_every_place() -> None:
    written: list[dict[str, Any]] = [
        {"gen_ai.tool.definitions": json.dumps([DEFINITION])},
        {"gen_ai.tool.definitions": [{"type": "function", "name": "look",
                                      "parameters": {"type": "object"}}]},
        {"llm.tools.0.tool.json_schema": json.dumps(DEFINITION)},
        {"llm.request.functions.0.name": "look",
         "llm.request.functions.0.parameters": '{"type": "object"}'},
        {"ai.prompt.tools": [json.dumps({"type": "function", "name": "look",
                                         "inputSchema": {"type": "object"}})]},
        {"llm.invocation_parameters": json.dumps({"tools": [DEFINITION]})},
    ]  # fmt: skip
    for attributes in written:
        (tool,) = read(attributes, (), "llm").tools
        assert tool.name == "look", attributes


def test_events_are_messages_whichever_way_they_hold_them() -> None:
    wanted = Message("user", (TextPart(content="hi"),))
    for fields in ({"content": "hi"}, {"gen_ai.event.content": '{"content": "hi"}'},
                   {"content": '[{"type": "text", "text": "hi"}]'}):  # fmt: skip
        assert event_message(fields, "user") == wanted
    assert (event_role("gen_ai.choice"), event_role("other")) == ("assistant", "")
    choice = OtlpEvent("gen_ai.choice", 0, {"finish_reason": "stop", "message": "yes"})
    found = read({}, [choice], "llm")
    assert (found.finish_reason, texts_of(found.output)) == ("stop", "yes")
