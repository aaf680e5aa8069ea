"""The same calls through one instrumentation, run by a Python that has it installed.

    python instrumented.py DIALECT LLM_URL OTLP_URL

Stands alone: it imports nothing of ours. `python instrumented.py --has` prints the dialects that
this Python can speak. Each run is one trace, or a few, of two calls: a talk and a tool call.
"""

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from typing import Any

MODEL = "gpt-4o-mini"
TALK: list[dict[str, Any]] = [
    {"role": "system", "content": "You know trains."},
    {"role": "user", "content": "When does the next one leave?"},
]
ERRAND: list[dict[str, Any]] = [{"role": "user", "content": "What is the weather in Köln?"}]
TOOLS: list[dict[str, Any]] = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "The weather now.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


def take(module: str, name: str) -> Any:
    """What a module has under this name; most of these modules are not there to be checked."""
    return getattr(importlib.import_module(module), name)


def calls(llm: str, client_class: Any = None) -> None:
    """Both calls, one after the other, in a trace of their own each."""
    client = (client_class or take("openai", "OpenAI"))(
        base_url=llm, api_key="sk-test", max_retries=0
    )
    client.chat.completions.create(model=MODEL, messages=TALK, temperature=0.5)
    client.chat.completions.create(model=MODEL, messages=ERRAND, tools=TOOLS)


def provider(otlp: str) -> Any:
    """A tracer provider with OpenTelemetry's own exporter."""
    OTLPSpanExporter = take(
        "opentelemetry.exporter.otlp.proto.http.trace_exporter", "OTLPSpanExporter"
    )
    Resource = take("opentelemetry.sdk.resources", "Resource")
    TracerProvider = take("opentelemetry.sdk.trace", "TracerProvider")
    BatchSpanProcessor = take("opentelemetry.sdk.trace.export", "BatchSpanProcessor")

    made = TracerProvider(resource=Resource.create({"service.name": "shop"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{otlp}/v1/traces")))
    return made


def openinference(llm: str, otlp: str) -> None:
    OpenAIInstrumentor = take("openinference.instrumentation.openai", "OpenAIInstrumentor")

    made = provider(otlp)
    OpenAIInstrumentor().instrument(tracer_provider=made)
    calls(llm)
    made.shutdown()


def openllmetry(llm: str, otlp: str) -> None:
    OpenAIInstrumentor = take("opentelemetry.instrumentation.openai", "OpenAIInstrumentor")

    made = provider(otlp)
    OpenAIInstrumentor().instrument(tracer_provider=made)
    calls(llm)
    made.shutdown()


def both(llm: str, otlp: str) -> None:
    """Two instrumentations at once: every call is seen twice."""
    OpenInference = take("openinference.instrumentation.openai", "OpenAIInstrumentor")
    OpenLLMetry = take("opentelemetry.instrumentation.openai", "OpenAIInstrumentor")

    made = provider(otlp)
    OpenInference().instrument(tracer_provider=made)
    OpenLLMetry().instrument(tracer_provider=made)
    calls(llm)
    made.shutdown()


def langfuse(llm: str, otlp: str) -> None:
    os.environ |= {
        "LANGFUSE_HOST": otlp, "LANGFUSE_BASE_URL": otlp, "LANGFUSE_PUBLIC_KEY": "pk-lf-1",
        "LANGFUSE_SECRET_KEY": "sk-lf-1",
    }  # fmt: skip
    get_client = take("langfuse", "get_client")
    OpenAI = take("langfuse.openai", "OpenAI")

    calls(llm, OpenAI)
    get_client().flush()


def logfire(llm: str, otlp: str) -> None:
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp
    fire = importlib.import_module("logfire")
    OpenAI = take("openai", "OpenAI")

    fire.configure(send_to_logfire=False, console=False, service_name="shop")
    fire.instrument_openai()
    calls(llm, OpenAI)
    fire.shutdown()


def pydantic_ai(llm: str, otlp: str) -> None:
    """An agent: its span sums up what the call below it used."""
    Agent = take("pydantic_ai", "Agent")
    InstrumentationSettings = take("pydantic_ai.models.instrumented", "InstrumentationSettings")
    OpenAIChatModel = take("pydantic_ai.models.openai", "OpenAIChatModel")
    OpenAIProvider = take("pydantic_ai.providers.openai", "OpenAIProvider")

    made = provider(otlp)
    model = OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=llm, api_key="sk-test"))
    agent = Agent(
        model, instructions=TALK[0]["content"], name="clerk",
        capabilities=_instrumented(InstrumentationSettings(tracer_provider=made)),
    )  # fmt: skip
    agent.run_sync(TALK[1]["content"])
    made.shutdown()


def _instrumented(settings: Any) -> Any:
    Instrumentation = take("pydantic_ai.capabilities", "Instrumentation")

    return [Instrumentation(settings)]


def mlflow(llm: str, otlp: str) -> None:
    """MLflow's own instrumentation of the client, sent by OTLP."""
    os.environ |= {
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"{otlp}/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf", "OTEL_SERVICE_NAME": "shop",
        "MLFLOW_TRACKING_URI": otlp,
    }  # fmt: skip
    flow = importlib.import_module("mlflow")
    importlib.import_module("mlflow.openai").autolog()
    calls(llm)
    flow.flush_trace_async_logging(terminate=True)


def langchain(llm: str, otlp: str) -> None:
    """LangChain's model class, seen by OpenInference."""
    LangChainInstrumentor = take("openinference.instrumentation.langchain", "LangChainInstrumentor")
    ChatOpenAI = take("langchain_openai", "ChatOpenAI")

    made = provider(otlp)
    LangChainInstrumentor().instrument(tracer_provider=made)
    model = ChatOpenAI(model=MODEL, base_url=llm, api_key="sk-test", max_retries=0, temperature=0.5)
    model.invoke([(each["role"], each["content"]) for each in TALK])
    model.bind_tools(TOOLS).invoke([(each["role"], each["content"]) for each in ERRAND])
    made.shutdown()


def native(llm: str, otlp: str) -> None:
    """What a program writes by hand after the newest conventions."""
    OpenAI = take("openai", "OpenAI")

    made = provider(otlp)
    tracer = made.get_tracer("by hand")
    client = OpenAI(base_url=llm, api_key="sk-test", max_retries=0)
    for messages, tools in ((TALK, None), (ERRAND, TOOLS)):
        with tracer.start_as_current_span(f"chat {MODEL}") as span:
            more: dict[str, Any] = {"tools": tools} if tools else {"temperature": 0.5}
            answer = client.chat.completions.create(
                model=MODEL,
                messages=messages,
                **more,
            )
            usage, choice = answer.usage, answer.choices[0]
            parts: list[dict[str, Any]] = []
            if choice.message.content:
                parts.append({"type": "text", "content": choice.message.content})
            for call in choice.message.tool_calls or ():
                function = call.function
                parts.append({"type": "tool_call", "id": call.id, "name": function.name,
                              "arguments": json.loads(function.arguments)})  # fmt: skip
            said = [
                {"role": each["role"], "parts": [{"type": "text", "content": each["content"]}]}
                for each in messages
            ]
            span.set_attributes({
                "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
                "gen_ai.request.model": MODEL, "gen_ai.response.model": answer.model,
                "gen_ai.response.id": answer.id,
                "gen_ai.response.finish_reasons": [choice.finish_reason],
                "gen_ai.usage.input_tokens": usage.prompt_tokens,
                "gen_ai.usage.output_tokens": usage.completion_tokens,
                "gen_ai.usage.cache_read.input_tokens":
                    usage.prompt_tokens_details.cached_tokens,
                "gen_ai.usage.reasoning.output_tokens":
                    usage.completion_tokens_details.reasoning_tokens,
                "gen_ai.input.messages": json.dumps(said),
                "gen_ai.output.messages": json.dumps([{"role": "assistant", "parts": parts}]),
                "gen_ai.tool.definitions": json.dumps(
                    [{"type": "function", **tool["function"]} for tool in tools or ()]
                ),
            })  # fmt: skip
    made.shutdown()


DIALECTS: dict[str, tuple[Callable[[str, str], None], tuple[str, ...]]] = {
    "native": (native, ("openai", "opentelemetry.sdk")),
    "openinference": (openinference, ("openinference.instrumentation.openai",)),
    "openllmetry": (openllmetry, ("opentelemetry.instrumentation.openai",)),
    "both": (
        both, ("openinference.instrumentation.openai", "opentelemetry.instrumentation.openai"),
    ),
    "langfuse": (langfuse, ("langfuse", "openai")),
    "logfire": (logfire, ("logfire", "openai")),
    "mlflow": (mlflow, ("mlflow.openai", "openai")),
    "langchain": (
        langchain, ("openinference.instrumentation.langchain", "langchain_openai"),
    ),
    "pydantic_ai": (pydantic_ai, ("pydantic_ai", "openai", "opentelemetry.sdk")),
}  # fmt: skip


def is_there(module: str) -> bool:
    """Whether a module can be found without importing it."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    if sys.argv[1:] == ["--has"]:
        print(*(name for name, (_, needed) in DIALECTS.items() if all(map(is_there, needed))))
    else:
        _dialect, _llm, _otlp = sys.argv[1:]
        DIALECTS[_dialect][0](_llm, _otlp)
