"""LangChain, LangGraph, LlamaIndex and pydantic-ai by their own hooks: a call counts once.

They run in this Python, or in the one that `VEDETTE_SDK_PYTHON` names.
"""

from typing import Any

import pytest

from sdks.python.tests.programs import PYTHON, need, run_python
from sdks.python.tests.provider import SAID, Provider
from sdks.python.tests.started import Started

pytestmark = pytest.mark.slow
START = """
import sys, asyncio
import vedette_sdk
vedette_sdk.init(endpoint={url!r}, interval_s=0.1, privacy={privacy!r}, quiet=True)
URL = {provider!r} + "/v1"
"""
END = """
assert vedette_sdk.flush(20)
assert vedette_sdk.status()["faults"] == 0, vedette_sdk.status()
"""


def run(sdk: Started, provider: Provider, code: str, privacy: str = "hash") -> list[dict[str, Any]]:
    """The spans of a program, oldest first."""
    start = START.format(url=sdk.collector.url, provider=provider.url, privacy=privacy)
    run_python(start + code + END, python=PYTHON)
    return sorted(sdk.collector.spans(), key=lambda span: int(span["startTimeUnixNano"]))


def calls(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that count as model calls."""
    return [
        span for span in spans
        if span["attributes"].get("gen_ai.operation.name") in ("chat", "embeddings")
        and span["attributes"].get("vedette.span.kind", "llm") == "llm"
    ]  # fmt: skip


def parents(spans: list[dict[str, Any]], span: dict[str, Any]) -> list[str]:
    by_id = {each["spanId"]: each for each in spans}
    names = []
    while span := by_id.get(span.get("parentSpanId", "")):  # type: ignore[assignment]
        names.append(span["name"])
    return names


LANGCHAIN = """
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
model = ChatOpenAI(model="gpt-4o", base_url=URL, api_key="x")
chain = ChatPromptTemplate.from_messages([("system", "You know trains."), ("user", "{q}")]) | model
@tool
def look_up(city: str) -> str:
    "Looks up."
    return "sunny"
"""


def test_langchain_runs_are_the_chain_around_the_call(sdk: Started, provider: Provider) -> None:
    need("langchain_openai")
    spans = run(
        sdk,
        provider,
        LANGCHAIN
        + """
with vedette_sdk.context(session="s1"):
    assert "noon" in chain.invoke({"q": "When?"}).content
    look_up.invoke({"city": "Cologne"})
""",
    )
    [call] = calls(spans)
    assert call["scope"] == "vedette_sdk.openai"
    assert parents(spans, call) == ["chat gpt-4o", "RunnableSequence"]
    kinds = {span["name"]: span["attributes"].get("vedette.span.kind") for span in spans}
    assert (kinds["look_up"], kinds["RunnableSequence"]) == ("tool", "chain")
    assert {span["attributes"]["session.id"] for span in spans} == {"s1"}
    sent = sdk.collector.everything
    assert not [word for word in (b"trains", b"noon", b"Cologne", b"sunny") if word in sent]


def test_langchain_streams_and_asyncio(sdk: Started, provider: Provider) -> None:
    need("langchain_openai")
    spans = run(
        sdk,
        provider,
        LANGCHAIN
        + """
assert "noon" in "".join(chunk.content for chunk in chain.stream({"q": "When?"}))
async def later():
    assert "noon" in (await chain.ainvoke({"q": "When?"})).content
    assert "noon" in "".join([c.content async for c in chain.astream({"q": "When?"})])
asyncio.run(later())
""",
    )
    found = calls(spans)
    assert [call["scope"] for call in found] == ["vedette_sdk.openai"] * 3
    for call in found:
        assert parents(spans, call) == ["chat gpt-4o", "RunnableSequence"]


def test_langchain_models_without_a_watched_client(sdk: Started, provider: Provider) -> None:
    need("langchain_core")
    spans = run(
        sdk,
        provider,
        """
from langchain_core.language_models import FakeListChatModel
assert FakeListChatModel(responses=["At noon."]).invoke("When?").content == "At noon."
""",
        privacy="full",
    )
    [call] = calls(spans)
    assert call["scope"] == "vedette_sdk.langchain"
    assert "At noon." in call["attributes"]["gen_ai.output.messages"]
    assert "When?" in call["attributes"]["gen_ai.input.messages"]
    assert call["attributes"]["vedette.fingerprint"]


def test_langchain_errors(sdk: Started, provider: Provider) -> None:
    need("langchain_openai")
    spans = run(
        sdk,
        provider,
        LANGCHAIN.replace("gpt-4o", "fail-gpt")
        + """
model.max_retries = 0
try:
    chain.invoke({"q": "When?"})
except Exception as error:
    assert "429" in str(error), error
else:
    raise SystemExit("no error")
""",
    )
    assert {span["status"]["code"] for span in spans if "prompt" not in span["name"].lower()} == {2}


def test_langgraph(sdk: Started, provider: Provider) -> None:
    need("langgraph", "langchain_openai")
    spans = run(
        sdk,
        provider,
        LANGCHAIN
        + """
from langgraph.graph import StateGraph, START as BEGIN, END
from typing import TypedDict
class State(TypedDict):
    q: str
    a: str
graph = StateGraph(State)
graph.add_node("clerk", lambda state: {"a": model.invoke(state["q"]).content})
graph.add_edge(BEGIN, "clerk")
graph.add_edge("clerk", END)
assert "noon" in graph.compile().invoke({"q": "When?", "a": ""})["a"]
""",
    )
    [call] = calls(spans)
    assert parents(spans, call) == ["chat gpt-4o", "clerk", "LangGraph"]


def test_llama_index(sdk: Started, provider: Provider) -> None:
    need("llama_index.llms.openai")
    spans = run(
        sdk,
        provider,
        """
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai import OpenAI
model = OpenAI(model="gpt-4o", api_base=URL, api_key="x")
assert "noon" in str(model.chat([ChatMessage("When?")]))
assert "noon" in "".join(c.delta or "" for c in model.stream_chat([ChatMessage("When?")]))
async def later():
    assert "noon" in str(await model.achat([ChatMessage("When?")]))
asyncio.run(later())
""",
    )
    assert [call["scope"] for call in calls(spans)] == ["vedette_sdk.openai"] * 3
    assert parents(spans, calls(spans)[0]) == ["OpenAI.chat"]
    assert {span["name"] for span in spans} >= {"OpenAI.chat", "OpenAI.stream_chat", "OpenAI.achat"}
    assert b"noon" not in sdk.collector.everything


def test_pydantic_ai(sdk: Started, provider: Provider) -> None:
    need("pydantic_ai", "openai")
    spans = run(
        sdk,
        provider,
        """
from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
model = OpenAIChatModel("gpt-4o", provider=OpenAIProvider(base_url=URL, api_key="x"))
agent = Agent(model, instructions="You know trains.", name="clerk")
assert "noon" in agent.run_sync("When?").output
""",
    )
    [call] = calls(spans)
    assert call["scope"] == "vedette_sdk.openai"
    assert len(parents(spans, call)) == 2
    sent = sdk.collector.everything
    assert not [word for word in (b"trains", SAID.encode(), b"When?") if word in sent]
