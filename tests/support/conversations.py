"""Strategies for hypothesis: whole conversations and answers, such as clients and models make."""

from typing import Any

from hypothesis import strategies as st

from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    OutputFormat,
    Part,
    Reasoning,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
    ToolResultPart,
)
from vedette.model.usage import Usage

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8)
VISIBLE = WORDS.filter(lambda text: text == text.strip() != "")
"""Text that no provider would trim."""
_JSON = st.dictionaries(
    st.sampled_from("abc"), st.none() | st.booleans() | st.integers(-99, 99) | WORDS, max_size=2
)
_SOURCES = st.sampled_from(["anthropic", "gemini", "openai_responses", "openai_chat"])
_COUNTS = st.integers(0, 10**6)

texts: st.SearchStrategy[TextPart] = st.builds(TextPart, content=VISIBLE)
pictures: st.SearchStrategy[MediaPart] = st.sampled_from(
    [
        MediaPart(modality="image", mime_type="image/png", data="AAAA", size_bytes=3),
        MediaPart(modality="image", uri="https://example.com/a.png"),
    ]
)
documents: st.SearchStrategy[MediaPart] = st.just(
    MediaPart(modality="file", mime_type="application/pdf", data="AAAA", size_bytes=3, name="a.pdf")
)


def calls(name: str, number: int) -> st.SearchStrategy[ToolCallPart]:
    return st.builds(
        ToolCallPart, name=st.just(name), id=st.just(f"call_{number}"), arguments=_JSON
    )


def results(number: int) -> st.SearchStrategy[ToolResultPart]:
    return st.builds(
        ToolResultPart, id=st.just(f"call_{number}"), result=VISIBLE, is_error=st.booleans()
    ) | st.builds(
        ToolResultPart,
        id=st.just(f"call_{number}"),
        result=st.just("see"),
        parts=pictures.map(lambda picture: (TextPart(content="see"), picture)),
    )


@st.composite
def turns(draw: st.DrawFn, first: int) -> list[Message]:
    """What a user says and what the assistant does about it, with the results of its calls."""
    asked = draw(st.lists(texts | pictures | documents, min_size=1, max_size=3))
    messages = [Message(role="user", parts=tuple(asked))]
    numbers = range(first, first + draw(st.integers(0, 2)))
    said: list[Part] = list(draw(st.lists(texts, min_size=0 if numbers else 1, max_size=1)))
    said += [draw(calls("f", number)) for number in numbers]
    messages.append(Message(role="assistant", parts=tuple(said)))
    for number in numbers:
        messages.append(Message(role="tool", parts=(draw(results(number)),)))
    if numbers:
        messages.append(Message(role="assistant", parts=(draw(texts),)))
    return messages


_TOOLS = st.lists(
    st.builds(
        ToolDefinition,
        name=st.sampled_from(["f", "g"]),
        description=VISIBLE | st.just(""),
        parameters=st.sampled_from(
            [{"type": "object", "properties": {"a": {"type": "string"}}}, None]
        ),
    ),
    max_size=2,
    unique_by=lambda tool: tool.name,
).map(tuple)


@st.composite
def requests(draw: st.DrawFn, dialect: str, model: str) -> ChatRequest:
    """A whole request, as if it had been read from `dialect`."""
    messages = [Message(role="system", parts=(draw(texts),))] if draw(st.booleans()) else []
    for turn in range(draw(st.integers(0, 2))):
        messages += draw(turns(turn * 10))
    messages.append(Message(role="user", parts=(draw(texts),)))
    tools: tuple[ToolDefinition, ...] = draw(_TOOLS)
    choices: list[ToolChoice | None] = [None]
    if tools:
        choices += [ToolChoice("auto"), ToolChoice("required"), ToolChoice("none")]
        choices.append(ToolChoice("tool", (tools[0].name,)))
    settings: dict[str, Any] = {"max_tokens": draw(st.integers(1, 4096))}
    if draw(st.booleans()):
        settings |= {"temperature": 0.5, "stop_sequences": ["END"]}
    return ChatRequest(
        model=model,
        messages=tuple(messages),
        tools=tools,
        tool_choice=draw(st.sampled_from(choices)),
        parallel_tools=draw(st.sampled_from([None, False])) if tools else None,
        output_format=draw(
            st.sampled_from([None, OutputFormat("json_schema", schema={"type": "object"})])
        ),
        reasoning=draw(st.sampled_from([None, Reasoning(effort="high")])),
        settings=settings,
        stream=draw(st.booleans()),
        user=draw(st.sampled_from(["", "ann"])),
        dialect=dialect,
    )


thoughts: st.SearchStrategy[ReasoningPart] = (
    st.builds(ReasoningPart, content=WORDS, signature=st.just("sig=="), source=_SOURCES)
    | st.builds(ReasoningPart, content=WORDS, source=_SOURCES)
    | st.builds(
        ReasoningPart,
        content=st.just(""),
        signature=st.just("enc=="),
        redacted=st.just(True),
        source=_SOURCES,
    )
)

usages: st.SearchStrategy[Usage] = st.builds(
    Usage, input_uncached=_COUNTS, cache_read=_COUNTS, cache_write=_COUNTS, output_text=_COUNTS,
    reasoning=_COUNTS,
)  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer with neutral stop reasons: thoughts, then text or a refusal, then calls."""
    parts: list[Part] = list(draw(st.lists(thoughts, max_size=3)))
    # Thoughts that nobody signed are one text: where one ends and the next begins is not told.
    parts = [
        part
        for number, part in enumerate(parts)
        if number == 0 or not _is_unsigned(parts[number - 1]) or not _is_unsigned(part)
    ]
    parts += draw(st.lists(texts, max_size=1) | st.builds(_refusal, VISIBLE))
    parts += [draw(calls("f", number)) for number in range(draw(st.integers(0, 2)))]
    reason = "tool_call" if isinstance(parts[-1] if parts else None, ToolCallPart) else "stop"
    reason = draw(st.sampled_from([reason, "length"]))
    message = Message(role="assistant", parts=tuple(parts), finish_reason=reason)
    return Answer(
        id="answer_1",
        model="some-model",
        messages=(message,),
        finish_reasons=(reason,),
        usage=draw(usages),
    )


def _is_unsigned(part: Part) -> bool:
    return isinstance(part, ReasoningPart) and not part.signature


def _refusal(text: str) -> list[Part]:
    return [RefusalPart(content=text)]
